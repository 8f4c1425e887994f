"""Writes derived files: YAML that a person can read, with a first line that says where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

HEAD = "# Derived from public data by scripts/build_missions.py. Do not edit: change the script and run it again.\n"


class Row(dict[str, Any]):
    """A mapping that is written on one line."""


class _Writer(yaml.SafeDumper):
    """Block style for entries, one line for rows and lists; never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        """Repeat equal values instead of pointing at the first."""
        return True


_Writer.add_representer(Row, lambda w, row: w.represent_mapping("tag:yaml.org,2002:map", row.items(), flow_style=True))
_Writer.add_representer(tuple, lambda w, items: w.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True))


def yaml_text(entries: Iterable[dict[str, Any]], about: str) -> str:
    """A list of entries as YAML: tuples and `Row` on one line, fields that say nothing left out."""
    lean = [{k: v for k, v in entry.items() if v not in (None, "", (), [])} for entry in entries]
    text = yaml.dump(lean, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=400)
    return HEAD + "".join(f"# {line}\n" for line in about.splitlines()) + text
