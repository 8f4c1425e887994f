"""The competition's benchmarks are read with the history they were made from."""

from __future__ import annotations

import numpy as np
import pytest

from exitplan.domain.errors import Unreadable
from exitplan.domain.months import month_index
from exitplan.importers.views import read_views


def test_a_folder_without_the_files_is_refused_by_the_file_it_lacks(tmp_path):
    """The first one missing is named."""
    with pytest.raises(Unreadable, match="views_country_ids"):
        read_views(tmp_path)


def test_official_draws_cover_24_hosts_in_three_windows(shared_data):
    """Two models, 36 months, 200 draws each, and what happened in every one of them."""
    views = read_views(shared_data)

    assert set(views.drawn) == {"bootstrap", "last_poisson"}
    assert len(views.hosts) == 24
    assert views.windows == (2018, 2019, 2020)
    for by_month in views.drawn.values():
        assert len(by_month) == 24 * 36
        assert {d.size for d in by_month.values()} == {200}
        assert set(by_month) <= set(views.happened)
    assert set(views.hosts) <= set(views.african) | set(views.other)


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_the_official_last_month_is_the_last_month_of_our_cut_off(shared_data, year):
    """VIEWS' Poisson around the last month has its mean where our African history stands at the end of October before.

    Another program's reading of "the last month known" dates the cut-off and shows that versions agree.
    """
    views = read_views(shared_data)
    origin = month_index(f"{year - 1}-10")
    drawn, known = [], []
    for country in views.hosts:
        if country in views.african:
            first, deaths = views.african[country]
            known.append(deaths[origin - first])
            drawn.append(np.mean([views.drawn["last_poisson"][country, year * 12 + m].mean() for m in range(12)]))

    away = np.abs(np.array(drawn) - known)
    assert len(known) == 17
    assert np.sum(away <= 4 * np.sqrt(np.array(known) / 2400) + 0.5) >= 15
