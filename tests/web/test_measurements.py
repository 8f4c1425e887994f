"""Measurements on their way: entered, handed in, reviewed, uploaded after a look, and chased where they are late."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

ClientOf = Callable[..., Any]
HEAD = "indicator,date,area,value,source\n"
VALUE = {"indicator": "I-POL-STRENGTH", "date": "2026-06-15", "value": "14600", "why": "June return"}


def page(client: Any, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return str(answer.content.decode())


def entered(client: Any, code: str, **changes: str) -> str:
    """Enter one value; the address of its page."""
    answer = client.post(f"/m/{code}/measurements/new/", {**VALUE, **changes})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer["Location"])


def row_of(address: str) -> Any:
    """The row behind an address; models can be had only once a database is open."""
    from exitplan.store.models import MeasurementRow

    return MeasurementRow.objects.get(pk=int(address.rstrip("/").rpartition("/")[2]))


def chosen(address: str) -> str:
    row = row_of(address)
    return f"{row.pk}:{row.edition}"


def sent(client: Any, code: str, name: str, content: bytes | str) -> Any:
    """Upload a file and look at what would become of it."""
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    file.name = name
    return client.post(f"/m/{code}/measurements/upload/", {"file": file}, follow=True)


def test_a_value_goes_from_draft_to_approved(client_of: ClientOf, kasanda_code: str) -> None:
    """A counterpart enters and hands in; the officer approves; only then it counts."""
    counterpart, officer = client_of("national_counterpart"), client_of("benchmark_officer")
    place = entered(counterpart, kasanda_code, draft="1")
    assert row_of(place).state == "draft"
    counterpart.post(f"/m/{kasanda_code}/measurements/hand-in/", {"row": chosen(place)})
    assert row_of(place).state == "submitted"
    waiting = page(officer, f"/m/{kasanda_code}/measurements/?state=submitted")
    assert chosen(place) in waiting
    assert "14,600" in waiting
    officer.post(f"/m/{kasanda_code}/measurements/review/", {"row": chosen(place), "act": "approve"})
    assert row_of(place).state == "approved"
    assert "14,600" in page(officer, f"/m/{kasanda_code}/indicators/I-POL-STRENGTH/")


def test_a_returned_value_is_mended_and_comes_again(client_of: ClientOf, kasanda_code: str) -> None:
    """The reason stands on its page; mended and handed in, it is approved with a reservation."""
    planner, officer = client_of("planner"), client_of("benchmark_officer")
    place = entered(planner, kasanda_code, submit="1")
    review = f"/m/{kasanda_code}/measurements/review/"
    assert officer.post(review, {"row": chosen(place), "act": "return", "words": ""}).status_code == 422
    officer.post(review, {"row": chosen(place), "act": "return", "words": "Two payrolls were added up."})
    assert "Two payrolls were added up." in page(planner, place)
    edition = str(row_of(place).edition)
    assert planner.post(f"{place}edit/", {**VALUE, "value": "14580", "edition": edition}).status_code == 302
    assert row_of(place).value == 14580
    planner.post(f"/m/{kasanda_code}/measurements/hand-in/", {"row": chosen(place)})
    assert officer.post(review, {"row": chosen(place), "act": "reserve", "words": ""}).status_code == 422
    officer.post(review, {"row": chosen(place), "act": "reserve", "words": "One province is missing."})
    assert row_of(place).state == "approved"
    assert row_of(place).reservation == "One province is missing."


def test_a_faulty_value_keeps_what_was_typed_with_every_fault(client_of: ClientOf, kasanda_code: str) -> None:
    """Nothing is written, each field says what was wanted."""
    client = client_of("planner")
    typed = {**VALUE, "value": "many", "date": "2027-01-01", "indicator": "NONE", "note": "kept words"}
    answer = client.post(f"/m/{kasanda_code}/measurements/new/", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count('class="finding') >= 2
    assert "kept words" in shown
    assert 'value="many"' in shown


def test_a_value_changed_by_somebody_else_is_not_overwritten(client_of: ClientOf, kasanda_code: str) -> None:
    """The second writer is told, and what they typed is still there."""
    client = client_of("planner")
    place = entered(client, kasanda_code, draft="1")
    old = str(row_of(place).edition)
    client.post(f"{place}edit/", {**VALUE, "value": "1", "edition": old})
    answer = client.post(f"{place}edit/", {**VALUE, "value": "2", "edition": old})
    assert answer.status_code == 409
    assert 'value="2"' in answer.content.decode()
    assert row_of(place).value == 1


@pytest.mark.parametrize("role", ["planner", "national_counterpart", "observer"])
def test_only_reviewers_review(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Nobody else approves, and an observer enters nothing."""
    place = entered(client_of("benchmark_officer"), kasanda_code, submit="1")
    client = client_of(role)
    answer = client.post(f"/m/{kasanda_code}/measurements/review/", {"row": chosen(place), "act": "approve"})
    assert answer.status_code == 403
    assert row_of(place).state == "submitted"
    if role == "observer":
        for path in ("new/", "upload/", "upload/check/"):
            page(client, f"/m/{kasanda_code}/measurements/{path}", 403)
        assert "Enter a value" not in page(client, f"/m/{kasanda_code}/measurements/")


