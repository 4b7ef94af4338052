"""Hostile files by kind. Each module has `files()`: (name, bytes, outcomes separated by spaces)."""
