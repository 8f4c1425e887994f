"""Every kind's pages, for every role, empty and full, in both languages."""

from __future__ import annotations

import pytest


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
