#!/bin/sh
# Sees to it that there is a Chromium for the browser tests: Debian's own, installed only where none is found.
set -eu

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The browser tests need Chromium on the PATH (chromium, chromium-browser or google-chrome): install it, then try again." >&2
  exit 1
fi
echo "Installing chromium, which the browser tests drive."
as_root apt-get -qq update
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null
