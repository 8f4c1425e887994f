"""Every chart: what it draws from which values, in grey as in colour."""

from __future__ import annotations

import itertools
import re

import pytest

from exitplan.domain.kinds import RiskMatrix
from exitplan.domain.states import HANDOVER_STEPS
from exitplan.reports import charts
from exitplan.reports.charts import drawing
from exitplan.reports.charts.areas import size_class
from exitplan.reports.charts.clocks import clocks_strip, gap_words
from exitplan.reports.charts.gates import criteria_of
from exitplan.reports.charts.sequence import STAGE_TONES, STAGES, stage_of
from exitplan.wording import Wording
from tests.reports.sample import MONTHS, ON, clocks, futures, gate, risks, schedule, status

EN = Wording("en")


def lightness(tone: str) -> float:
    """How light a colour looks, 0 to 1 (relative luminance)."""
    channels = [int(tone[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "tones",
    [
        tuple(drawing.LEVEL_TONES.values()),
        tuple(drawing.MARK_TONES.values()),
        (drawing.DEEP, drawing.MIDDLE, drawing.LIGHT, drawing.PALE),
        tuple(STAGE_TONES[s] for s in ("done", "trial", "assessed", "proposed")),
    ],
)
def test_tones_that_mean_different_things_differ_in_grey(tones):
    """A grey print keeps the order: neighbours are at least a factor of 1.3 apart in contrast."""
    shades = sorted(lightness(t) for t in tones)

    assert all((b + 0.05) / (a + 0.05) > 1.3 for a, b in itertools.pairwise(shades))


def test_words_on_tones_can_be_read():
    """Ink on light and paper on dark reach the contrast of 4.5 to 1 that WCAG 2.2 asks for."""
    pairs = [(drawing.DEEP, drawing.PAPER), (drawing.PALE, drawing.INK), (drawing.MARK_TONES["unknown"], drawing.INK)]
    pairs += [(drawing.LEVEL_TONES["very_high"], drawing.PAPER), (drawing.LEVEL_TONES["high"], drawing.INK)]

    for back, front in pairs:
        low, high = sorted((lightness(back), lightness(front)))
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_every_state_of_a_hand_over_has_a_stage():
    """No state falls off the board."""
    assert {stage_of(s) for s in HANDOVER_STEPS} == set(STAGES)


def test_states_differ_in_shape_as_well_as_tone():
    """A tick, a cross and a question mark."""
    assert len(set(drawing.MARK_SHAPES.values())) == 3


@pytest.mark.parametrize(
    ("gap", "words"),
    [(6, "6 months after"), (1, "1 month after"), (-3, "3 months before"), (0, "in the month of the date")],
)
def test_the_gap_is_said_in_words(gap, words):
    """After, before or together."""
    assert words in gap_words(clocks().model_copy(update={"gap_months": gap}), EN)


def test_the_clocks_show_calendar_conditions_and_sequence():
    """All three readings stand beside their marks, and again in the table."""
    figure = clocks_strip(clocks(), ON, EN)

    for words in ("31 Jan 2027 (M1)", "Jul 2027 (Nov 2026 – beyond 24 months)", "Sep 2027"):
        assert words in figure.svg
        assert words in [r[1].text for r in figure.table.rows]


def test_french_pictures_have_french_months():
    """No English month is left on an axis."""
    figure = clocks_strip(clocks(), ON, Wording("fr"))

    assert "juil. 2027" in figure.svg
    assert not re.search(r">(Jan|Feb|Apr|Jul|Aug|Sep|Oct|Dec) 20\d\d", figure.svg)


def test_a_gate_rests_on_the_criteria_below_it():
    """Found however deep they stand."""
    found = gate("G1", "unmet")
    nested = found.verdict.model_copy(
        update={"parts": (found.verdict.model_copy(update={"about": "all", "parts": found.verdict.parts}),)}
    )

    assert criteria_of(found.model_copy(update={"verdict": nested})) == {"C1": "unmet"}


def test_the_matrix_of_gates_draws_one_sign_for_each_criterion():
    """One cross and one tick for one unmet and one met gate."""
    figure = charts.gate_matrix(status(), EN)

    assert [r[2].mark for r in figure.table.rows] == ["unmet", "met"]


def test_many_criteria_are_drawn_as_rows_of_boxes():
    """A mission with more criteria than a page has columns still gets a picture as wide as the page."""
    gates = []
    for n in range(30):
        found = gate(f"G{n}", "unmet")
        part = found.verdict.parts[0].model_copy(update={"about": f"criterion:C{n}"})
        gates.append(found.model_copy(update={"verdict": found.verdict.model_copy(update={"parts": (part,)})}))
    figure = charts.gate_matrix(status(tuple(gates)), EN)
    width = float(re.search(r'width="([\d.]+)"', figure.svg).group(1))

    assert len(figure.table.rows) == 30
    assert width < drawing.WIDTH * 1.2


@pytest.mark.parametrize(
    ("people", "size"), [(0, 0), (1, 0), (50, 0), (51, 1), (200, 1), (201, 2), (1000, 2), (1001, 3)]
)
def test_a_map_shows_classes_of_people_never_a_headcount(people, size):
    """Ends of every class."""
    assert size_class(people) == size


def test_the_fan_sums_what_was_recorded_over_the_areas():
    """The table of the country has a row a month, and the fan of areas one an area, the most violent first."""
    country, areas = (
        charts.fan_country(futures(), EN),
        charts.fan_areas(futures(), {"XNW-N": "North", "XNW-S": "South"}, EN),
    )

    assert len(country.table.rows) == len(MONTHS)
    assert [r[0].text for r in areas.table.rows] == ["North", "South"]
    assert areas.table.rows[0][1].text == "18"


def test_the_heat_map_counts_open_risks_in_their_cells():
    """One risk of likelihood 4 and impact 3, under its own lens."""
    figure = charts.risk_matrix(risks(), RiskMatrix(), EN)
    (cells,) = figure.table.rows

    assert [c.text for c in cells] == ["mission objectives", "4", "3", "high", "R1"]
    assert "impact low – moderate – high – significant – critical" in figure.note


def test_strength_falls_as_sites_close_and_names_its_ceiling():
    """Every month of the schedule is a row with ceiling and floor."""
    figure = charts.strength_chart(schedule().strength, "2027-01", EN)

    assert [c.text for c in figure.table.rows[0]] == ["Jul 2026", "120", "20", "10", "150", "20"]
    assert figure.svg.count("<svg") == 1


def test_a_picture_is_named_and_holds_no_words_of_the_drawing_program():
    """Its title is ours; inner names carry the picture's own, so that two pictures on a page cannot mix."""
    figure = clocks_strip(clocks(), ON, EN)
    ids = re.findall(r'\bid="([^"]+)"', figure.svg)

    assert figure.svg.startswith('<svg role="img" aria-labelledby="clocks-title"')
    assert all(i.startswith("clocks-") for i in ids)
    assert "aria-roledescription" not in figure.svg


def test_words_in_pictures_are_escaped():
    """A name with markup in it stays a name."""
    chart = drawing.layered(width=10, height=10)
    svg = drawing.svg_of(chart, "k", "<b>&", EN)

    assert '<title id="k-title">&lt;b&gt;&amp;</title>' in svg
