"""What every result is built of."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class ResultPart(BaseModel):
    """A frozen piece of a result, closed to unknown fields, never NaN or infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Named(ResultPart):
    """Something of the dossier that a result speaks of, with its names so that a reader need not look it up."""

    code: str = Field(description="Code of the entry.")
    title: str = Field(description="Its title.")
    title_fr: str | None = Field(None, description="Its title in French.")

    def name(self, lang: str = "en") -> str:
        """The title in the reader's language, the plain title where there is none."""
        return (self.title_fr if lang == "fr" else None) or self.title


class Band(ResultPart):
    """An estimate that never travels without its interval."""

    value: float = Field(description="Central estimate (median unless said otherwise).")
    low: float = Field(description="Low end of the interval.")
    high: float = Field(description="High end of the interval.")
    level: float = Field(
        0.8,
        description="Share of futures, or confidence, that the interval holds; 0 where none can be given and both ends are the value.",
    )


class Manifest(ResultPart):
    """What a result rests on; no clock time, duration, path or thread count, so that equal inputs give equal bytes."""

    inputs: str = Field(description="SHA-256 of the dossier, or of the files, that it rests on.")
    seed: int | None = Field(None, description="Seed, where anything was drawn at random.")
    options: dict[str, Any] = Field(
        default_factory=dict, description="Options that shaped the result, such as plan and horizon."
    )
    versions: dict[str, str] = Field(
        description="Versions of the software, and a digest of the library's figures, that could change a bit of the result."
    )


class Answer(ResultPart):
    """The one object that every command prints with `--json`."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)

    schema_: str = Field(
        alias="schema", description="Name and number of the result's schema, such as `exitplan/status/1`."
    )
    mission: str = Field(description="Code of the mission.")
    on: str | None = Field(description="Day from which it looks, as YYYY-MM-DD.")
    manifest: Manifest = Field(description="What the result rests on.")
    result: Any = Field(description="The result itself, as described by its own schema.")
