# shellcheck shell=bash
# Sourced. Runs the parts of a check one after the other, and says how long each took.
#
# `part NAME COMMAND…` runs a part and goes on after a failure; `close_parts` repeats how each failed
# part ended, prints one line for each part, and fails where one failed. Output passes through
# untouched, and is kept in target/logs.

parts=()
failures=()
logs=target/logs

part() {
    local name=$1 started=$SECONDS verdict=ok status=0 log
    shift
    log=$logs/${name// /-}.log
    mkdir -p "$logs"
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    if [ "$status" -ne 0 ]; then
        verdict="FAILED ($status)"
        failures+=("$name")
    fi
    parts+=("$(printf '%-22s %5d s   %-11s %s' "$name" "$((SECONDS - started))" "$verdict" "$(tests_in "$log")")")
}

# How many tests the runners counted in a log: cargo's and vitest's closing lines added up.
tests_in() {
    sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
        /^test result:/ { passed += $4; failed += $6 }
        /^ *Tests +.*[0-9]+ passed/ {
            for (at = 2; at <= NF; at++) {
                if ($at ~ /^passed/) passed += $(at - 1)
                if ($at ~ /^failed/) failed += $(at - 1)
            }
        }
        END { if (passed + failed > 0) printf "%d tests passed, %d failed", passed, failed }'
}

skipped() {
    printf '\n== %s: skipped, %s\n' "$1" "$2"
    parts+=("$(printf '%-22s       -   skipped, %s' "$1" "$2")")
}

close_parts() {
    local name
    for name in "${failures[@]}"; do
        printf '\n== %s FAILED, and ended so:\n' "$name"
        tail -n 60 "$logs/${name// /-}.log"
    done
    printf '\n== %s\n' "$1"
    printf '   %s\n' "${parts[@]}"
    [ ${#failures[@]} -eq 0 ]
}
