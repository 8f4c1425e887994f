"""Every kind's pages, for every role, empty and full, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "exitplan" / "web" / "templates"


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("empty", [False, True], ids=["kasanda", "empty"])
def test_every_kind_has_its_list(client_of, kasanda_code, empty, lang):
    """A planner sees the list of each kind and the page of its first entry."""
    from exitplan.domain.kinds import KINDS

    code = "EMPTY" if empty else kasanda_code
    client = client_of("planner", empty=empty, lang=lang)
    for kind in KINDS:
        answer = client.get(f"/m/{code}/entries/{kind}/")
        assert answer.status_code == 200, kind
        assert f'<html lang="{lang}"' in answer.content.decode()


def test_no_address_depends_on_where_a_page_stands() -> None:
    """A page that is shown again at the address of a refused form has the same links and forms as before."""
    said = re.compile(r'\b(?:form)?(action|href)="((?:[^"{]|\{[{%].*?[%}]\})*)"')
    found = {
        f"{template.name}: {match[0]}"
        for template in TEMPLATES.rglob("*.html")
        for match in said.finditer(template.read_text("utf-8"))
        if not re.match(r"/|\{\{|[?#]|$", re.sub(r"\{%.*?%\}", "", match[2]))
        or (match[1] == "action" and match[2].startswith(("?", "#")))
    }
    assert found == set()
