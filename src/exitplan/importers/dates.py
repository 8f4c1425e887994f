"""Days as event files write them, turned into YYYY-MM-DD where that can be done without guessing."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

ISO = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?$"
SLASHES = r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})( \d{1,2}:\d{2}(:\d{2})?( [AP]M)?)?$"
WRITTEN = r"^\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}$"


def with_iso_days(texts: pl.DataFrame, columns: Iterable[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """`iso_days` for those of some columns that a frame has; the notes of all of them, each once."""
    notes: dict[str, None] = {}
    for column in columns:
        if column in texts.columns:
            days, seen = iso_days(texts[column])
            texts = texts.with_columns(days)
            notes |= dict.fromkeys(seen)
    return texts, tuple(notes)


def iso_days(texts: pl.Series) -> tuple[pl.Series, tuple[str, ...]]:
    """
    Rewrite days as YYYY-MM-DD.

    Parameters
    ----------
    texts
        ISO days with or without a time of day (dropped); days with a written month (`18 August 2011`, `18-Aug-2011`);
        or numbers parted by slashes or points. Which of two leading numbers is the day is told from the column as a whole:
        one value above 12 in one place, and none in the other, settles it. A column that leaves it open stays as it is,
        so that a reader of days refuses it by name rather than taking August for the eighth day.

    Returns
    -------
    tuple
        The series, null where nothing was given, unreadable texts unchanged; and a note of what was rewritten:
        `dates:day_first`, `dates:month_first`, `dates:ambiguous` or `dates:written`.
    """
    # Most columns repeat some thousand days, all of them ISO: looking at each day once is enough.
    if texts.unique().str.contains(ISO).all():
        return texts.str.slice(0, 10), ()
    name = texts.name
    frame = pl.DataFrame({"text": texts.str.strip_chars()})
    text = pl.col("text")
    notes: list[str] = []
    frame = frame.with_columns(
        day=pl.when(text.str.contains(ISO)).then(text.str.slice(0, 10)),
        first=text.str.extract(SLASHES, 1),
        second=text.str.extract(SLASHES, 2),
        year=text.str.extract(SLASHES, 3),
        written=pl.when(text.str.contains(WRITTEN)).then(text.str.replace_all("-", " ")),
    )
    if frame["year"].is_not_null().any():
        first, second = (max(map(int, frame[c].drop_nulls())) for c in ("first", "second"))
        if (first > 12) == (second > 12):
            notes.append("dates:ambiguous")
        else:
            day, month = ("first", "second") if first > 12 else ("second", "first")
            notes.append("dates:day_first" if first > 12 else "dates:month_first")
            frame = frame.with_columns(
                day=pl.coalesce(
                    "day",
                    pl.concat_str("year", pl.col(month).str.zfill(2), pl.col(day).str.zfill(2), separator="-"),
                )
            )
    if frame["written"].is_not_null().any():
        written = pl.col("written")
        read = pl.coalesce(written.str.to_date("%d %B %Y", strict=False), written.str.to_date("%d %b %Y", strict=False))
        frame = frame.with_columns(day=pl.coalesce("day", read.dt.strftime("%Y-%m-%d")))
        notes.append("dates:written")
    # The time of day must not save a text that is no day: the reader of days looks at its first ten characters only.
    unread = pl.when(text.str.contains(r"^\d{4}-\d{2}-\d{2}.")).then(pl.concat_str(pl.lit("? "), text)).otherwise(text)
    return frame.select(pl.coalesce("day", unread).alias(name))[name], tuple(notes)
