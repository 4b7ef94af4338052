# Two commands are all a newcomer needs: `make demo` and `make test`.
SWIFT ?= swift
BUILD := $(SWIFT) build -c release
GLEANER := .build/release/gleaner

.PHONY: demo test build dependencies format help
.DEFAULT_GOAL := help

help:
	@echo "make demo   install what is missing, build, and read samples/receipt.pdf"
	@echo "make test   install what is missing, build, and run every test"
	@echo "make build  build .build/release/gleaner"
	@echo "make format rewrite the Swift sources with swift-format"

dependencies:
	@packaging/install-dependencies

build: dependencies
	$(BUILD) --product gleaner

demo: build
	$(GLEANER) extract samples/receipt.pdf --schema schemas/receipt.json

# Release mode: the model tests would crawl without the optimiser, and the demo shares the build.
test: dependencies
	$(SWIFT) test -c release

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests
