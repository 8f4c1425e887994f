"""Every address of the application, in one table with what it needs. A page that is not here does not exist."""

from __future__ import annotations

from exitplan.web.access import Route
from exitplan.web.pages import entries, futures, installation, overview, partners, plans, risks, sign_in, watching

ROUTES: tuple[Route, ...] = (
    Route("healthz", installation.health, "anybody", "health"),
    Route("sign-in/", sign_in.sign_in, "anybody", "sign-in", ("GET", "POST")),
    Route("sign-out/", sign_in.sign_out, "account", "sign-out", ("POST",)),
    Route("second-factor/", sign_in.second_factor, "account", "second-factor", ("GET", "POST")),
    Route("language/", sign_in.language, "anybody", "language", ("POST",)),
    Route("", installation.portfolio, "account", "portfolio"),
    Route("m/<str:mission>/", overview.overview, "read", "overview"),
    # Plans and futures
    Route("m/<str:mission>/plans/", plans.plans, "read", "plans"),
    Route("m/<str:mission>/plans/<str:code>/", plans.plan, "read", "plan"),
    Route("m/<str:mission>/futures/", futures.futures, "see_chances", "futures"),
    Route("m/<str:mission>/futures/ask/", futures.ask, "run", "futures-ask", ("POST",)),
    Route("m/<str:mission>/futures/compare/", futures.compare, "see_chances", "futures-compare"),
    Route("m/<str:mission>/futures/<int:run>/", futures.run, "see_chances", "futures-run"),
    Route("m/<str:mission>/futures/<int:run>/progress/", futures.progress, "see_chances", "futures-progress"),
    Route("m/<str:mission>/futures/<int:run>/cancel/", futures.cancel, "run", "futures-cancel", ("POST",)),
    Route("m/<str:mission>/futures/<int:run>/again/", futures.again, "run", "futures-again", ("POST",)),
    # Risks, partners, the watch and what falls due
    Route("m/<str:mission>/risks/", risks.risks, "read", "risks"),
    Route("m/<str:mission>/risks/<str:code>/", risks.risk, "read", "risk"),
    Route("m/<str:mission>/partners/", partners.partners, "read", "partners"),
    Route("m/<str:mission>/partners/<str:code>/", partners.partner, "read", "partner"),
    Route("m/<str:mission>/watch/", watching.watch, "read", "watch"),
    Route("m/<str:mission>/calendar/", watching.due, "read", "calendar"),
    Route("m/<str:mission>/frameworks/", watching.frameworks, "read", "frameworks"),
    # Every kind of entry
    Route("m/<str:mission>/entries/", entries.kinds, "read", "entries"),
    Route("m/<str:mission>/entries/<str:kind>/", entries.listing, "read", "entries-of-kind"),
    Route("m/<str:mission>/entries/<str:kind>/new/", entries.new, "edit", "entry-new", ("GET", "POST")),
    Route("m/<str:mission>/entries/<str:kind>/check/", entries.check, "edit", "entry-check", ("POST",)),
    Route("m/<str:mission>/entries/<str:kind>/<str:code>/", entries.detail, "read", "entry"),
    Route("m/<str:mission>/entries/<str:kind>/<str:code>/edit/", entries.edit, "edit", "entry-edit", ("GET", "POST")),
    Route(
        "m/<str:mission>/entries/<str:kind>/<str:code>/delete/",
        entries.delete,
        "delete",
        "entry-delete",
        ("GET", "POST"),
    ),
)

MENU_WORDS: dict[str, str] = {
    "overview": "Overview",
    "plans": "Plans",
    "risks": "Risks",
    "partners": "Partners",
    "watch": "Watch",
    "calendar": "Calendar",
    "frameworks": "Frameworks",
    "entries": "All entries",
}
"""Words of the menu by route name, in the order of the menu."""

MENU: tuple[tuple[Route, str], ...] = tuple(
    (next(r for r in ROUTES if r.name == name), words) for name, words in MENU_WORDS.items()
)
