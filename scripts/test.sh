#!/usr/bin/env bash
# Runs every test: the crates', the journeys through the real programs, and the window's own.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. scripts/part.sh

test_desktop() {
    CARGO_TARGET_DIR=${KEYTURN_DESKTOP_TARGET:-target/desktop} cargo test --package keyturn-desktop
}

part "crates" cargo test --workspace --exclude keyturn-desktop
part "desktop" test_desktop
close_parts "tests"
