#!/bin/sh
# Makes or mends the virtual environment: locked, hash-checked dependencies, then Exitplan itself, editable.
# Usage: scripts/setup.sh VENV
set -eu
venv=$1

found=
for candidate in python3.13 python3.12 python3.11 python3; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    found=$candidate
    break
  fi
done
if [ -z "$found" ]; then
  echo "Exitplan needs Python 3.11 or newer; none of python3.13, python3.12, python3.11, python3 is." >&2
  exit 1
fi

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Debian ships Python without the parts that make environments.
if ! "$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then
  package=$("$found" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "$found cannot make virtual environments: install its venv and ensurepip modules, then try again." >&2
    exit 1
  fi
  echo "Installing $package, which $found needs to make $venv."
  as_root apt-get -qq update
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y "$package" >/dev/null
fi

echo "Setting up $venv (a minute or two, once)."
"$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || "$found" -m venv --clear "$venv"
pip() {
  "$venv/bin/python" -m pip --disable-pip-version-check -qq install "$@"
}
# pip compiles on one core alone.
pip --no-compile --require-hashes --requirement requirements.lock
"$venv/bin/python" -m compileall -qq -j 0 "$venv/lib" || true
# The build tools are in the lock too, so nothing unlocked is fetched here.
pip --no-deps --no-build-isolation --editable .
