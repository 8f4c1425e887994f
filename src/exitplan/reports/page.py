"""What a report is made of: typed pieces that know nothing of HTML or of paper. One content, two renderers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Mark = Literal["", "met", "unmet", "unknown", "low", "medium", "high", "very_high", "late", "done"]
"""A sign that stands before the words of a cell; never the only carrier of the meaning."""


class Piece(BaseModel):
    """A frozen part of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Cell(Piece):
    """One cell of a table."""

    text: str = Field(description="Words shown.")
    mark: Mark = Field("", description="Sign beside the words.")


class Column(Piece):
    """One column of a table."""

    title: str = Field(description="Heading.")
    number: bool = Field(False, description="Whether its cells are figures, set to the right.")
    width: float = Field(1.0, description="Share of the page's width against the other columns.")


class Table(Piece):
    """Rows under headings. The first cell of a row names the row."""

    kind: Literal["table"] = "table"
    caption: str = Field(description="What the rows are.")
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = Field("", description="What is said where there is no row.")
    note: str = Field("", description="Remark below it.")
    folded: bool = Field(False, description="Whether a screen shows it only when asked for, and paper in the annex.")


class Figure(Piece):
    """A picture with everything that has to stand beside it."""

    kind: Literal["figure"] = "figure"
    key: str = Field(description="Short name, unique in the report.")
    title: str = Field(description="What it shows, with unit.")
    alt: str = Field(description="The picture in words, for those who cannot see it.")
    svg: str = Field(description="The picture.", repr=False)
    table: Table = Field(description="The same values as rows.")
    source: str = Field("", description="Where the values come from.")
    note: str = Field("", description="How to read it, or what it must not be taken for.")


class Paragraph(Piece):
    """A few sentences."""

    kind: Literal["paragraph"] = "paragraph"
    text: str
    tone: Literal["plain", "lead", "note", "warning"] = "plain"


class Items(Piece):
    """A list of sentences."""

    kind: Literal["items"] = "items"
    items: tuple[str, ...]


class Fact(Piece):
    """One figure in large type, with what it is and how far to trust it."""

    label: str
    value: str
    note: str = ""


Block = Annotated[Paragraph | Items | Table | Figure, Field(discriminator="kind")]


class Section(Piece):
    """A heading and what stands under it."""

    key: str = Field(description="Short name, unique in the report.")
    title: str
    blocks: tuple[Block, ...]


class Asked(Piece):
    """One decision that is wanted."""

    code: str
    question: str
    options: tuple[str, ...]
    due: str
    decider: str


class Dissent(Piece):
    """A view that differs, in its own words."""

    text: str
    by: str
    about: str


class FrontPage(Piece):
    """The page that is enough for ten minutes."""

    headline: str = Field(description="Gates, clocks and gap in two sentences.")
    gates: Table = Field(description="Exit gates that are not open, each with its failing criterion.")
    facts: tuple[Fact, ...] = Field(description="Calendar, conditions, gap, feasible sequence.")
    clocks: Figure
    asked: tuple[Asked, ...]
    asked_note: str = Field("", description="What is said where none is wanted, or where more wait.")
    dissent: tuple[Dissent, ...]
    dissent_note: str = Field("", description="What is said where nobody has put a differing view on record.")
    informs: str = Field(description="What the brief is, and what it does not do.")


class Labels(Piece):
    """The renderers' own words, in the reader's language."""

    skip: str
    contents: str
    asked: str
    dissent: str
    clocks: str
    gates: str
    options: str
    due: str
    decider: str
    source: str
    table: str
    annex: str
    annexed: str
    page: str
    of: str
    rows: str
    colon: str = Field(description="A colon with the spaces the language puts around it.")
    signs: dict[str, str] = Field(description="What each sign means.")


class Brief(Piece):
    """The whole decision brief, worded in one language."""

    lang: str
    title: str
    mission: str
    acronym: str
    day: str
    classification: str
    banner: str = Field("", description="Set where the country is invented; stands on every page.")
    front: FrontPage
    sections: tuple[Section, ...]
    labels: Labels

    @property
    def informs(self) -> str:
        """What the brief is, and what it does not do."""
        return self.front.informs

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture, in reading order."""
        inside = (block for section in self.sections for block in section.blocks if isinstance(block, Figure))
        return (self.front.clocks, *inside)


class Paper(Piece):
    """A document of sections without a front page, worded in one language; set like a brief."""

    lang: str
    title: str
    mission: str
    acronym: str
    day: str
    classification: str
    banner: str = ""
    front: None = None
    informs: str = Field(description="What the document is, and what it does not do.")
    sections: tuple[Section, ...]
    labels: Labels


def row(*cells: str | Cell) -> tuple[Cell, ...]:
    """A row of a table from plain texts and cells."""
    return tuple(cell if isinstance(cell, Cell) else Cell(text=cell) for cell in cells)


def columns(*titles: str | tuple[str, float], numbers: Iterable[int] = ()) -> tuple[Column, ...]:
    """Columns from titles, each with its share of the width where it is not 1; `numbers` says which hold figures."""
    figures = set(numbers)
    made = []
    for at, title in enumerate(titles):
        text, width = (title, 1.0) if isinstance(title, str) else title
        made.append(Column(title=text, width=width, number=at in figures))
    return tuple(made)


def brief_values(brief: Brief) -> dict[str, object]:
    """The brief as plain values for JSON: every text and table; pictures are left out, because their tables say the same."""
    return brief.model_dump(mode="json", exclude={"labels": True, "front": {"clocks": {"svg"}}}) | {
        "sections": [
            section.model_dump(mode="json")
            | {"blocks": [block.model_dump(mode="json", exclude={"svg"}) for block in section.blocks]}
            for section in brief.sections
        ]
    }
