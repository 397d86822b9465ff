# Every target installs what it lacks (see scripts/setup), so each works on a fresh Debian machine.

TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/chat-gateways/tools
export PATH := $(TOOLS)/bin:$(CURDIR)/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)
export CARGO_TARGET_DIR := $(CURDIR)/target

.DEFAULT_GOAL := help
.PHONY: help run build demo watch test test-faults lint fmt bench

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build for use and start on http://127.0.0.1:3400
	./target/release/chat-gateways serve

build: ## Build for use: target/release/chat-gateways and target/site
	scripts/setup build
	scripts/build-editor
	cargo leptos build --release --precompress --split

demo: build ## Start beside stand-ins of the messengers, with a page on which to play a peer
	cargo build --release --package standins
	scripts/demo

watch: ## Develop: rebuild and reload the browser at each change
	scripts/setup build
	scripts/build-editor
	cargo leptos watch --split

test: ## Rust tests and browser tests, each on SQLite and PostgreSQL
	scripts/setup test
	scripts/with-postgres scripts/test

lint: ## Formatting, clippy for server and browser, unused dependencies, types of editor and browser tests
	scripts/setup lint
	cargo fmt --all --check
	cargo clippy --workspace --exclude frontend --all-targets -- -D warnings
	cargo clippy --package frontend --package app --features app/hydrate --target wasm32-unknown-unknown -- -D warnings
	cargo machete
	tsc --project editor
	tsc --project end2end

fmt: ## Format the code
	scripts/setup lint
	cargo fmt --all

bench: build ## Measure the release build: docs/BENCHMARKS.md
	scripts/setup bench
	cargo build --release --package bench
	cargo run --release --package bench

test-faults: ## Bad days for ten minutes each: kill -9, a database that is cut off, a messenger that fails
	scripts/setup test
	FAULT_SECONDS=$(or $(SECONDS),600) scripts/with-postgres cargo test --package server --test faults -- --nocapture --test-threads 1
