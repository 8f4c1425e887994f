"""
What the track record says about area-months is what the command found when it was last run, with settings and data in use.

The command is not run again here, which takes a quarter of an hour: a change of the engine that alters scores asks whoever makes
it for `python -m scripts.area_record`.
"""

from __future__ import annotations

import hashlib
import json

from exitplan.importers.priors import WEAK, read_priors
from exitplan.importers.protocols import AREAS, read_area_protocol
from exitplan.usecases.area_backtest import FILES
from scripts.area_record import BEGIN, END, KEPT, PAGE, kept, tables


def test_every_figure_on_area_months_is_of_the_kept_result():
    """The tables between the marks are made of the result that is kept; a figure changed by hand is seen."""
    told = PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0]
    assert told == tables(kept())
    assert len(told.splitlines()) > 60


def test_the_result_is_of_the_settings_in_use(shared_data):
    """Data, weak priors and protocol have the digest that the run wrote down: a change of any of them asks for a new run."""
    digest = hashlib.sha256()
    for path in (*(shared_data / name for name in FILES), WEAK, AREAS):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    manifest = json.loads(KEPT.read_text("utf-8"))["manifest"]
    assert manifest["inputs"] == digest.hexdigest()
    assert manifest["options"]["settings"] == read_area_protocol().frozen


def test_the_shipped_weights_are_those_of_the_record():
    """To three digits."""
    assert [round(s.weight, 3) for s in kept().pool] == list(read_priors().pool.weights)


def test_the_claims_of_the_headline_hold():
    """Ignorance 8 % and the logarithm's CRPS 3 % below the best single benchmark, CRPS not above; three quarters won; cover."""
    found = kept()
    by = {(s.against, s.score): s for s in found.skills}
    ignorance, log_crps, crps = (by[found.best[name], name] for name in ("ignorance", "log_crps", "crps"))
    assert ignorance.skill.value >= 0.08
    assert ignorance.won >= 9
    assert log_crps.skill.value >= 0.03
    assert crps.skill.value >= 0.0
    assert 0.76 <= found.covered_80 <= 0.84
