#!/usr/bin/env bash
# The main job from end to end, in a throwaway home, against the four providers imitated on loopback.
# Prints each command as a person would type it. No secret is printed, nothing leaves this machine,
# and every process it starts ends with it. Safe to run twice.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/target/demo
bin=$PWD/target/debug
export KEYTURN_HOME=$folder/home
# Nothing of the demo is granted or shown outside it.
unset KEYTURN_PARENT_PIPE

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\e[1m' plain=$'\e[0m'; fi

screen=
cleanup() {
    "$bin/keyturn" stop >/dev/null 2>&1 || true
    # The sandbox ends when this pipe closes; the screen is ours and only ours.
    exec 8>&- || true
    if [ -n "$screen" ]; then kill "$screen" 2>/dev/null || true; fi
    rm -rf "$folder/secrets"
}
# `exec 8>&-` would end the script where the pipe was never opened.
exec 8>/dev/null
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { printf '\n%s\n' "$*"; }

# Shows a command and runs it, without the pipe that the sandbox hangs on.
run() {
    printf '\n%s$ keyturn %s%s\n' "$bold" "$*" "$plain"
    "$bin/keyturn" "$@" 8>&-
}

# Shows a command with its input and runs it.
feed() {
    local input=$1
    shift
    printf '\n%s$ keyturn %s < %s%s\n' "$bold" "$*" "$(basename "$input")" "$plain"
    "$bin/keyturn" "$@" <"$input" 8>&-
}

# Reads a value from the line with which the sandbox said that it is ready.
sandbox() {
    node -e 'const at = process.argv[2].split("."); console.log(at.reduce((value, key) => value[key],
        JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))))' "$folder/sandbox.json" "$1"
}

# Tells the sandbox what to do; prints the key where that makes one.
control() {
    node -e 'fetch(process.argv[1] + "/control", {method: "POST", body: process.argv[2],
        headers: {"content-type": "application/json"}}).then(async answer => {
            if (!answer.ok) process.exit(1);
            process.stdout.write((await answer.json()).key ?? "");
        })' "$(sandbox admin_url)" "$1" 8>&-
}

# How often Deepvue was asked for a token.
exchanges() {
    node -e 'fetch(process.argv[1] + "/state").then(answer => answer.json())
        .then(state => console.log(state.counts.deepvue["/v1/authorize"]))' "$(sandbox admin_url)" 8>&-
}

echo 'Building keyturn and keyturn-sandbox (the first time takes some minutes) …'
cargo build --quiet -p keyturn-cli -p keyturn-sandbox 8>&-

# What an earlier run may have left behind.
if [ -d "$folder" ]; then
    "$bin/keyturn" stop >/dev/null 2>&1 || true
    rm -rf "$folder"
fi
mkdir -p "$folder/secrets"
chmod 700 "$folder" "$folder/secrets"
cd "$folder"

say '── The providers, imitated on loopback over TLS ──'
mkfifo hold ready
"$bin/keyturn-sandbox" --dir "$folder" --until-stdin-closes <hold >ready 8>&- &
exec 8>hold
read -r line <ready
printf '%s' "$line" >sandbox.json
chmod 600 sandbox.json
rm hold ready
echo "Deepvue $(sandbox urls.deepvue) · deepidv $(sandbox urls.deepidv)"
echo "Deeply $(sandbox urls.deeply) · DeepCurrent $(sandbox urls.deepcurrent)"

say '── A vault ──'
head -c 24 /dev/urandom | base64 >secrets/passphrase
feed secrets/passphrase init --protect passphrase --passphrase-stdin --recovery-file recovery.txt
run status

say '── The four providers: where they answer, and one credential each ──'
for provider in deepvue deepidv deeply deepcurrent; do
    run provider environment add "$provider" sandbox --base-url "$(sandbox urls.$provider)" --ca ca.pem
