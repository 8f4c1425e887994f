"""What stands around every page: the missions one has a part in, the menu, and the language switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exitplan.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from exitplan.web.access import Asked


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu."""

    address: str
    words: str
    here: bool


@dataclass(frozen=True)
class MenuGroup:
    """Pages that belong together, under a heading; the first page of all has none."""

    words: str
    items: tuple[MenuItem, ...]


def frame(asked: Asked) -> dict[str, Any]:
    """Context of the base template. Only what the reader may open is offered."""
    return {
        "languages": [(code, Wording(code).code("language", code), code == asked.w.lang) for code in LANGUAGES],
        "menu": menu(asked) if asked.reader else (),
        "mission_title": asked.view.dossier.mission.name(asked.w.lang) if asked.reader else "",
        "fictional": asked.reader is not None and asked.view.dossier.mission.fictional,
        "role": asked.w.code("role", asked.reader.role) if asked.reader else "",
        "viewing_as": asked.reader is not None and asked.reader.viewing,
        "search_shown": True,
        "told_once": asked.request.session.pop("told", ()) if "told" in asked.request.session else (),
        "lang": asked.w.lang,
        "dir": "rtl" if asked.w.lang in ("ar", "fa", "ur") else "ltr",
    }


def menu(asked: Asked) -> tuple[MenuGroup, ...]:
    """The pages of a mission that this reader may open, everyday ones first; a heading with no page under it is left out."""
    from exitplan.domain.roles import may
    from exitplan.web.routes import MENU, MENU_WORDS

    assert asked.reader is not None
    here, pages = asked.request.path, {route.name: route for route, _ in MENU}
    groups: list[tuple[str, list[MenuItem]]] = [("", [])]
    for name, words in MENU_WORDS.items():
        route = pages.get(name)
        if route is None:
            groups.append((asked.w(words), []))
        elif may(asked.reader, route.needs, route.kind):  # type: ignore[arg-type]
            address = "/" + route.path.replace("<str:mission>", asked.mission)
            at_home = name == "overview"
            groups[-1][1].append(
                MenuItem(address, asked.w(words), here == address if at_home else here.startswith(address))
            )
    return tuple(MenuGroup(words, tuple(items)) for words, items in groups if items)
