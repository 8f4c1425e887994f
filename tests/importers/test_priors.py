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
        f"version: x\npriors: [{GOOD}]\ncorrelations: [{{first: b0, second: b9, value: 0.5}}]",  # of what is not there
        f"version: x\npriors: [{GOOD}, {GOOD.replace('b0', 'b1')}]\ncorrelations: [{{first: b0, second: b1, value: 1.5}}]",
        f"version: x\npriors: [{GOOD}, {GOOD.replace('b0', 'b1')}]\ncorrelations: "
        "[{first: b0, second: b1, value: 0.5}, {first: b1, second: b0, value: 0.5}]",  # a pair twice
        f"version: x\npriors: [{GOOD}, {GOOD.replace('b0', 'b1')}, {GOOD.replace('b0', 'b2')}]\ncorrelations: "
        "[{first: b0, second: b1, value: 0.9}, {first: b1, second: b2, value: 0.9}, "
        "{first: b0, second: b2, value: -0.9}]",  # that cannot hold at once
        f"version: x\npriors: [{GOOD}]\npool: {{model: 0.5, own_36: 0.4, own_12: 0, all_areas_12: 0, mark: measured, source: s}}",
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
