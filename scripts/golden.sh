#!/usr/bin/env bash
# Writes anew what the window's tests compare with: which window may call what, and what screen readers
# are told. Look at the difference before it is committed.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR=${KEYTURN_DESKTOP_TARGET:-$PWD/target/desktop}
scripts/ui.sh
(unset CARGO_TARGET_DIR && scripts/beside.sh)
export KEYTURN_WRITE_MATRIX=1 KEYTURN_WRITE_TREES=1
cargo test --quiet --package keyturn-desktop --features e2e --lib tests::matrix
cargo test --quiet --package keyturn-desktop --features e2e --test e2e tree::
git --no-pager diff --stat -- tests/e2e/matrix.txt tests/e2e/trees
