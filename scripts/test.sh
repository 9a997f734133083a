#!/usr/bin/env bash
# Runs every test: the crates', the journeys through the real programs, and the window's own.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. scripts/part.sh

# The window's tests need the built interface, and the agent and the imitated providers beside it.
test_desktop() {
    scripts/ui.sh || return
    scripts/beside.sh || return
    CARGO_TARGET_DIR=${KEYTURN_DESKTOP_TARGET:-target/desktop} \
        cargo test --no-fail-fast --package keyturn-desktop --features e2e
}

test_interface() (cd ui && npm run --silent test)

# axe on every screen, in Chromium, against the recorded backend.
test_interface_in_browser() (cd ui && npm run --silent test:axe)

part "crates" cargo test --no-fail-fast --workspace --exclude keyturn-desktop
part "interface" test_interface
part "interface in Chromium" test_interface_in_browser
part "desktop" test_desktop
close_parts "tests"
