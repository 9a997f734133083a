#!/usr/bin/env bash
# Builds the window as tests drive it, with all it needs beside it, and runs a program on it.
#
#   scripts/window.sh [--release] EXAMPLE [ARGUMENT…]
set -euo pipefail
cd "$(dirname "$0")/.."

profile=debug flags=()
if [ "${1:-}" = --release ]; then profile=release flags=(--release); shift; fi
example=$1
shift
export CARGO_TARGET_DIR=${KEYTURN_DESKTOP_TARGET:-$PWD/target/desktop}

scripts/ui.sh
(unset CARGO_TARGET_DIR && scripts/beside.sh "$profile")
# Tests may drive this build, so it is not for use: `make app` makes that one.
cargo build --quiet "${flags[@]}" --package keyturn-desktop --features e2e --bins --examples
exec "$CARGO_TARGET_DIR/$profile/examples/$example" "$@"
