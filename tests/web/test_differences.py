"""Why two plans differ: worked out in the background, shown to those who were given chances."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.test_plans import page, rows

ClientOf = Callable[..., Any]
ASKED = {"plan": "P-CALENDAR", "against": "P-SLOWER", "futures": "1000", "horizon": "6"}


@pytest.mark.slow
@pytest.mark.usefixtures("few_points")
def test_a_difference_is_explained_in_the_background(client_of: ClientOf, kasanda_code: str) -> None:
    """Asked, queued, worked out, shown with its pictures, in words that recommend nothing."""
    from exitplan.usecases.working import work

    client = client_of("planner")
    assert "/differences/" in page(client, f"/m/{kasanda_code}/futures/")
    run = client.post(f"/m/{kasanda_code}/differences/ask/", ASKED)["Location"]
    assert "hx-get" in page(client, run)
    work(threading.Event(), once=True)

    assert client.get(f"{run}progress/")["HX-Redirect"] == run
    shown = page(client, run)
    assert "Why P-CALENDAR and P-SLOWER differ" in shown
    assert shown.count("<svg") == 4
    assert "recommend neither plan" in shown
    assert f'href="{run}"' in page(client, f"/m/{kasanda_code}/differences/")
    page(client_of("owner"), run, 404)  # a run belongs to readers of one role


def test_a_difference_is_asked_for_one_area_where_the_main_definition_is_read_per_area(
    client_of: ClientOf, kasanda_code: str
) -> None:
    """The form offers the mission's own definition and an area; what was asked stands on the page of the run."""
    main_definition(kasanda_code, "A25")
    client = client_of("planner")
    form = page(client, f"/m/{kasanda_code}/differences/")
    assert re.search(r'<option value="A25" selected>A25', form)
    (area,) = re.findall(
        r'<option value="([^"]+)" selected>', form[form.index('name="area"') : form.index('name="by"')]
    )

    run = client.post(f"/m/{kasanda_code}/differences/ask/", ASKED | {"area": area, "by": "3"})["Location"]
    shown = page(client, run)
    assert "25 or more deaths in the area" in shown
    assert named(kasanda_code, area) in shown
    assert "Met within months</dt><dd>3</dd>" in shown
    table = page(client, f"/m/{kasanda_code}/differences/")
    assert "A25" in table[table.index('id="table-runs"') :]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"definition": "A25"}, "Area: nothing given"),
        ({"definition": "R25", "area": "XKA-UMB"}, "R25 is read for the country"),
        ({"definition": "A25", "area": "NOWHERE"}, "There is no area “NOWHERE”"),
        ({"definition": "R26"}, "There is no definition “R26”"),
        ({"by": "7"}, "a whole number from 1 to 6"),
        ({"by": "many"}, "a whole number"),
    ],
    ids=str,
)
def test_a_definition_an_area_or_months_that_do_not_fit_are_named(
    client_of: ClientOf, kasanda_code: str, wrong: dict[str, str], told: str
) -> None:
    """Nothing is queued."""
    answer = client_of("planner").post(f"/m/{kasanda_code}/differences/ask/", ASKED | wrong)
    assert answer.status_code in (404, 422)
    assert told in answer.content.decode()
    assert not rows().filter(task="explain").exists()


def main_definition(code: str, definition: str) -> None:
    """Another definition of renewed armed violence is the mission's main one."""
    from datetime import UTC, datetime

    from exitplan.domain.dossier import body
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view
    from exitplan.usecases.writing import save_entry

    owner = Reader("owner", None, "x")
    seen = view(code, owner)
    changed = body(seen.dossier.mission) | {"renewed_violence": definition}
    version = seen.versions["mission", code]
    save_entry(owner, code, "mission", changed, version=version, why="test", at=datetime.now(UTC))


def named(code: str, area: str) -> str:
    """What an area is called."""
    from exitplan.domain.kinds import Area
    from exitplan.domain.roles import Reader
    from exitplan.usecases.board import view

    return view(code, Reader("owner")).dossier.find(Area, area).title


def test_a_plan_that_is_not_there_and_numbers_out_of_range_are_refused(client_of: ClientOf, kasanda_code: str) -> None:
    """Nothing is queued."""
    client = client_of("planner")
    for wrong in ({"plan": "P-NOWHERE"}, {"against": "P-NOWHERE"}, {"futures": "10"}, {"horizon": "100"}):
        answer = client.post(f"/m/{kasanda_code}/differences/ask/", ASKED | wrong)
        assert answer.status_code in (404, 422), wrong
    assert not rows().filter(task="explain").exists()


def test_a_difference_can_be_stopped_and_asked_for_again(client_of: ClientOf, kasanda_code: str) -> None:
    """One that waits stops at once; the same is then asked for anew."""
    client = client_of("planner")
    run = client.post(f"/m/{kasanda_code}/differences/ask/", ASKED)["Location"]
    assert client.post(f"{run}cancel/").status_code == 302
    assert "stopped on request" in page(client, run)
    assert client.post(f"{run}again/")["Location"] != run


@pytest.mark.parametrize("role", ["national_counterpart", "partner", "observer"])
def test_readers_without_chances_are_refused(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Whole: the page, a run, and asking."""
    client = client_of(role)
    for path in ("differences/", "differences/1/", "differences/1/progress/"):
        page(client, f"/m/{kasanda_code}/{path}", 403)
    assert client.post(f"/m/{kasanda_code}/differences/ask/", ASKED).status_code == 403
