#!/usr/bin/env bash
# Puts the command line and the imitated providers beside the window, where it looks for its agent.
#
#   scripts/beside.sh [debug|release]
#
# They are built in the target folder of the crates, which need no second build for that.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=${1:-debug}
desktop=${KEYTURN_DESKTOP_TARGET:-target/desktop}
flags=()
if [ "$profile" = release ]; then flags=(--release); fi
cargo build --quiet "${flags[@]}" --package keyturn-cli --package keyturn-sandbox
mkdir -p "$desktop/$profile"
for program in keyturn keyturn-sandbox; do
    # A copy under a new name, then a rename: a running program cannot be written to.
    cp -p "target/$profile/$program" "$desktop/$profile/.$program.new"
    mv "$desktop/$profile/.$program.new" "$desktop/$profile/$program"
done
