"""Every address of the application, in one table with what it needs. A page that is not here does not exist."""

from __future__ import annotations

from exitplan.web.access import Route
from exitplan.web.pages import installation, overview, sign_in

ROUTES: tuple[Route, ...] = (
    Route("healthz", installation.health, "anybody", "health"),
    Route("sign-in/", sign_in.sign_in, "anybody", "sign-in", ("GET", "POST")),
    Route("sign-out/", sign_in.sign_out, "account", "sign-out", ("POST",)),
    Route("second-factor/", sign_in.second_factor, "account", "second-factor", ("GET", "POST")),
    Route("language/", sign_in.language, "anybody", "language", ("POST",)),
    Route("", installation.portfolio, "account", "portfolio"),
    Route("m/<str:mission>/", overview.overview, "read", "overview"),
)

MENU_WORDS: dict[str, str] = {
    "overview": "Overview",
}
"""Words of the menu by route name, in the order of the menu."""

MENU: tuple[tuple[Route, str], ...] = tuple(
    (next(r for r in ROUTES if r.name == name), words) for name, words in MENU_WORDS.items()
)
