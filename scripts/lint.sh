#!/usr/bin/env bash
# Runs every check that is not a test.
#
#   scripts/lint.sh [--fix] [--only PART]
#
# --fix lets the formatter and clippy mend what they can; --only runs one part.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
. scripts/part.sh
# Tools that setup.sh had to install; what is on the PATH already goes first.
PATH=$PATH:$PWD/target/tools/bin

fix=0 only=
while [ $# -gt 0 ]; do
    case $1 in
        --fix) fix=1 ;;
        --only) only=${2:?--only needs a part}; shift ;;
        *) echo "lint.sh: unknown argument $1" >&2; exit 2 ;;
    esac
    shift
done

wanted() { [ -z "$only" ] || [ "$only" = "$1" ]; }

format() { if [ "$fix" = 1 ]; then cargo fmt --all; else cargo fmt --all --check; fi; }

clippy() {
    if [ "$fix" = 1 ]; then
        cargo clippy --fix --allow-dirty --allow-staged --all-targets "$@"
    else
        cargo clippy --all-targets "$@" -- --deny warnings
    fi
}

clippy_crates() { clippy --workspace --exclude keyturn-desktop; }
clippy_desktop() {
    CARGO_TARGET_DIR=${KEYTURN_DESKTOP_TARGET:-target/desktop} clippy --package keyturn-desktop --features e2e
}

# Built aside: a new ui/dist would have the window compiled again.
ui() (cd ui && npm run --silent check && npm run --silent lint && npm run --silent build -- --outDir ../target/ui-check --emptyOutDir)

advisories() { cargo audit --no-fetch --deny warnings --db "$ADVISORY_DB"; }

packaging() { desktop-file-validate packaging/*.desktop && appstreamcli validate --no-net packaging/*.metainfo.xml; }

shell_scripts() { shellcheck --external-sources .ci/run scripts/*.sh; }

if wanted format; then part format format; fi
if wanted clippy; then part clippy clippy_crates; fi
if wanted clippy-desktop; then part clippy-desktop clippy_desktop; fi
if wanted ui; then part ui ui; fi
if wanted deny; then part deny cargo deny --workspace check bans licenses sources; fi
if wanted audit; then
    if [ -d "${ADVISORY_DB:-}" ]; then
        part audit advisories
    else
        skipped audit "no advisory database at '${ADVISORY_DB:-}': set ADVISORY_DB to a copy of RustSec's"
    fi
fi
if wanted secrets; then part secrets scripts/no-secrets.sh; fi
if wanted packaging; then part packaging packaging; fi
if wanted shell; then
    if command -v shellcheck >/dev/null; then
        part shell shell_scripts
    else
        skipped shell "shellcheck is not installed"
    fi
fi
close_parts "lint"
