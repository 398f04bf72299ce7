#!/usr/bin/env bash
# Installs what is missing and only that: system packages, the engine's Python environment and a test environment
# over QGIS's Python. Asks nothing, says what it does. Usage: scripts/setup.sh [engine|all]
#   CROPSAMPLE_BASE_PYTHON  Python 3.11 or newer to build the engine environment with (default: the first found)
#   QGIS_PYTHON             QGIS's own Python (default: /usr/bin/python3)
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:-all}
state=.setup
engine=.venv-engine
qgis_tests=.venv-qgis
qgis_python=${QGIS_PYTHON:-/usr/bin/python3}
cpu_wheels=https://download.pytorch.org/whl/cpu
apt_packages=(qgis python3-qgis python3-venv python3-matplotlib python3-psycopg2 gdal-bin xvfb xauth xdotool imagemagick postgresql postgresql-postgis)

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$@" >&2; exit 1; }

fingerprint() { cat scripts/setup.sh "$@" | cksum; }

is_current() { # stamp, interpreter, files it depends on
    [ -f "$state/$1" ] && [ "$(cat "$state/$1")" = "$(fingerprint "${@:3}")" ] && "$2" -c "" 2>/dev/null
}

stamp() { # stamp, files it depends on
    mkdir -p "$state"
    fingerprint "${@:2}" >"$state/$1"
}

install_system_packages() {
    if ! command -v apt-get >/dev/null 2>&1; then
        command -v qgis_process >/dev/null 2>&1 && "$qgis_python" -c "import qgis.core" 2>/dev/null && return
        fail "this is no Debian or Ubuntu, so please install these yourself and run this again:" \
            "  QGIS 3.22 or newer with its Python; set QGIS_PYTHON to that Python when it is not $qgis_python" \
            "    (Fedora: dnf install qgis python3-qgis; Arch: pacman -S qgis; macOS: brew install --cask qgis," \
            "     QGIS_PYTHON=/Applications/QGIS.app/Contents/MacOS/bin/python3)" \
            "  matplotlib for that Python, Xvfb with xvfb-run, xdotool, ImageMagick and GDAL's command line tools" \
            "The engine and its tests need none of these: make test-engine"
    fi
    local installed missing=() package
    installed=" $(dpkg-query -W -f='${Package}=${db:Status-Status} ' "${apt_packages[@]}" 2>/dev/null || true)"
    for package in "${apt_packages[@]}"; do
        [[ $installed == *" $package=installed "* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null ||
            fail "system packages are missing; run this as root, then start again:" "  apt-get install ${missing[*]}"
        root=(sudo -n)
    fi
    say "installing system packages: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { "${root[@]}" apt-get update && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        fail "apt-get failed; its output is in $log"
    fi
    rm -f "$log"
}

find_base_python() {
    local candidate
    for candidate in "${CROPSAMPLE_BASE_PYTHON:-}" python3 "$qgis_python" python3.13 python3.12 python3.11 python3.14; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c "import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 15))" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    fail "no Python 3.11 to 3.14 with its venv module was found; install one, or name it in CROPSAMPLE_BASE_PYTHON" \
        "  (for example: uv python install 3.12)"
}

install_into() { # interpreter, pip arguments
    "$1" -m pip install -qq --disable-pip-version-check --no-input "${@:2}"
}

install_torch() { # interpreter
    local wanted
    wanted=$(grep -E '^torch==' requirements/engine.lock)
    if [ "$(uname -s)" != Linux ]; then
        install_into "$1" --no-deps "$wanted"
    elif ! "$1" -c "import importlib.metadata as m, sys; sys.exit(m.version('torch') != '${wanted#torch==}+cpu')" 2>/dev/null; then
        # A mirror or wheel folder in pip's own configuration goes first, then PyTorch's site.
        install_into "$1" --no-deps "$wanted+cpu" 2>/dev/null ||
            install_into "$1" --no-deps --index-url "$cpu_wheels" "$wanted+cpu" ||
            fail "torch's CPU build could be had neither from pip's own sources nor from $cpu_wheels"
    fi
}

make_engine() {
    local files=(requirements/engine.lock requirements/engine-dev.lock)
    is_current engine "$engine/bin/python" "${files[@]}" && return
    if ! "$engine/bin/python" -m pip --version >/dev/null 2>&1; then
        local base
        base=$(find_base_python)
        say "making the engine environment $engine with $("$base" -c 'import sys; print(sys.executable, sys.version.split()[0])')"
        "$base" -m venv --clear "$engine"
    fi
    say "installing the engine's packages (torch, scikit-learn, rasterio and more; some minutes the first time)"
    install_torch "$engine/bin/python"
    install_into "$engine/bin/python" -r requirements/engine.lock -r requirements/engine-dev.lock
    stamp engine "${files[@]}"
}

make_qgis_tests() {
    is_current qgis "$qgis_tests/bin/python" requirements/qgis-test.lock && return
    "$qgis_python" -c "import qgis.core" 2>/dev/null ||
        fail "$qgis_python cannot import qgis.core; set QGIS_PYTHON to the Python of your QGIS"
    say "making the test environment $qgis_tests over QGIS's Python"
    "$qgis_python" -m venv --clear --system-site-packages "$qgis_tests"
    install_into "$qgis_tests/bin/python" -r requirements/qgis-test.lock
    stamp qgis requirements/qgis-test.lock
}

case $what in
    engine) make_engine ;;
    all)
        # First, because they may bring the Python that the engine environment is made with.
        install_system_packages
        make_qgis_tests
        make_engine
        ;;
    *) fail "usage: scripts/setup.sh [engine|all]" ;;
esac
say "ready"
