"""Random sound dossiers: entries of every kind with strange texts and numbers, tables and boundaries."""

from __future__ import annotations

from datetime import date
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import polars as pl
from annotated_types import Ge, Gt, Le, Lt, MaxLen, MinLen
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints, ValidationError
from pydantic.fields import FieldInfo

from exitplan.domain.dossier import Dossier
from exitplan.domain.entry import Entry
from exitplan.domain.kinds import KINDS, Mission
from exitplan.domain.months import month_text
from exitplan.domain.tables import AreaMonths, MeasurementTable

CODES = st.sampled_from(["A1", "B-2", "1E5", "007", "NO", "TRUE", "NULL", "2015-09", "X.Y_Z", "N" * 48])
MONTHS = st.integers(2000 * 12, 2030 * 12).map(month_text)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
STRANGE = (
    *("yes", "null", "~", "2015-09-30", "007", "1e5", ".nan", "a; b", "[", "{", '"', "'", "json:", "json:null", "# no"),
    *(
        " edge ",
        "\ttab",
        "two\nlines",
        "two\n\n lines \n",
        "\r\n",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "_x0041_",
        "é",
        "😀",
    ),
    *(
        "a: b",
        "- a",
        "? a",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "|",
        ">",
        "…",
        "a" * 200,
        "=1+1",
        "-1",
        "true",
        " ",
        "",
    ),
)
TEXTS = st.one_of(
    st.sampled_from(STRANGE),
    st.text(st.characters(blacklist_categories=("Cs",)), max_size=20),
    st.lists(st.sampled_from(STRANGE), max_size=4).map("".join),
)
NUMBERS = st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-100, 100).map(float))


def values(annotation: Any, marks: tuple[Any, ...] = (), depth: int = 0) -> st.SearchStrategy[Any]:
    """Plain values that may pass for one type; what a rule between fields refuses is sorted out later."""
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        marks = (*more, *marks)
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        members = [values(a, marks, depth + 1) for a in inside if a is not type(None) and (depth < 4 or _shallow(a))]
        return st.one_of(*members, *([st.none()] if type(None) in inside else []))
    if origin is Literal:
        return st.sampled_from(inside)
    if origin is tuple and inside[-1:] == (...,):
        least = max((m.min_length for m in marks if isinstance(m, MinLen)), default=0)
        most = min([least + 2, *(m.max_length for m in marks if isinstance(m, MaxLen))])
        return st.lists(values(inside[0], (), depth + 1), min_size=least, max_size=max(least, most))
    if origin is tuple:
        return st.tuples(*(values(a, (), depth + 1) for a in inside)).map(list)
    if origin is dict:
        return st.dictionaries(values(inside[0], (), depth + 1), values(inside[1], (), depth + 1), max_size=2)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bodies(annotation, depth)
    return _plain(annotation, marks)


def _shallow(annotation: Any) -> bool:
    """Whether a member of the condition tree is a leaf."""
    model = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return not {"all", "any", "of", "not_", "veto"} & set(getattr(model, "model_fields", {}))


