"""Events are counted where and when they were."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from exitplan.engine.sites.around import RADII, Points, around, distance, happened


def _points(*rows: tuple[float, float, int]) -> Points:
    latitude, longitude, month = zip(*rows, strict=True) if rows else ((), (), ())
    return Points(np.array(latitude, float), np.array(longitude, float), np.array(month, dtype=np.int64))


def test_distances_on_the_sphere():
    """A degree of latitude is 111.19 km; one of longitude at 60 degrees half of it; the antipode half the earth round."""
    km = distance(0.0, 0.0, np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 180.0]))
    assert km == pytest.approx([111.195, 111.195, np.pi * 6371], rel=1e-4)
    assert distance(60.0, 179.5, np.array([60.0]), np.array([-179.5]))[0] == pytest.approx(55.6, rel=1e-3)


def test_circles_hold_the_smaller_ones():
    """Events 11, 33, 89, 167, 334 and 445 km away: each radius holds one more, and the last event is too far for all."""
    near = around(
        np.array([0.0]), np.array([0.0]), _points(*((lat, 0.0, 100) for lat in (0.1, 0.3, 0.8, 1.5, 3.0, 4.0)))
    )
    assert near.first == 100
    assert near.counts[0, :, 0].tolist() == [1, 2, 3, 4, 5]
    assert len(RADII) == 5


def test_a_window_begins_with_its_month_and_ends_before_the_month_after():
    """Events in the month of closure count, those 24 months later do not."""
    near = around(np.array([0.0]), np.array([0.0]), _points((0.1, 0.0, 100), (0.1, 0.0, 124)))
    at = np.array([76, 77, 100, 101, 124, 125])
    found = happened(near, 0, at, np.zeros(6, dtype=np.int64), 24)
    assert found.tolist() == [False, True, True, True, True, False]


def test_no_events_are_no_events():
    """An empty file of events is a quiet world."""
    near = around(np.array([0.0]), np.array([0.0]), _points())
    assert not happened(near, 1, np.array([10]), np.array([0]), 24).any()


def test_real_counts_are_those_of_the_data_folder(shared_data):
    """Computed columns of the data folder, made by another program, agree away from countries that were taken out of it."""
    from exitplan.domain.months import month_index
    from exitplan.importers.event_points import read_event_points
    from exitplan.importers.site_episodes import read_site_episodes
    from exitplan.usecases.site_backtest import EPISODES, EVENTS, points_of

    rows = read_site_episodes(shared_data / EPISODES)
    rows = rows.filter(
        rows["mission"].is_in(["UNAMSIL", "MINUSTAH", "UNMIBH", "ONUMOZ"]) & rows["closed_est"].is_not_null()
    )
    near = around(
        rows["latitude"].to_numpy(),
        rows["longitude"].to_numpy(),
        points_of(read_event_points((shared_data / name for name in EVENTS), today=date(2021, 6, 1))),
    )
    at = np.array([month_index(month) for month in rows["closed_est"]])
    for ring, column in ((0, "ev25_post24"), (1, "ev50_post24")):
        assert happened(near, ring, at, np.arange(rows.height), 24).tolist() == (rows[column] > 0).to_list()
