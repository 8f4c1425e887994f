"""Every cross-check of a dossier: small named functions, each yielding findings, none stopping at the first fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exitplan.domain.checks.conditions import (
    check_bars,
    check_gates_can_open,
    check_targets,
    check_tree_depth,
)
from exitplan.domain.checks.lessons import check_lessons, check_rumours
from exitplan.domain.checks.links import check_circles, check_codes, check_references
from exitplan.domain.checks.measures import (
    check_area_months,
    check_duplicate_measurements,
    check_measurements,
    check_versions,
)
from exitplan.domain.checks.norms import check_norms
from exitplan.domain.checks.partners import check_backing, check_roles
from exitplan.domain.checks.places import check_closure_steps, check_site_places
from exitplan.domain.checks.plans import (
    check_ceilings,
    check_loads,
    check_plan_steps,
    check_risk_matrix,
)
from exitplan.domain.checks.texts import check_formulas, check_sources
from exitplan.domain.checks.times import check_states_and_dates, check_vantage
from exitplan.domain.dossier import Dossier
from exitplan.domain.findings import Finding

CHECKS: tuple[Callable[[Dossier], Iterator[Finding]], ...] = (
    check_codes,
    check_references,
    check_circles,
    check_sources,
    check_formulas,
    check_vantage,
    check_states_and_dates,
    check_versions,
    check_measurements,
    check_duplicate_measurements,
    check_area_months,
    check_tree_depth,
    check_bars,
    check_targets,
    check_gates_can_open,
    check_site_places,
    check_closure_steps,
    check_plan_steps,
    check_loads,
    check_ceilings,
    check_risk_matrix,
    check_roles,
    check_backing,
    check_lessons,
    check_rumours,
    check_norms,
)

__all__ = ["CHECKS"]