def _plain(annotation: Any, marks: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if annotation is bool:
        return st.booleans()
    if annotation is date:
        return DAYS.map(str)
    if annotation in (int, float):
        marks = tuple(x for m in marks for x in (m.metadata if isinstance(m, FieldInfo) else (m,)))
        low = max(
            [*(m.ge for m in marks if isinstance(m, Ge)), *(m.gt + 1e-9 for m in marks if isinstance(m, Gt))],
            default=-1e15,
        )
        high = min(
            [*(m.le for m in marks if isinstance(m, Le)), *(m.lt - 1e-9 for m in marks if isinstance(m, Lt))],
            default=1e15,
        )
        return st.integers(int(low), int(min(high, 1e9))) if annotation is int else st.floats(low, high)
    patterns = [m.pattern for m in marks if isinstance(m, StringConstraints) and m.pattern]
    patterns += [m.pattern for m in marks if getattr(m, "pattern", None) and not isinstance(m, StringConstraints)]
    patterns += [
        x.pattern for m in marks if isinstance(m, FieldInfo) for x in m.metadata if getattr(x, "pattern", None)
    ]
    if not patterns:
        return TEXTS
    pattern = str(patterns[0])
    if pattern.startswith("^[A-Z0-9]["):
        return CODES
    return MONTHS if "19|20|21" in pattern else st.from_regex(pattern.replace("$", r"\Z"))


@st.composite
def bodies(draw: st.DrawFn, model: type[BaseModel], depth: int = 0) -> dict[str, Any]:
    """The fields of a model: all that are required, some of the others."""
    body = {}
    for name, info in model.model_fields.items():
        if info.is_required() or draw(st.integers(0, 3)) == 0:
            body[info.alias or name] = draw(values(info.annotation, tuple(info.metadata), depth))
    return body


@st.composite
def entries(draw: st.DrawFn, model: type[Entry]) -> Entry | None:
    """An entry of one kind; None where the fields drawn contradict each other."""
    try:
        return model.model_validate(draw(bodies(model)))
    except ValidationError:
        return None


@st.composite
def tables(draw: st.DrawFn) -> tuple[MeasurementTable, AreaMonths]:
    """Measurements and counts of violence, some of them with strange texts and long decimals."""
    texts = st.sampled_from(["", "plain", "a, b", 'a "quoted" word', "two\nlines", "é; è", "_x0041_", "007"])
    measured = draw(
        st.lists(
            st.fixed_dictionaries(
                {"indicator": CODES, "version": st.integers(1, 9), "date": DAYS, "area": st.sampled_from(["", "A1", "007"]),
                 "group": st.sampled_from(["total", "sex=female"]), "value": NUMBERS, "low": st.none(), "high": st.none(),
                 "unit": texts, "source": st.sampled_from(["", "A1"]), "method": texts,
                 "verification": st.just("self_reported"), "confidence": st.just("low"), "replaces": st.just(""), "note": texts}
            ),
            max_size=4,
        )
    )  # fmt: skip
    counted = draw(
        st.lists(
            st.fixed_dictionaries(
                {"area": CODES, "month": MONTHS, "type_of_violence": st.integers(1, 3), "events": st.integers(0, 9),
                 "low": st.integers(0, 3), "best": st.just(3), "high": st.integers(3, 10**12), "source": CODES}
            ),
            max_size=4,
        )
    )  # fmt: skip
    frames = [
        pl.DataFrame(rows, schema={c.name: c.dtype for c in table.COLUMNS}, orient="row")
        for rows, table in ((measured, MeasurementTable), (counted, AreaMonths))
    ]
    return MeasurementTable.of(frames[0]), AreaMonths.of(frames[1])


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """A mission with a few entries of a few kinds; references need not lead anywhere, texts need not be wise."""
    mission = draw(entries(Mission).filter(lambda entry: entry is not None))
    kinds = draw(st.lists(st.sampled_from([k for k in KINDS if k != "mission"]), max_size=4, unique=True))
    found = {k: [e for e in draw(st.lists(entries(KINDS[k]), max_size=2)) if e is not None] for k in kinds}
    measurements, area_months = draw(tables())
    ring = draw(
        st.sampled_from(
            [
                [[0, 0], [1.25, 0], [1.25, 1.1], [0, 0]],
                [[-0.1, 89.99999999999999], [0.3, 2], [1, 1], [-0.1, 89.99999999999999]],
            ]
        )
    )
    boundaries = draw(st.dictionaries(CODES, st.just({"type": "Polygon", "coordinates": [ring]}), max_size=2))
    note = draw(
        st.dictionaries(
            st.sampled_from(["metadata", "name", "crs"]),
            st.sampled_from(["", "a", None, {"a": [1]}, [], {}, 3]),
            max_size=2,
        )
    )
    return Dossier(
        mission=mission,
        entries={k: tuple(found[k]) for k in KINDS if found.get(k)},
        measurements=measurements,
        area_months=area_months,
        boundaries=boundaries,
        boundary_note=note,
    )
