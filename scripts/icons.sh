#!/usr/bin/env bash
# Renders icons/keyturn.svg into the files that tauri.conf.json names; the phones' icons are left out.
set -euo pipefail
cd "$(dirname "$0")/.."
rendered=$(mktemp -d)
trap 'rm -rf "$rendered"' EXIT
ui/node_modules/.bin/tauri icon icons/keyturn.svg --output "$rendered"
for name in 32x32.png 128x128.png 128x128@2x.png icon.icns icon.ico; do
    cp "$rendered/$name" icons/
done
