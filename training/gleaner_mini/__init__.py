"""Training of gleaner-mini: documents drawn with their ground truth, a small Mistral 3.2-shaped model, and its export."""
