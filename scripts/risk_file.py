"""What the scripts share that fit chances: their arguments, and the files they write."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from exitplan.domain.risk_model import RiskModel
from exitplan.importers.risk_models import PRIORS

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def written(head: str, found: RiskModel) -> str:
    """The text of the file: the head, then the parameters."""
    body = found.model_dump(mode="json")
    return head + yaml.safe_dump(body, sort_keys=False, width=120, default_flow_style=None, allow_unicode=True)


def fit_or_compare(
    doc: str | None, made: Mapping[str, Callable[[Path], RiskModel]], head: str, **compare: Callable[[Path], None]
) -> None:
    """
    Do what the command line asks: write the files, or print a comparison.

    Parameters
    ----------
    doc
        What the script is for.
    made
        Name of each file among the priors, and what makes its parameters of a data folder.
    head
        Their first lines.
    compare
        What prints a comparison of a data folder, under the name of its option.
    """
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--to", type=Path, default=PRIORS)
    which = parser.add_mutually_exclusive_group()
    for name in compare:
        which.add_argument(f"--{name}", action="store_const", const=name, dest="comparison")
    asked = parser.parse_args()
    if asked.comparison:
        compare[asked.comparison](asked.data)
    else:
        for name, model in made.items():
            (asked.to / name).write_text(written(head, model(asked.data)), "utf-8", newline="\n")
