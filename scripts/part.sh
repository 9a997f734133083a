# shellcheck shell=bash
# Sourced. Runs the parts of a check one after the other, and says how long each took.
#
# `part NAME COMMAND…` runs a part and goes on after a failure; `close_parts` prints one line for
# each and fails where one failed. Output passes through untouched.

parts=()
failed=0

part() {
    local name=$1 started=$SECONDS verdict=ok
    shift
    printf '\n== %s\n' "$name"
    "$@" || { verdict="FAILED ($?)"; failed=1; }
    parts+=("$(printf '%-18s %5d s   %s' "$name" "$((SECONDS - started))" "$verdict")")
}

skipped() {
    printf '\n== %s: skipped, %s\n' "$1" "$2"
    parts+=("$(printf '%-18s       -   skipped, %s' "$1" "$2")")
}

close_parts() {
    printf '\n== %s\n' "$1"
    printf '   %s\n' "${parts[@]}"
    return "$failed"
}
