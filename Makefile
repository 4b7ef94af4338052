# Two commands are all a newcomer needs: `make demo` and `make test`.
SWIFT ?= swift
BUILD := $(SWIFT) build -c release
GLEANER := .build/release/gleaner

.PHONY: demo test soak build dependencies test-dependencies format help
.DEFAULT_GOAL := help

help:
	@echo "make demo   install what is missing, build, and read samples/receipt.pdf"
	@echo "make test   install what is missing, build, and run every test"
	@echo "make soak   200 rounds of kill -9 over a stream of documents; GLEANER_SOAK_ROUNDS and GLEANER_SOAK_SEED choose others"
	@echo "make build  build .build/release/gleaner"
	@echo "make format rewrite the Swift sources with swift-format"

dependencies:
	@packaging/install-dependencies

build: dependencies
	$(BUILD) --product gleaner

demo: build
	$(GLEANER) extract samples/receipt.pdf --schema schemas/receipt.json

# Tests that run whole services, one after the other: side by side they would wait for each other longer than they should.
SERVICES := DropFolderTests|CommandLineTests|HTTPServiceTests|SystemServiceTests

# Python writes the hostile documents.
test-dependencies:
	@packaging/install-dependencies python3

# Release mode: the model tests would crawl without the optimiser, and the demo shares the build.
test: test-dependencies
	$(SWIFT) test -c release --skip '$(SERVICES)'
	$(SWIFT) test -c release --skip-build --no-parallel --filter '$(SERVICES)'

# A quarter of an hour at most; `make test` has 20 rounds of it.
soak: dependencies
	GLEANER_SOAK_ROUNDS=$${GLEANER_SOAK_ROUNDS:-200} $(SWIFT) test -c release --filter SoakTests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests
