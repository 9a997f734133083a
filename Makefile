# Keyturn: every command of the project. `make help` lists them; the work is in scripts/.

# The window has its own target folder, so that its long build never holds the tests' lock.
export KEYTURN_DESKTOP_TARGET := $(CURDIR)/target/desktop
# A copy of the RustSec advisory database; lint says so where there is none.
export ADVISORY_DB ?= ../shared/advisory-db

TAURI := ui/node_modules/.bin/tauri
DESKTOP := CARGO_TARGET_DIR=$(KEYTURN_DESKTOP_TARGET)

.DEFAULT_GOAL := help
.PHONY: help setup demo test acceptance lint fix bench app ui dev bindings screenshots ui-bench icons profiles package golden

help: ## list these commands
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)$$/make \1\t\2/p' Makefile | expand -t 20

setup: ## install what building, testing and linting need
	@scripts/setup.sh build test desktop window lint

demo: ## build, and show the main job from end to end against simulated providers
	@scripts/setup.sh build test desktop window
	@scripts/demo.sh
	@scripts/demo-window.sh

test: ## install what is missing, then run every test
	@scripts/setup.sh build test desktop window
	@scripts/test.sh

acceptance: ## print what the providers require, with the tests behind each row
	@scripts/setup.sh build
	@cargo test --quiet --package keyturn-cli --test acceptance -- --nocapture every_row

profiles: ## write docs/providers.md and the JSON Schema from the profiles and their types
	KEYTURN_WRITE_PROVIDERS=1 KEYTURN_WRITE_SCHEMA=1 cargo test --quiet --package keyturn-providers --test documents --test json_schema

lint: ## formatting, lints, licences, advisories, secrets in the tree
	@scripts/setup.sh build desktop lint
	@scripts/lint.sh

fix: ## let the formatter and the lints mend what they can
	@scripts/lint.sh --fix

bench: ## measure, beside a peer where there is one
	@scripts/setup.sh build test
	cargo bench --workspace --exclude keyturn-desktop --bench '*'
	KEYTURN_ROUNDS=100 cargo test --quiet --package keyturn-cli --test it clipboard_rounds -- --nocapture
	KEYTURN_KILLS=50 cargo test --quiet --package keyturn-engine --test engine rotation::kills

app: ## build the window for use, and open it on your own vault
	@scripts/setup.sh build desktop
	$(DESKTOP) cargo build --release --package keyturn-cli
	$(DESKTOP) $(TAURI) build --no-bundle
	target/desktop/release/keyturn-desktop

package: ## write a deb and an rpm with the window, the agent and the command line
	@scripts/setup.sh build desktop
	$(DESKTOP) cargo build --release --package keyturn-cli
	$(DESKTOP) $(TAURI) build

golden: ## write the window's matrix of commands and its trees for screen readers anew
	@scripts/setup.sh build test desktop window
	@scripts/golden.sh

ui: ## build the interface and the agent, after which `cargo run` opens the window
	@scripts/setup.sh build desktop
	@scripts/ui.sh
	cargo build --package keyturn-cli

dev: ## open the window on the development server; the page follows the sources
	@scripts/setup.sh build desktop
	$(DESKTOP) cargo build --package keyturn-cli
	$(DESKTOP) $(TAURI) dev --config src-tauri/development.conf.json

bindings: ## write the interface's types from the Rust types
	KEYTURN_WRITE_BINDINGS=1 $(DESKTOP) cargo test --package keyturn-desktop --features e2e --lib bindings

screenshots: ## write docs/screenshots, light and dark, from the real window
	@scripts/setup.sh build test desktop window
	@scripts/window.sh tour screenshots docs/screenshots

ui-bench: ## print every bar of the window, measured beside a bare one and KeePassXC
	@scripts/setup.sh build test desktop window peer
	@scripts/window.sh --release ui-bench

icons: ## write the icons from icons/keyturn.svg
	@scripts/setup.sh desktop
	@scripts/icons.sh
