"""What the scripts share that fit chances: their arguments, and the file they write."""

from __future__ import annotations

import argparse
from collections.abc import Callable
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
    doc: str | None, name: str, head: str, model: Callable[[Path], RiskModel], compare: Callable[[Path], None]
) -> None:
    """
    Do what the command line asks: write the file, or with `--choose` print how candidates compare.

    Parameters
    ----------
    doc
        What the script is for.
    name
        Name of the file among the priors.
    head
        Its first lines.
    model, compare
        What makes the parameters, and what prints the comparison, of a data folder.
    """
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--to", type=Path, default=PRIORS / name)
    parser.add_argument("--choose", action="store_true")
    asked = parser.parse_args()
    if asked.choose:
        compare(asked.data)
    else:
        asked.to.write_text(written(head, model(asked.data)), "utf-8", newline="\n")
