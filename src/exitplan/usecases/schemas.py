"""`exitplan schema`: JSON Schemas of everything that goes in or comes out."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from exitplan.domain.errors import NotFound
from exitplan.domain.kinds import KINDS
from exitplan.domain.results.after import AfterResult
from exitplan.domain.results.after_action import AfterActionResult
from exitplan.domain.results.areas import AreasBacktest
from exitplan.domain.results.backtests import ExitsBacktest, SitesBacktest
from exitplan.domain.results.base import Answer
from exitplan.domain.results.capacity import CapacityResult
from exitplan.domain.results.cases import CaseShown, CasesResult, CaseVerification, SimilarResult
from exitplan.domain.results.check import CheckResult
from exitplan.domain.results.communications import CommunicationsResult
from exitplan.domain.results.country import CountryBacktestResult
from exitplan.domain.results.explain import ExplainResult
from exitplan.domain.results.frameworks import FrameworksResult
from exitplan.domain.results.hindsight import HindsightResult
from exitplan.domain.results.imports import ImportReport
from exitplan.domain.results.lessons import LessonsResult
from exitplan.domain.results.partners import PartnersResult
from exitplan.domain.results.quality import QualityResult
from exitplan.domain.results.readiness import StatusResult
from exitplan.domain.results.risk import RisksResult
from exitplan.domain.results.schedule import ScheduleResult
from exitplan.domain.results.site_risk import SiteRiskResult
from exitplan.domain.results.stability import FuturesResult
from exitplan.domain.results.takeover import TakeoverResult
from exitplan.domain.results.watch import RatesResult, TriggersResult, WatchResult
from exitplan.domain.tables import AreaMonths, Column, EventTable, MeasurementTable, Table
from exitplan.usecases.answers import schema_name

RESULTS: dict[str, type[BaseModel]] = {
    "after": AfterResult,
    "after-action": AfterActionResult,
    "backtest-areas": AreasBacktest,
    "backtest-country": CountryBacktestResult,
    "backtest-exits": ExitsBacktest,
    "backtest-sites": SitesBacktest,
    "backtest-watch": RatesResult,
    "capacity": CapacityResult,
    "case": CaseShown,
    "cases": CasesResult,
    "cases-similar": SimilarResult,
    "cases-verify": CaseVerification,
    "check": CheckResult,
    "communications": CommunicationsResult,
    "explain": ExplainResult,
    "frameworks": FrameworksResult,
    "futures": FuturesResult,
    "hindsight": HindsightResult,
    "import": ImportReport,
    "lessons": LessonsResult,
    "lint": QualityResult,
    "partners": PartnersResult,
    "risks": RisksResult,
    "schedule": ScheduleResult,
    "site-risk": SiteRiskResult,
    "status": StatusResult,
    "takeover": TakeoverResult,
    "triggers": TriggersResult,
    "watch": WatchResult,
}
"""What each command prints as `result`."""

RESULT = "-result"
"""Ending of the name of a result's schema, where a kind of entry has the plain name."""

TABLES: dict[str, type[Table]] = {
    "area_months": AreaMonths,
    "events": EventTable,
    "measurements": MeasurementTable,
}

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_names() -> dict[str, tuple[str, ...]]:
    """Names that `schema` knows, by group: entries, tables, results, and the answer around every result."""
    return {
        "entries": tuple(KINDS),
        "tables": tuple(TABLES),
        "results": tuple(sorted((*(name + RESULT if name in KINDS else name for name in RESULTS), "brief"))),
        "answers": ("answer",),
    }


def schema(name: str) -> dict[str, Any]:
    """
    The JSON Schema of an entry kind, a table's rows, a command's result, or the answer around every result.

    Raises
    ------
    NotFound
        Naming everything there is.
    """
    if name in KINDS:
        body = KINDS[name].model_json_schema(by_alias=True)
    elif (command := name.removesuffix(RESULT)) in RESULTS:
        body = {"$id": schema_name(command), **RESULTS[command].model_json_schema(by_alias=True, mode="serialization")}
    elif command == "brief":
        body = {"$id": schema_name(command), **_brief()}
    elif name == "answer":
        body = Answer.model_json_schema(by_alias=True, mode="serialization")
    elif name in TABLES:
        body = {"title": name, "type": "array", "items": _row(TABLES[name].COLUMNS)}
    else:
        raise NotFound("schema", name, tuple(known for names in schema_names().values() for known in names))
    return {"$schema": DIALECT, **body}


def _brief() -> dict[str, Any]:
    """The page model as `brief.json` holds it: without pictures and without the renderers' own words."""
    from exitplan.reports import Brief  # here, because drawing libraries come with it

    body = Brief.model_json_schema(by_alias=True, mode="serialization")
    body["required"].remove("labels")
    body["$defs"]["Figure"]["required"].remove("svg")
    return body


def _row(columns: tuple[Column, ...]) -> dict[str, Any]:
    """One row of a table as an object, columns as they stand in its CSV."""
    return {
        "type": "object",
        "properties": {c.name: {**_type(c), "description": c.wanted} for c in columns},
        "required": [c.name for c in columns if c.required and c.default is None],
    }


def _type(column: Column) -> dict[str, Any]:
    if column.dtype.is_integer():
        return {"type": "integer"}
    if column.dtype.is_numeric():
        return {"type": "number"}
    return {"type": "string", "format": "date"} if str(column.dtype) == "Date" else {"type": "string"}
