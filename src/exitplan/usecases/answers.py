"""The one object every command prints with `--json`, and what it rests on."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from exitplan.domain.dossier import Dossier
from exitplan.domain.results.base import Answer, Manifest

NUMBER = 1
"""Number of every result's schema; a change that breaks a reader counts it up."""

LIBRARIES = ("exitplan", "numba", "numpy", "polars", "scipy")
"""Software that could change a bit of a result."""

LIBRARY = Path(__file__).resolve().parent.parent / "library"

R = TypeVar("R", bound=BaseModel)


@dataclass(frozen=True)
class Answered(Generic[R]):
    """A result beside the dossier it speaks of, so that a door can show names."""

    result: R
    answer: Answer
    dossier: Dossier


def versions() -> dict[str, str]:
    """Versions of the software that could change a bit of a result."""
    major, minor, _ = platform.python_version_tuple()
    return {"python": f"{major}.{minor}", **{name: version(name) for name in LIBRARIES}}


def digest_of(*files: Path) -> str:
    """SHA-256 over the SHA-256 of each file, in this order: what a result that rests on files has as its inputs."""
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()


def library_digest() -> str:
    """SHA-256 of the figures that come along and may be edited: priors, fitted coefficients, what lay around each country."""
    return digest_of(*sorted((LIBRARY / "priors").glob("*.yaml")), LIBRARY / "surroundings.csv")


def answered(
    name: str, dossier: Dossier, result: R, *, on: date | None, seed: int | None = None, **options: Any
) -> Answered[R]:
    """
    A result with its manifest.

    Parameters
    ----------
    name
        Name of the command, which names the result's schema too.
    seed
        Seed, where anything was drawn at random.
    options
        Options that shaped the result; those left at None are left out.
    """
    manifest = Manifest(
        inputs=dossier.digest,
        seed=seed,
        options={key: _plain(value) for key, value in options.items() if value is not None},
        versions=versions() | {"library": library_digest()},
    )
    answer = Answer(
        schema_=schema_name(name),
        mission=dossier.mission.code,
        on=on.isoformat() if on else None,
        manifest=manifest,
        result=result,
    )
    return Answered(result, answer, dossier)


def schema_name(name: str) -> str:
    """Name and number of the schema of a command's result."""
    return f"exitplan/{name}/{NUMBER}"


def as_json(answer: BaseModel) -> str:
    """An answer as JSON: sorted keys, equal answers giving equal bytes, never NaN."""
    body = answer.model_dump(mode="json", by_alias=True)
    return json.dumps(body, sort_keys=True, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
