"""Advice on benchmarks: what is badly made is told, what is well made is left alone, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from exitplan.engine.readiness.quality import quality
from exitplan.importers.norms import quality_words
from exitplan.usecases.open_mission import day_of, open_mission
from tests.domain.samples import ON, added, changed, measured, sound, with_measurements

WORDS = quality_words()


def made(dossier, on=ON):
    """Pairs of advice and entry."""
    return {(a.advice, a.about) for a in quality(dossier, on, WORDS).advice}


def well_made():
    """The sample with a benchmark that draws no advice."""
    dossier = changed(sound(), "benchmarks", "B1", owner="Police Component", due="2020-12-31")
    return changed(dossier, "criteria", "C1", owner="Police Component")


def test_a_well_made_benchmark_draws_no_advice():
    """A state, an owner, a date, a bar, a baseline, a method: nothing to say."""
    assert made(well_made()) == set()


GOOD = (
    ("statement", "Police keep public order in all fifteen counties without the mission."),
    ("statement", "Courts sit as planned, and fewer than half of those in prison await trial."),
    ("statement", "The national budget pays for police outside the capital."),
    ("statement", "Nine districts in ten have a police post that is open day and night."),
    ("statement", "Everybody who laid down arms has an income a year later."),
    ("statement_fr", "La police maintient l'ordre public dans les quinze comtés sans la mission."),
    ("statement_fr", "Les tribunaux siègent comme prévu et moins de la moitié des détenus attendent leur jugement."),
    ("statement_fr", "Le budget national finance la police hors de la capitale."),
    ("statement_fr", "Chaque engin signalé est neutralisé par une équipe nationale."),
)

BAD = (
    ("statement", "The police is strengthened.", "vague-word", "strengthened"),
    ("statement", "Access to justice improves.", "vague-word", "improves"),
    ("statement", "Adequate security in the counties.", "vague-word", "Adequate"),
    ("statement", "Significant headway on land.", "vague-word", "Significant"),
    ("statement", "Borders are patrolled as soon as possible.", "vague-word", "as soon as possible"),
    ("statement", "Women's participation is promoted.", "vague-word", "promoted"),
    ("statement", "Eight workshops on human rights.", "output-as-outcome", "workshops"),
    ("statement", "Two hundred officers have been trained.", "output-as-outcome", "have been trained"),
    ("statement", "Equipment delivered to twelve posts.", "output-as-outcome", "Equipment delivered"),
    ("statement_fr", "La police est renforcée.", "vague-word", "renforcée"),
    ("statement_fr", "L'accès à la justice s'améliore.", "vague-word", "améliore"),
    ("statement_fr", "Des effectifs suffisants dans les comtés.", "vague-word", "suffisants"),
    ("statement_fr", "Des progrès sur les terres.", "vague-word", "progrès"),
    ("statement_fr", "Les postes rouvrent dès que possible.", "vague-word", "dès que possible"),
    ("statement_fr", "Huit ateliers sur les droits humains.", "output-as-outcome", "ateliers"),
    ("statement_fr", "Deux cents agents ont été formés.", "output-as-outcome", "ont été formés"),
)


@pytest.mark.parametrize(("field", "text"), GOOD, ids=[t[:30] for _, t in GOOD])
def test_a_plain_state_is_left_alone(field, text):
    """Words that say when the state is reached draw nothing."""
    dossier = changed(well_made(), "benchmarks", "B1", **{"statement": "Police carry public order.", field: text})

    assert made(dossier) == set()


@pytest.mark.parametrize(("field", "text", "code", "word"), BAD, ids=[t[:30] for _, t, _, _ in BAD])
def test_a_vague_word_or_a_piece_of_work_is_named(field, text, code, word):
    """The word is named as it stands, in the field in which it stands."""
    dossier = changed(well_made(), "benchmarks", "B1", **{"statement": "Police carry public order.", field: text})
    (advice,) = quality(dossier, ON, WORDS).advice

    assert (advice.advice, advice.field, advice.word) == (code, field, word)


def test_a_word_inside_another_is_no_vague_word():
    """A word is found where it begins: letters in the middle of another do not count."""
    dossier = changed(well_made(), "benchmarks", "B1", statement="The embetterment board sits in each county.")

    assert made(dossier) == set()


@pytest.mark.parametrize(
    ("spoil", "wanted"),
    [
        (lambda d: changed(d, "benchmarks", "B1", owner=""), ("no-owner", "benchmark:B1")),
        (lambda d: added(d, "benchmarks", code="B2", statement="x", owner="O", due="2020-12-31"), ("no-target", "benchmark:B2")),
        (lambda d: changed(d, "benchmarks", "B1", due=None), ("no-date", "benchmark:B1")),
        (lambda d: changed(d, "benchmarks", "B1", external=False), ("own-output", "benchmark:B1")),
        (
            lambda d: added(d, "criteria", code="C3", benchmark="B1", condition={"indicator": "I2", "max": 5}),
            ("no-baseline", "criterion:C3"),
        ),
        (
            lambda d: added(d, "criteria", code="C3", benchmark="B1", baseline=9, condition={"indicator": "I2", "max": 5}),
            ("no-data-source", "indicator:I2"),
        ),
        (
            lambda d: changed(d, "criteria", "C1", condition={"all": [{"indicator": "I1", "min": 60}, {"events": "deaths", "max": 3}]}),
            ("compound", "criterion:C1"),
        ),
        (
            lambda d: changed(d, "indicators", "I1", versions=[{"version": 1, "start": "2020-05-01", "definition": "x"}], every_months=12, fresh_months=12),
            ("not-measurable-by-date", "criterion:C1"),
        ),
        (
            lambda d: changed(d, "indicators", "I1", versions=[{"version": 1, "start": "2010-01-01", "end": "2020-07-31", "definition": "x"}]),
            ("not-measurable-by-date", "criterion:C1"),
        ),
        (
            lambda d: changed(d, "indicators", "I1", every_months=12, fresh_months=6),
            ("rhythm-slower-than-freshness", "indicator:I1"),
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(spoil, wanted):
    """Each rule speaks of the entry it is about."""
    assert wanted in made(spoil(well_made()))


@pytest.mark.parametrize(
    "spoil",
    [
        # the same indicator for women and for all is one measure, broken down
        lambda d: changed(d, "criteria", "C1", condition={"all": [{"indicator": "I1", "min": 60}, {"indicator": "I1", "min": 55, "group": "sex=female"}]}),
        # a criterion that gathers others does not measure anew
        lambda d: added(d, "criteria", code="C3", benchmark="B1", condition={"all": [{"criterion": "C1"}, {"criterion": "C2"}]}),
        # a baseline stands in for a first measurement
        lambda d: with_measurements(changed(changed(d, "criteria", "C1", baseline=30), "indicators", "I1", method="Payroll"), measured([1.0], indicator="I2")),
        # the date of a criterion is a date
        lambda d: changed(changed(d, "benchmarks", "B1", due=None), "criteria", "C1", due="2020-12-31"),
        # the benchmark's owner answers for its criteria
        lambda d: changed(d, "criteria", "C1", owner=""),
        # a date that has passed asks for nothing still to come
        lambda d: changed(d, "benchmarks", "B1", due="2019-12-31"),
    ],
)  # fmt: skip
def test_what_is_well_made_in_another_way_is_left_alone(spoil):
    """No false alarm."""
    assert made(spoil(well_made())) == set()


def test_too_many_indicators_are_counted_against_a_named_number():
    """One above the number is too many; the number itself is not."""
    dossier = well_made()
    for at in range(WORDS.indicators_a_benchmark):
        dossier = added(
            dossier, "indicators", code=f"J{at}", unit="%", better="higher", method="Return",
            versions=[{"version": 1, "start": "2010-01-01", "definition": "x"}],
        )  # fmt: skip
        if at < WORDS.indicators_a_benchmark - 1:
            dossier = _one_more(dossier, at)
    assert made(dossier) == set()
    found = made(_one_more(dossier, WORDS.indicators_a_benchmark - 1))

    assert found == {("too-many-indicators", "benchmark:B1")}


def _one_more(dossier, at):
    return added(
        dossier, "criteria", code=f"D{at}", benchmark="B1", baseline=1, condition={"indicator": f"J{at}", "min": 1}
    )


TRULY_SO = {
    "kasanda": {("output-as-outcome", "benchmark:B9"), ("own-output", "benchmark:B12")},
    "liberia-2015": {("own-output", "benchmark:B-DRAWDOWN")},
    "sierra-leone-2002": {("own-output", "benchmark:B-POLICE-UP")},
}


@pytest.mark.parametrize(("name", "wanted"), list(TRULY_SO.items()))
def test_no_false_alarm_on_a_bundled_mission(name, wanted):
    """What is said of their words is so; what else is said is that something is missing, and it is missing."""
    dossier = open_mission(name)
    found = quality(dossier, day_of(dossier, None), WORDS).advice
    missing = {"no-baseline", "no-data-source", "no-date"}

    assert {(a.advice, a.about) for a in found if a.advice not in missing} == wanted
    measures = set(dossier.measurements.frame["indicator"].to_list())
    for advice in found:
        if advice.advice == "no-data-source":
            assert advice.code not in measures
        if advice.advice == "no-baseline":
            assert getattr(dossier.named("criterion", advice.code), "baseline", None) is None


def test_advice_never_blocks():
    """It is no finding: a mission full of it passes its check."""
    dossier = open_mission("liberia-2015")

    assert quality(dossier, date(2015, 9, 30), WORDS).advice
    assert dossier.findings == ()
