"""Write what `exitplan backtest areas --json` found into the track record.

Usage: python -m scripts.area_record [RESULT.json]. The result is kept as docs/methods/records/areas.json, the tables of the
page are made from it; without a file, from the one that is kept.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from exitplan.domain.results.areas import AreaMission, AreasBacktest
from exitplan.reports.content.area_scores import OURS

METHODS = Path(__file__).resolve().parents[1] / "docs" / "methods"
KEPT = METHODS / "records" / "areas.json"
PAGE = METHODS / "track-record.md"
BEGIN, END = "<!-- areas -->\n", "<!-- end of areas -->"
COMPARED = ("ignorance: pool", "best there", "ln-CRPS: pool", "best there", "CRPS: pool", "best there")
SHOWN = ("ignorance", "log_crps", "crps", "brier_any", "brier_large", "log_loss_large")


def kept() -> AreasBacktest:
    """The result that is kept."""
    return AreasBacktest.model_validate(json.loads(KEPT.read_text("utf-8"))["result"])


def tables(found: AreasBacktest) -> str:
    """The tables of the page, as Markdown."""
    named = [m for m in found.missions if m.headline]
    parts = [
        _table(
            ("against", *SHOWN),
            [
                (f"`{code}`", *(_skill(found, code, score) for score in SHOWN))
                for code in dict.fromkeys(s.against for s in found.skills)
            ],
        ),
        _table(
            ("best single benchmark over all twelve", *found.best),
            [("chosen once", *(f"`{code}`" for code in found.best.values()))],
        ),
        _table(
            ("host", "area-months", "with a death", *COMPARED, "80 % holds", "90 % holds"),
            [_mission(m) for m in sorted(named, key=lambda m: m.mission)],
        ),
        _table(
            ("months ahead", "80 % holds", "90 % holds"),
            [(h.months, f"{h.covered_80:.3f}", f"{h.covered_90:.3f}") for h in found.horizons],
        ),
        _table(
            ("forecast of any death", "area-months", "mean forecast", "happened"),
            [
                (f"{b.low:.2f} to {b.high:.2f}", str(b.cases), f"{b.forecast:.3f}", f"{b.observed:.3f}")
                for b in found.any_death
            ],
        ),
        _table(
            ("forecast of 25 deaths in 12 months", "areas at origins", "mean forecast", "happened"),
            [
                (f"{b.low:.2f} to {b.high:.2f}", str(b.cases), f"{b.forecast:.3f}", f"{b.observed:.3f}")
                for b in found.large
            ],
        ),
        _table(
            ("weights", *(f"`{s.part}`" for s in found.pool)),
            [
                ("all, over all origins (shipped)", *(f"{s.weight:.3f}" for s in found.pool)),
                *((f"group {i + 1}, last", *(f"{s.weight:.3f}" for s in some)) for i, some in enumerate(found.served)),
            ],
        ),
        _table(
            ("failure: host", "score", "benchmark", "pool", "benchmark's"),
            [(f.mission, f.score, f"`{f.benchmark}`", f"{f.ours:.3f}", f"{f.theirs:.3f}") for f in found.failures],
        ),
        _table(
            ("beside the headline: host", "with a death", *COMPARED),
            [
                (m.mission, str(m.violent), *_mission(m)[3:9])
                for m in sorted((m for m in found.missions if not m.headline), key=lambda m: m.mission)
            ],
        ),
    ]
    return "\n".join(parts)


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _skill(found: AreasBacktest, code: str, score: str) -> str:
    s = next(s for s in found.skills if (s.against, s.score) == (code, score))
    if s.skill is None:
        return "–"
    star = "**" if found.best.get(score) == code else ""
    figures = f"{100 * s.skill.value:+.1f} % ({100 * s.skill.low:.1f} to {100 * s.skill.high:.1f})"
    return f"{star}{figures}, {s.won}{star}"


def _mission(m: AreaMission) -> tuple[str, ...]:
    ours = m.scores[0]
    cells = []
    for name in ("ignorance", "log_crps", "crps"):
        other = min((s for s in m.scores if s.forecaster not in OURS), key=lambda s: float(getattr(s, name)))
        cells += [f"{getattr(ours, name):.3f}", f"{getattr(other, name):.3f} `{other.forecaster}`"]
    return (m.mission, str(m.cases), str(m.violent), *cells, f"{ours.covered_80:.3f}", f"{ours.covered_90:.3f}")


def main(result: Path | None) -> None:
    """Keep a result, and write the page."""
    if result is not None:
        answer = json.loads(result.read_text("utf-8"))
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(answer, indent=1, sort_keys=True) + "\n", "utf-8")
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(before + BEGIN + tables(kept()) + END + after, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
