"""
Makes `library/priors/site_risk.yaml`: chances of violence near closed sites, fitted on the public data beside the repository.

    python -m scripts.fit_site_risk [--data ../shared/data] [--to src/exitplan/library/priors]
    python -m scripts.fit_site_risk --choose      compare the candidates, each mission left out inside each mission left out

The settings below were frozen on the day that is the version, before the final scoring. No event leaves the data: what is
written are coefficients with their widths. The same data give the same bytes. Method page: docs/methods/site-risk.md.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import polars as pl

from exitplan.domain.months import month_text
from exitplan.domain.risk_model import RiskModel
from exitplan.engine.binary.shipped import shipped
from exitplan.engine.binary.verification import auc, scored
from exitplan.engine.sites.around import around
from exitplan.engine.sites.backtest import groups_of, refitted
from exitplan.engine.sites.choice import RIDGE, SETS, choose
from exitplan.engine.sites.model import OUTCOMES
from exitplan.engine.sites.training import lessons
from exitplan.engine.streams import stream
from exitplan.importers.event_points import read_event_points
from exitplan.importers.risk_models import SITE_RISK
from exitplan.importers.site_episodes import read_site_episodes
from exitplan.usecases.open_mission import today
from exitplan.usecases.site_backtest import EPISODES, EVENTS, closures_of, places_of, points_of
from scripts.risk_file import fit_or_compare

VERSION = "2026-11-29"
VARIABLES, BALANCE = "both", 1.0
SOURCE = (
    "Fitted on UCDP Georeferenced Event Dataset 21.1, events located to 25 km or better, 1989-2020 (Sundberg and Melander "
    "2013, Journal of Peace Research 50(4); Pettersson et al. 2021, Journal of Peace Research 58(4); CC BY 4.0), around the "
    "sites of Geo-PKO 2.1 (Cil, Fjelde, Hultman and Nilsson 2020, Journal of Peace Research 57(2)), each January 1991-2019"
)
CHOSEN = (
    "Variables and balance: the best of 12 candidates on 829 closures, each mission forecast without its countries; with the "
    "choice made inside each mission left out, see docs/methods/site-risk.md. The ridge was set beforehand."
)


def model(data: Path) -> RiskModel:
    """The parameters as they ship."""
    rows = read_site_episodes(data / EPISODES)
    places = places_of(rows)
    near = around(places.latitude, places.longitude, points_of(_events(data)))
    settings = RiskModel.model_construct(variables=SETS[VARIABLES], ridge=RIDGE, balance=BALANCE)
    return RiskModel(
        version=VERSION,
        mark="measured",
        source=SOURCE,
        chosen=CHOSEN,
        learned_from=month_text(near.first),
        learned_to=month_text(near.first + near.months - 1),
        variables=SETS[VARIABLES],
        ridge=RIDGE,
        balance=BALANCE,
        outcomes=tuple(
            shipped(
                refitted(places, near, settings, outcome),
                outcome.code,
                len(lessons(len(places.latitude), near, outcome.months).place),
            )
            for outcome in OUTCOMES
        ),
    )


def _events(data: Path) -> pl.DataFrame:
    return read_event_points((data / name for name in EVENTS), today=today())


def compare(data: Path) -> None:
    """Print the score of each candidate, and the nested score that no choice has touched."""
    rows = read_site_episodes(data / EPISODES)
    places = places_of(rows)
    near = around(places.latitude, places.longitude, points_of(_events(data)))
    closures = closures_of(rows, near)
    chosen = choose(places, near, closures)
    for candidate, score in sorted(chosen.scores.items(), key=lambda item: item[1]):
        print(f"{score:.4f}  {candidate.name}, balance {candidate.balance}")
    (nested,) = scored(
        {"nested": chosen.probability},
        closures.happened,
        groups_of(closures.mission),
        lambda: stream(1, "sites", "bootstrap"),
    )
    print(f"nested: Brier {nested.brier.value:.4f} [{nested.brier.low:.4f}, {nested.brier.high:.4f}]", end="")
    print(f", AUC {auc(chosen.probability, closures.happened):.3f}; chosen:")
    for candidate, times in Counter(chosen.by_mission.values()).most_common():
        print(f"  {candidate.name}, balance {candidate.balance}: {times} missions")


HEAD = """\
# Chances of violence near closed sites. Made by scripts/fit_site_risk.py; variables as in docs/methods/site-risk.md.
# mark: measured (fitted by us on real events). sd: standard errors from a sandwich over countries.
"""

if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    fit_or_compare(__doc__, {SITE_RISK.name: model}, HEAD, choose=compare)
