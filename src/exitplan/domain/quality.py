"""Words by which a benchmark says little, or speaks of the mission's work instead of the country, as data by language."""

from __future__ import annotations

from pydantic import model_validator

from exitplan.domain.fields import Line, Part, Text, about
from exitplan.domain.findings import Wanted


class WordList(Part):
    """Words of one sort in one language; each stands for itself and what begins with it, such as `strengthen`."""

    language: Line = about("Language code.")
    words: tuple[Line, ...] = about("Words or beginnings of words, in small letters.", min_length=1)
    source: Text = about("Where they come from.")


class QualityWords(Part):
    """What the advice on benchmarks goes by."""

    version: Line = about("Date or name of this set.")
    vague: tuple[WordList, ...] = about("Words that do not say when a state is reached.", min_length=1)
    output: tuple[WordList, ...] = about("Words that tell of work done rather than of a state.", min_length=1)
    indicators_a_benchmark: int = about("Indicators of one benchmark above which they are too many.", ge=1, le=1000)
    indicators_in_all: int = about("Indicators of all benchmarks above which they are too many.", ge=1, le=10_000)
    source: Text = about("Where the two numbers come from.")

    @model_validator(mode="after")
    def _small(self) -> QualityWords:
        loud = [word for words in (*self.vague, *self.output) for word in words.words if word != word.casefold()]
        if loud:
            raise ValueError(Wanted("words in small letters"))
        return self
