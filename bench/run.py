"""Every measurement, one after the other: `make bench`, or `python bench/run.py NAME …` for some of them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = ("commands", "ingest", "stability", "house")
"""In order of time taken."""


def main(names: tuple[str, ...]) -> int:
    """Run the measurements named, all of them when none is. Returns 2 for a name there is not."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there are {', '.join(NAMES)}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(Path(__file__).parent.parent))
    for name in names or NAMES:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
