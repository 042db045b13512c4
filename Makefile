# The commands of the house; each calls one script in tools/, which says what it does. Every one can be repeated.

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run build test check check-all dev clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing to build and run
	@tools/setup build

setup-test:
	@tools/setup test

run: setup ## build, fetch the local model, start on http://localhost:3000
	@tools/run

build: setup ## leave build/release/siyu
	@tools/build release

dev: setup ## build for debugging and start it, with the web application reloading on change
	@tools/dev

test: setup-test ## build with sanitizers and run every test
	@tools/test

check: setup-test ## format, layers, clang-tidy on changed files, lint, types
	@tools/check

check-all: setup-test ## the same, with clang-tidy on every file
	@tools/check --all

clean: ## remove what was built; data and models stay
	@tools/clean