done
sandbox credentials.deepvue.client_secret >secrets/deepvue
sandbox credentials.deepidv.api_key >secrets/deepidv
sandbox credentials.deeply.api_key >secrets/deeply
sandbox credentials.deepcurrent.password >secrets/deepcurrent
feed secrets/deepvue add deepvue --environment sandbox --owner Payments --rotate-every 180d \
    --field "client_id=$(sandbox credentials.deepvue.client_id)" --secret client_secret
feed secrets/deepidv add deepidv --environment sandbox --owner Onboarding \
    --issued "$(date -d '-80 days' +%F)" --rotate-every 90d --secret api_key
feed secrets/deeply add deeply --environment sandbox --owner Facility --secret api_key
feed secrets/deepcurrent add deepcurrent --environment sandbox --owner Grid \
    --field "username=$(sandbox credentials.deepcurrent.email)" --secret password

say '── Their tokens, got once and used again ──'
for reference in deepvue/main deeply/main deepcurrent/main deepvue/main; do
    printf '\n%s$ keyturn token %s | wc -c%s\n' "$bold" "$reference" "$plain"
    "$bin/keyturn" token "$reference" 8>&- | wc -c
done
echo "(asked twice; Deepvue was asked $(exchanges) time)"
say 'As code, it reads the environment and holds no secret:'
run token deepvue/main --as python
run list
run show deepvue/main

say '── To the clipboard ──'
if [ -z "${DISPLAY:-}" ]; then
    echo 'There is no screen here, so an invisible one is started (Xvfb).'
    mkfifo number
    Xvfb -noreset -displayfd 3 -screen 0 800x600x24 -nolisten tcp 3>number >/dev/null 2>&1 8>&- &
    screen=$!
    read -r display <number
    rm number
    unset WAYLAND_DISPLAY
    export DISPLAY=:$display
fi
run copy deepvue/main
if [ "$(xclip -selection clipboard -o 8>&-)" = "$("$bin/keyturn" token deepvue/main 8>&-)" ]; then
    echo 'Read back with xclip and compared with the token: the same.'
else
    echo 'The clipboard does not hold the token.' >&2
    exit 1
fi

say '── A request with its explanation ──'
run request deepcurrent/main --sample me

say '── Saved with what its answer has to be, and asked of every key ──'
run request deeply/main /api/v1/events --save events --check 'status 2xx' --check 'json $.events present'
run check
run exchanges deeply/main

say '── The same job when it fails: the key was revoked at the provider ──'
control '{"do": "revoke_key", "provider": "deepidv"}'
status=0
run request deepidv/main --sample create-session --yes || status=$?
echo "exit status $status: the provider refused the credential"
[ "$status" -eq 6 ]

say '── A key that its provider shows once, and its replacement by the support ──'
sandbox credentials.deepcurrent.api_key >secrets/meter
last_four=$(tail -c 5 secrets/meter | head -c 4)
feed secrets/meter add deepcurrent --name meter --environment sandbox --owner Grid --secret api_key
run consumers deepcurrent/meter --add 'GitHub Actions of repo grid'
run rotate deepcurrent/meter --start
run rotate deepcurrent/meter --requested --ticket DC-4711
control '{"do": "issue_key", "provider": "deepcurrent"}' >secrets/new
feed secrets/new rotate deepcurrent/meter --store
run rotate deepcurrent/meter --verify
run consumers deepcurrent/meter --has-new 1
run rotate deepcurrent/meter --confirm
control '{"do": "confirm_key", "provider": "deepcurrent"}'
run rotate deepcurrent/meter --promote
run rotate deepcurrent/meter --retire
say 'Somebody asks whose key ends like that one:'
run find "$last_four"

say '── What is due, and what you will be reminded of ──'
run due
run remind
run health

run lock
say "── That was the main job. To go on ──
  Look around in this throwaway vault (its passphrase died with the demo, the recovery key opens it):
    export KEYTURN_HOME=$KEYTURN_HOME
    $bin/keyturn unlock --recovery-stdin < $folder/recovery.txt
    $bin/keyturn list
  Begin with your own:
    cargo install --path crates/keyturn-cli
    keyturn init && keyturn provider list
  Every command explains itself: keyturn COMMAND --help"
