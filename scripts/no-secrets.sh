#!/usr/bin/env bash
# Refuses a tree that holds something with the shape of a live secret.
#
# Tests and examples make their secrets at run time, or use words that no provider would issue.
set -euo pipefail
cd "$(dirname "$0")/.."

# One shape a line; each must have a sample below.
shapes=(
    '-----BEGIN [A-Z ]*PRIVATE KEY-----'
    'AKIA[0-9A-Z]{16}'
    'gh[pousr]_[0-9A-Za-z]{36}'
    'xox[abprs]-[0-9A-Za-z-]{20,}'
    '(sk|rk)_live_[0-9A-Za-z]{16,}'
    'dc_[0-9A-Za-z]{24,}'
    'eyJ[0-9A-Za-z_-]{10,}\.eyJ[0-9A-Za-z_-]{10,}\.[0-9A-Za-z_-]{20,}'
)
# Put together here, so that this file passes its own check.
many=0123456789abcdefghij0123456789abcdefghij
samples=(
    "-----BEGIN RSA PRIVATE"" KEY-----"
    "AKIA""ABCDEFGHIJKLMNOP"
    "ghp""_${many:0:36}"
    "xoxb""-$many"
    "sk""_live_$many"
    "dc""_$many"
    "ey""J$many.ey""J$many.$many"
)

pattern=$(IFS='|'; echo "${shapes[*]}")
for index in "${!shapes[@]}"; do
    grep -qE -e "${shapes[$index]}" <<<"${samples[$index]}" || {
        echo "no-secrets.sh: shape $index does not find its own sample" >&2
        exit 1
    }
done

# Names the place and the shape's beginning only: the log of a check is no place for a secret either.
found=$(git ls-files --cached --others --exclude-standard -z |
    xargs -0 grep -noIE -e "$pattern" -- 2>/dev/null | sed -E 's/^([^:]*:[0-9]+:.{0,8}).*/\1…/' || true)
if [ -n "$found" ]; then
    printf 'These look like live secrets. Take them out, and renew those that were real:\n%s\n' "$found" >&2
    exit 1
fi
echo "no secrets in the tree"
