"""Country-years by hand, and nothing of later years in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exitplan.domain.errors import InvalidValue
from exitplan.engine.relapse.training import FIRST, Outcome, taught
from exitplan.engine.relapse.years import LONG, VARIABLES, CountryYears, history, later, memory, quiet
from tests.engine.relapse.around import surroundings


def years(conflict: list[list[int]], first: int = 1980, deaths: float = 50.0) -> CountryYears:
    """Countries with conflict in some years, each with so many deaths."""
    flags = np.array(conflict, dtype=bool)
    return CountryYears(
        countries=tuple(range(1, len(conflict) + 1)),
        first=first,
        conflict=flags,
        war=np.zeros_like(flags),
        state_based=flags * deaths,
        all_kinds=flags * deaths,
        counted=np.ones_like(flags),
        around=surroundings(flags * deaths, refugees=10.0),
    )


def test_quiet_years_and_memory_by_hand():
    """Conflict in the second year: two quiet years at the fourth; before it, as quiet as can be; memory halves in time."""
    of = years([[0, 1, 0, 0]])
    assert quiet(of.conflict).tolist() == [[LONG, 0, 1, 2]]
    fading = memory(of.conflict.astype(float), 2)[0]
    assert fading[3] == pytest.approx(fading[1] / 2)
    assert memory(np.ones((1, 200)), 5)[0, -1] == pytest.approx(1)


def test_of_a_record_that_is_not_whole_the_years_before_are_not_known():
    """No more calm years than are on record, and the mean of those on record; once it happened, quiet years are the same."""
    of = years([[0, 1, 0, 0], [0, 0, 0, 0]])
    assert quiet(of.conflict, whole=False).tolist() == [[1, 0, 1, 2], [1, 2, 3, 4]]
    assert quiet(np.zeros((1, 60), dtype=bool), whole=False)[0, -1] == LONG
    assert memory(np.ones((1, 5)), 20, whole=False) == pytest.approx(np.ones((1, 5)))
    fading = memory(of.conflict.astype(float), 2, whole=False)[0]
    weights = 2.0 ** (-np.arange(4) / 2)
    assert fading[3] == pytest.approx(weights[2] / weights.sum())


def test_a_long_record_need_not_be_whole():
    """After 200 years what came before has no weight left in any variable."""
    rng = np.random.default_rng(5)
    of = years(rng.integers(0, 2, (3, 200)).tolist())
    where = np.arange(3), np.full(3, 199)
    found = [history(replace(of, whole=whole), *where, tuple(VARIABLES)) for whole in (True, False)]
    assert found[0] == pytest.approx(found[1], abs=1e-2)
    assert not np.array_equal(found[0], found[1])


def test_later_years_are_those_after_the_year():
    """The year itself does not count, the fifth does, the sixth does not."""
    of = years([[1, 0, 0, 0, 0, 1, 0]])
    found = later(of.conflict, np.zeros(7, dtype=int), np.arange(7), 5)
    assert found.tolist() == [True, True, True, True, True, False, False]
    assert not later(of.conflict, np.array([0]), np.array([0]), 4)[0]


@given(
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.integers(0, 11),
)
def test_later_years_change_no_bit(past, future, year):
    """The history at the end of a year is the same whatever comes after it."""
    found = [
        history(years([past[: year + 1] + rest]), np.array([0]), np.array([year]), tuple(VARIABLES)).tobytes()
        for rest in ([False] * (11 - year), future[: 11 - year])
    ]
    assert found[0] == found[1]


def test_lessons_have_violence_behind_them_and_their_outcome_in_the_data():
    """Only years from 1990 on, within twenty years of violence, and five before the end of the data."""
    conflict = [0] * 40
    conflict[5] = 1
    data = taught(years([conflict, [0] * 40]), Outcome("conflict", 5), ("quiet",))
    assert set(data.country.tolist()) == {0}
    assert (int(data.year.min()) + 1980, int(data.year.max()) + 1980) == (FIRST, 2004)


def test_a_country_beside_conflict_teaches_as_well():
    """It had no violence of its own; where the surroundings are not known, it teaches nothing."""
    of = years([[0] * 40])
    beside = replace(of, around=surroundings(np.zeros((1, 40)), conflict=True))
    assert len(taught(beside, Outcome("conflict", 5), ("quiet",)).country) == 25
    for other in (of, replace(of, around=None)):
        assert len(taught(other, Outcome("conflict", 5), ("quiet",)).country) == 0


def test_surroundings_that_are_not_known_are_refused():
    """They are not taken as calm."""
    with pytest.raises(InvalidValue):
        history(replace(years([[0]]), around=None), np.array([0]), np.array([0]), ("neighbours_4",))


def test_a_record_longer_than_what_lies_before_is_refused():
    """Three years end with the third column and not with the second; a place before the first column is no place."""
    of = years([[0, 1, 0, 0]])
    assert of.last(np.array([0]), np.array([2]), 3, whole=False).conflict.tolist() == [[False, True, False]]
    with pytest.raises(InvalidValue):
        of.last(np.array([0]), np.array([1]), 3, whole=False)


def test_a_variable_nobody_defined_is_refused():
    """A misspelt setting stops."""
    with pytest.raises(InvalidValue):
        history(years([[0]]), np.array([0]), np.array([0]), ("peace",))
