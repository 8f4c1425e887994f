"""`exitplan lint`: advice on the quality of benchmarks. Advice never blocks anything."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.norms import AdviceCode
from exitplan.domain.results.base import Named, ResultPart


class Advice(Named):
    """One thing about one benchmark, criterion or indicator that could be better."""

    advice: AdviceCode = Field(description="What kind of advice.")
    severity: Literal["advice"] = Field("advice", description="Below a doubt: it blocks nothing.")
    kind: str = Field(description="Kind of the entry concerned.")
    field: str = Field("", description="Field concerned.")
    benchmark: str = Field("", description="Benchmark concerned; empty where it is all of them.")
    word: str = Field("", description="Word or text found.")
    number: int | None = Field(None, description="Number found.")
    most: int | None = Field(None, description="Number above which it is too much, or months there are.")

    @property
    def about(self) -> str:
        """The entry, as kind:code."""
        return f"{self.kind}:{self.code}"


class QualityResult(ResultPart):
    """Advice on benchmarks and their criteria and indicators, in the order of the dossier."""

    words: str = Field(description="Version of the word lists.")
    benchmarks: int = Field(description="Benchmarks looked at.")
    indicators: int = Field(description="Indicators that their criteria rest on.")
    advice: tuple[Advice, ...]
    counts: dict[str, int] = Field(description="How often each kind of advice is given.")
