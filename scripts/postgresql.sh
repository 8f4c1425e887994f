#!/bin/sh
# Sees to it that there is a PostgreSQL for the tests: the wheel's, else Debian's own, installed only where neither is found.
set -eu

if "${1:-.venv}/bin/python" -c 'import importlib.util as u, sys; sys.exit(u.find_spec("pgserver") is None)'; then exit 0; fi
if command -v initdb >/dev/null 2>&1; then exit 0; fi
for found in /usr/lib/postgresql/*/bin/initdb; do
  if [ -x "$found" ]; then exit 0; fi
done

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

if ! command -v apt-get >/dev/null 2>&1; then
  echo "The tests need PostgreSQL's initdb and pg_ctl: install PostgreSQL, then try again." >&2
  exit 1
fi
echo "Installing postgresql, on which the tests of the store run a second time."
as_root apt-get -qq update
# The tests start servers of their own: no cluster of the system's is to be made or begun.
as_root mkdir -p /etc/postgresql-common/createcluster.d
echo "create_main_cluster = false" | as_root tee /etc/postgresql-common/createcluster.d/exitplan.conf >/dev/null
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends postgresql >/dev/null
