#!/usr/bin/env bash
# Installs what is missing for the named purposes, and nothing where all is there.
#
#   scripts/setup.sh build|test|desktop|window|peer|lint …
#
# System packages come from apt, on Debian and as root only; elsewhere the list is printed, since
# guessing another distribution's names helps nobody. KEYTURN_SKIP_PACKAGES=1 says that they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

packages_for() {
    case $1 in
        build) echo build-essential pkg-config ;;
        # A keyring, notifications, a screen, its keys and a clipboard of the tests' own.
        test) echo openssl curl dbus gnome-keyring libsecret-tools dunst desktop-file-utils systemd xvfb xauth xclip xdotool python3-venv ;;
        desktop) echo libwebkit2gtk-4.1-dev libdbus-1-dev ;;
        # The real window under automation, what tells of its windows, and what screen readers are told.
        window) echo webkit2gtk-driver openbox xdotool fonts-dejavu-core chromium at-spi2-core libglib2.0-bin python3-pyatspi python3-gi imagemagick pngquant ;;
        # What the window's figures are compared with.
        peer) echo keepassxc ;;
        lint) echo shellcheck appstream desktop-file-utils ;;
        *) echo "setup.sh: unknown purpose $1" >&2; return 2 ;;
    esac
}

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_packages() {
    [ "${KEYTURN_SKIP_PACKAGES:-}" = 1 ] && return
    local wanted=() missing=() names package purpose
    for purpose in "$@"; do
        names=$(packages_for "$purpose")
        read -ra names <<<"$names"
        wanted+=("${names[@]}")
    done
    if ! command -v dpkg-query >/dev/null; then
        echo "Keyturn needs these packages; the names are Debian's:" >&2
        printf '  %s\n' "${wanted[@]}" >&2
        echo "Install them by your system's names, then run again with KEYTURN_SKIP_PACKAGES=1." >&2
        exit 1
    fi
    for package in "${wanted[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    if [ "$(id -u)" -ne 0 ]; then
        echo "Packages are missing, and only root can install them. Run this, then try again:" >&2
        echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    echo "Installing: ${missing[*]}"
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
}

check_rust() {
    command -v cargo >/dev/null || { echo "Rust is missing: https://rustup.rs installs it." >&2; exit 1; }
    cargo --version >/dev/null 2>&1 && return
    # rust-toolchain.toml names a version that is not here yet.
    rustup toolchain install
}

check_node() {
    node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
             process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' || {
        echo "Node 20.19 or newer is needed: https://nodejs.org" >&2
        exit 1
    }
}

install_ui() {
    check_node
    [ ui/node_modules/.package-lock.json -nt ui/package-lock.json ] || (cd ui && npm ci)
}

# The OAuth servers of others that the journeys run against, in the versions that are written down.
install_oauth_servers() {
    local servers=tests/oauth/servers node=target/oauth/oidc-provider python=target/oauth/authlib
    check_node
    if ! cmp -s "$servers/oidc-provider/package-lock.json" "$node/installed.json"; then
        rm -rf "$node" && mkdir -p "$node"
        cp "$servers"/oidc-provider/package*.json "$node"
        (cd "$node" && npm ci --no-audit --no-fund)
        cp "$node/package-lock.json" "$node/installed.json"
    fi
    install_python "$servers/authlib/requirements.txt" "$python"
}

# The readers of calendar files by others that ours are read with.
install_calendar_readers() {
    install_python tests/calendar/requirements.txt target/calendar
}

# What the tester's requests are sent to, and answers with them.
install_httpbin() {
    install_python tests/httpbin/requirements.txt target/httpbin
}

# What code is written for: HTTPie and requests.
install_request_programs() {
    install_python tests/requests/requirements.txt target/requests
}

# Installs a list of Python packages into an environment of its own, unless it is that already.
install_python() {
    local list=$1 folder=$2
    cmp -s "$list" "$folder/installed.txt" && return
    rm -rf "$folder"
    # Debian's own: its package is what was installed above.
    /usr/bin/python3 -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps --requirement "$list"
    cp "$list" "$folder/installed.txt"
}

install_cargo_tool() {
    local tool=$1 version=$2
    command -v "$tool" >/dev/null || [ -x "target/tools/bin/$tool" ] ||
        cargo install --locked --root target/tools "$tool@$version"
}

check_rust
install_packages "$@"
for purpose in "$@"; do
    case $purpose in
        desktop) install_ui ;;
        test)
            install_oauth_servers
            install_calendar_readers
            install_httpbin
            install_request_programs
            ;;
        lint)
            install_cargo_tool cargo-deny 0.20.2
            install_cargo_tool cargo-audit 0.22.2
            ;;
    esac
done
