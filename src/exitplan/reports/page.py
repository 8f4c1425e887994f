"""What a report is made of: typed pieces that know nothing of HTML or of paper. One content, two renderers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

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
    sources: tuple[str, ...] = Field(
        (), description="Codes of the sources that notes name.", exclude_if=lambda codes: not codes
    )


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
    sources: tuple[str, ...] = Field(
        (), description="Codes of the sources that notes name.", exclude_if=lambda codes: not codes
    )


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
    notes: str
    colon: str = Field(description="A colon with the spaces the language puts around it.")
    quoted: str = Field(description="Where a text stands in quotation marks, as `{text}`.")
    signs: dict[str, str] = Field(description="What each sign means.")


class Note(Piece):
    """A note below the text: which source a figure or a sentence rests on."""

    number: int = Field(description="Its number, from 1, in the order in which paper shows the first mark.")
    code: str = Field(description="Code of the source.")
    text: str = Field(description="The source as it is cited.")


class Document(Piece):
    """What every document shares, worded in one language."""

    lang: str
    title: str
    mission: str
    acronym: str
    day: str
    classification: str
    banner: str = Field("", description="Set where the country is invented or the text a draft; stands on every page.")
    foot: str = Field("", description="What the document is, and what it does not do; stands on every page.")
    lead: str = Field("", description="What it is about, under its title.")
    landscape: bool = Field(False, description="Whether paper is set across, for wide tables.")
    fitted: bool = Field(False, description="Whether paper is set small enough for one page.")
    front: FrontPage | None = Field(None, description="A first page that is enough by itself.")
    sections: tuple[Section, ...]
    cited: dict[str, str] = Field(default_factory=dict, description="How each source is cited, by its code.")
    labels: Labels

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every picture, in reading order."""
        inside = (block for section in self.sections for block in section.blocks if isinstance(block, Figure))
        return (*((self.front.clocks,) if self.front else ()), *inside)

    @property
    def annexed(self) -> tuple[Table, ...]:
        """Long tables, which paper sets at the end."""
        tables = (_table_of(block) for section in self.sections for block in section.blocks)
        return tuple(table for table in tables if table and table.folded and table.rows)

    @property
    def notes(self) -> tuple[Note, ...]:
        """
        Every source that is cited, numbered in the order in which paper shows the first mark of each.

        The numbers are the same on the screen, though a screen folds long tables where paper sets them at the end.
        """
        codes = dict.fromkeys(code for piece in _marked(self) for code in piece.sources)
        return tuple(
            Note(number=number, code=code, text=self.cited.get(code, code))
            for number, code in enumerate(codes, start=1)
        )


class Brief(Document):
    """The whole decision brief."""

    front: FrontPage = Field(description="The page that is enough for ten minutes.")


def _table_of(block: Block) -> Table | None:
    return block if isinstance(block, Table) else block.table if isinstance(block, Figure) else None


def _marked(document: Document) -> Iterator[Cell | Paragraph]:
    """Everything that may carry a mark of a note, in the order of paper."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block
            elif (table := _table_of(block)) and not table.folded:
                yield from (cell for cells in table.rows for cell in cells)
    yield from (cell for table in document.annexed for cells in table.rows for cell in cells)


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


def document_values(document: Document) -> dict[str, object]:
    """A document as plain values for JSON: every text and table; pictures are left out, because their tables say the same."""
    shut: dict[str, Any] = {"labels": True, **({"front": {"clocks": {"svg"}}} if document.front else {})}
    return document.model_dump(mode="json", exclude=shut) | {
        "sections": [
            section.model_dump(mode="json")
            | {"blocks": [block.model_dump(mode="json", exclude={"svg"}) for block in section.blocks]}
            for section in document.sections
        ]
    }
