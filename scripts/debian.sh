#!/bin/sh
# Sees to it that the tests have a program: Debian's own, installed only where none of its names is found.
# Usage: scripts/debian.sh PACKAGE WHAT-FOR NAME...
set -eu
package=$1
what=$2
shift 2

for name in "$@"; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need $package ($*) on the PATH, $what: install it, then try again." >&2
  exit 1
fi
echo "Installing $package, $what."
as_root apt-get -qq update
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$package" >/dev/null
