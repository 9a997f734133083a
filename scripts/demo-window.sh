#!/usr/bin/env bash
# The window's part of the demo: opens it on a vault of its own with the four providers imitated on
# loopback. Without a screen the same is walked through on an invisible one, and pictures are left in
# target/demo/window. Every process it starts ends with it. Safe to run twice.
set -euo pipefail
cd "$(dirname "$0")/.."

printf '\n── The window ──\n'
echo 'Building it (the first time takes about ten minutes) …'
exec scripts/window.sh tour demo target/demo/window
