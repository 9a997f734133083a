#!/usr/bin/env bash
# Builds the interface where a source of it is newer than what was built: a new ui/dist has the window
# compiled again.
set -euo pipefail
cd "$(dirname "$0")/../ui"

sources=(src index.html reveal.html consent.html vite.config.ts svelte.config.js package-lock.json)
if [ -d dist/assets ] && [ -z "$(find "${sources[@]}" -newer dist/index.html -print -quit)" ]; then
    exit 0
fi
npm run --silent build