@pytest.mark.parametrize("role", ["national_counterpart", "observer"])
def test_outsiders_see_what_is_approved_and_their_own(client_of: ClientOf, kasanda_code: str, role: str) -> None:
    """Somebody else's draft is not found, listed or counted."""
    place = entered(client_of("planner"), kasanda_code, draft="1")
    client = client_of(role)
    page(client, place, 404)
    listed = page(client, f"/m/{kasanda_code}/measurements/?state=draft")
    assert place not in listed
    assert "Draft (" not in listed
    assert "planner.kasanda" not in page(client, f"/m/{kasanda_code}/measurements/")


def test_a_counterpart_enters_a_reservation(client_of: ClientOf, kasanda_code: str) -> None:
    """It stands on the page for everybody; without words it is refused."""
    officer, counterpart = client_of("benchmark_officer"), client_of("national_counterpart")
    place = entered(officer, kasanda_code, submit="1")
    officer.post(f"/m/{kasanda_code}/measurements/review/", {"row": chosen(place), "act": "approve"})
    edition = str(row_of(place).edition)
    assert counterpart.post(f"{place}receive/", {"edition": edition, "receipt": "reserved"}).status_code == 422
    reserved = {"edition": edition, "receipt": "reserved", "text": "The payroll of May is missing."}
    assert counterpart.post(f"{place}receive/", reserved).status_code == 302
    assert "The payroll of May is missing." in page(officer, place)


