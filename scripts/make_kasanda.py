"""Makes the invented mission `kasanda` that comes along with Exitplan.

Run `python -m scripts.make_kasanda` in the folder of the repository. It writes
`src/exitplan/library/missions/kasanda/`; with the same seed it writes the same bytes on every run.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from exitplan.domain.kinds import KINDS
from scripts.kasanda import (
    abroad,
    country,
    gates,
    norms,
    parties,
    planning,
    presence,
    receiving,
    record,
    risks,
    signals,
    violence,
    work,
)
from scripts.kasanda.common import Fields

FOLDER = Path(__file__).resolve().parents[1] / "src" / "exitplan" / "library" / "missions" / "kasanda"

HEADER = "# Kasanda is an invented country. Made by scripts/make_kasanda.py; change it there.\n"

MAKERS: dict[str, Callable[[], list[Fields]]] = {
    "mandate": planning.mandates,
    "objective": planning.objectives,
    "area": country.areas,
    "site": presence.sites,
    "unit": presence.units,
    "asset_lot": presence.asset_lots,
    "function": receiving.functions,
    "institution": receiving.institutions,
    "need": receiving.needs,
    "consultation": receiving.consultations,
    "indicator": lambda: [*receiving.indicators(), *abroad.indicators()],
    "benchmark": gates.benchmarks,
    "criterion": gates.criteria,
    "assessment": gates.assessments,
    "gate": gates.gates,
    "phase": planning.phases,
    "milestone": planning.milestones,
    "activity": planning.activities,
    "handover": work.handovers,
    "plan": planning.plans,
    "resource": planning.resources,
    "ceiling": planning.ceilings,
    "budget": planning.budgets,
    "blackout": planning.blackouts,
    "scenario": planning.scenarios,
    "risk": risks.risks,
    "control": risks.controls,
    "treatment": risks.treatments,
    "contingency": risks.contingencies,
    "partner": parties.partners,
    "commitment": receiving.commitments,
    "agreement": parties.agreements,
    "engagement": parties.engagements,
    "request": parties.requests,
    "signal": signals.signals,
    "programme": parties.programmes,
    "communication": parties.communications,
    "decision": record.decisions,
    "watch": record.watches,
    "lesson": record.lessons,
    "source": record.sources,
    "framework": norms.frameworks,
    "norm": norms.norms,
    "framework_check": norms.framework_checks,
    "due_diligence": norms.due_diligence,
}


class _Block(yaml.SafeDumper):
    """Writes without anchors, so that a reader can change one entry and no other."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _plain(value: Any) -> Any:
    """The value with lists for tuples, which YAML does not know."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list | tuple) else value


def _checked(kind: str, fields: Fields) -> Fields:
    """An entry as it is written: checked by its kind, in the kind's order, without what is left at its default."""
    entry = KINDS[kind].model_validate(fields)
    whole: Fields = _plain(entry.model_dump(by_alias=True, exclude_defaults=True))
    return whole


def _text(content: Any) -> str:
    return HEADER + yaml.dump(
        content, Dumper=_Block, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False
    )


def build() -> dict[str, bytes]:
    """Every file of the dossier by its name."""
    files = {"mission.yaml": _text({"format": 1, "mission": _checked("mission", receiving.mission())})}
    for kind, make in MAKERS.items():
        files[f"{KINDS[kind].plural}.yaml"] = _text([_checked(kind, fields) for fields in make()])
    files["measurements.csv"] = receiving.measurements() + "\n".join(abroad.rows()) + "\n"
    files["area_months.csv"] = violence.area_months()
    files["areas.geojson"] = country.boundaries()
    return {name: text.encode() for name, text in files.items()}


def main() -> None:
    """Write the folder."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in build().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
