"""The shipped priors are whole and sourced; broken files are refused with every fault."""

from __future__ import annotations

import pytest

from exitplan.domain.errors import InputFaults, NotFound, Unreadable
from exitplan.engine.stability.beliefs import COMMON
from exitplan.engine.stability.futures import EFFECTS
from exitplan.importers.priors import read_priors

GOOD = "{symbol: b0, meaning: m, unit: logit, mean: 0, sd: 1, mark: assumption, source: s}"


def test_every_parameter_of_the_model_has_a_sourced_prior():
    """No symbol is missing, none is unused, each says where it comes from."""
    priors = read_priors()
    assert {p.symbol for p in priors.priors} == {*COMMON, "alpha", *EFFECTS, "kappa"}
    assert all(len(p.source) > 20 for p in priors.priors)


def test_causal_credibility_is_beta_three_three():
    """Mean one half, variance 1/28."""
    kappa = read_priors().of("kappa")
    assert kappa.mean == 0.5
    assert kappa.sd**2 == pytest.approx(1 / 28)


def test_an_unknown_symbol_names_the_known_ones():
    """So that a misspelling is seen at once."""
    with pytest.raises(NotFound, match="th_co"):
        read_priors().of("theta")


@pytest.mark.parametrize(
    "text",
    [
        "priors: []\nversion: x",  # none
        f"version: x\npriors: [{GOOD}, {GOOD}]",  # doubled
        f"version: x\npriors: [{GOOD.replace('sd: 1', 'sd: 0')}]",  # no width
        f"version: x\npriors: [{GOOD.replace('mean: 0', 'mean: .nan')}]",  # not a number
        f"version: x\npriors: [{GOOD.replace('mark: assumption', 'mark: guess')}]",  # unknown mark
        f"version: x\npriors: [{GOOD.replace(', source: s', '')}]",  # no source
        f"version: x\npriors: [{GOOD.replace('mean: 0', 'mean: 2, distribution: beta')}]",  # no such beta
        "just text",  # not a mapping
        "",  # nothing
        f"version: x\nversion: y\npriors: [{GOOD}]",  # a key twice
    ],
)
def test_priors_that_make_no_sense_are_refused(tmp_path, text):
    """Every row of the table is a way to be wrong."""
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputFaults):
        read_priors(path)


def test_every_fault_is_told_at_once(tmp_path):
    """Two wrong priors, two findings or more, each naming its place."""
    path = tmp_path / "p.yaml"
    bad = GOOD.replace("sd: 1", "sd: -1")
    path.write_text(f"version: x\npriors: [{bad}, {bad.replace('b0', 'b1').replace('mark: assumption', 'mark: q')}]")
    with pytest.raises(InputFaults) as caught:
        read_priors(path)
    assert {"priors[0].sd", "priors[1].sd", "priors[1].mark"} <= {f.field for f in caught.value.findings}


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: [", b"a: &x [1]\nb: *x", b"a" * 2_000_000, None])
def test_a_file_that_is_not_yaml_is_unreadable(tmp_path, content):
    """Wrong encoding, broken syntax, an alias, two megabytes, no file."""
    path = tmp_path / "p.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unreadable):
        read_priors(path)