def test_a_file_is_looked_at_before_anything_is_written(client_of: ClientOf, kasanda_code: str) -> None:
    """Faulty lines by number, sound ones counted; then the sound ones are taken in, once."""
    from exitplan.store.models import MeasurementRow

    client = client_of("benchmark_officer")
    before = MeasurementRow.objects.count()
    content = (
        HEAD
        + "I-POL-STRENGTH,2026-06-15,,14610,\nI-POL-STRENGTH,soon,,1,\nNONE,2026-06-15,,1,\nI-ARMY-SUPPLY,2026-06-15,,,\n"
    )
    looked = sent(client, kasanda_code, "june.csv", content)
    shown = looked.content.decode()
    assert looked.status_code == 200, shown[:2000]
    assert MeasurementRow.objects.count() == before
    assert "Nothing is written yet." in shown
    faults = shown.partition('id="table-refused"')[2].partition("</table>")[0]
    assert ">3<" in faults
    assert ">4<" in faults
    assert ">5<" not in faults
    assert "NONE" in faults
    taken = client.post(f"/m/{kasanda_code}/measurements/upload/check/", {"why": "June", "as": "submitted"})
    assert taken.status_code == 302
    assert MeasurementRow.objects.count() == before + 1
    again = sent(client, kasanda_code, "june.csv", content).content.decode()
    assert "nothing new in this file" in again


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", "x"), ("a.csv", ""), ("a.csv", "one,two\n1,2\n"), ("a.xlsx", "no workbook"), ("a.csv", "\x00\x01")],
)
def test_a_file_that_is_no_table_is_refused_with_a_word(
    client_of: ClientOf, kasanda_code: str, name: str, content: str
) -> None:
    """One sentence, no reference number, nothing waiting."""
    client = client_of("planner")
    answer = sent(client, kasanda_code, name, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert client.get(f"/m/{kasanda_code}/measurements/upload/check/").status_code == 302


def test_what_is_owed_is_asked_for_with_a_form_that_merges_when_it_returns(
    client_of: ClientOf, kasanda_code: str
) -> None:
    """Filled in part, it takes in what was filled; the empty lines are no faults; the value then waits for review."""
    from openpyxl import load_workbook

    client = client_of("benchmark_officer")
    shown = page(client, f"/m/{kasanda_code}/measurements/owed/")
    office = "Ministry of Finance of Kasanda"
    assert office in shown
    assert "I-BUDGET-EXT" in shown
    answer = client.get(f"/m/{kasanda_code}/measurements/owed/form/", {"office": office})
    assert answer["Content-Type"].endswith("sheet")
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:6] == ["indicator", "version", "date", "area", "group", "value"]
    assert sheet.max_row >= 2
    assert all(row[5].value is None for row in sheet.iter_rows(min_row=2))
    line = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == "I-BUDGET-EXT")
    assert sheet.cell(line, 3).value.date() < date(2026, 6, 30)
    sheet.cell(line, 6).value = 41
    out = io.BytesIO()
    book.save(out)
    looked = sent(client_of("national_counterpart"), kasanda_code, "owed.xlsx", out.getvalue()).content.decode()
    assert "Every line can be taken." in looked
    counterpart = client_of("national_counterpart")
    sent(counterpart, kasanda_code, "owed.xlsx", out.getvalue())
    assert counterpart.post(f"/m/{kasanda_code}/measurements/upload/check/", {}).status_code == 302
    assert "41" in page(client, f"/m/{kasanda_code}/measurements/?state=submitted")
    again = client.get(f"/m/{kasanda_code}/measurements/owed/form/", {"office": office})
    if again.status_code == 200:
        rest = load_workbook(io.BytesIO(again.content)).worksheets[0]
        assert rest.max_row == sheet.max_row - 1
    else:
        assert sheet.max_row == 2


def test_a_form_for_an_office_that_owes_nothing_is_not_found(client_of: ClientOf, kasanda_code: str) -> None:
    """No empty workbook goes out."""
    assert client_of("planner").get(f"/m/{kasanda_code}/measurements/owed/form/?office=X").status_code == 404


@pytest.mark.parametrize("role", ["planner", "observer"])
def test_an_empty_mission_has_nothing_to_measure_and_says_so(client_of: ClientOf, role: str) -> None:
    """Each page answers and says what to do next."""
    client = client_of(role, empty=True)
    assert "No measurement is" in page(client, "/m/EMPTY/measurements/")
    assert "No value is owed" in page(client, "/m/EMPTY/measurements/owed/")
    if role == "planner":
        assert "There is nothing to measure yet" in page(client, "/m/EMPTY/measurements/new/")


def test_a_french_reader_writes_decimals_their_way(client_of: ClientOf, kasanda_code: str) -> None:
    """`62,5` is sixty-two and a half, and the pages are in French."""
    client = client_of("planner", lang="fr")
    place = entered(client, kasanda_code, indicator="I-ARMY-SUPPLY", value="62,5", draft="1")
    assert row_of(place).value == 62.5
    for path in ("", "new/", "upload/", "owed/"):
        assert '<html lang="fr"' in page(client, f"/m/{kasanda_code}/measurements/{path}")
