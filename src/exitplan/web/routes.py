"""Every address of the application, in one table with what it needs. A page that is not here does not exist."""

from __future__ import annotations

from exitplan.web.access import Route
from exitplan.web.pages import (
    account,
    entries,
    futures,
    installation,
    mission,
    overview,
    partners,
    plans,
    risks,
    sign_in,
    watching,
)

ROUTES: tuple[Route, ...] = (
    Route("healthz", installation.health, "anybody", "health"),
    Route("sign-in/", sign_in.sign_in, "anybody", "sign-in", ("GET", "POST")),
    Route("sign-out/", sign_in.sign_out, "account", "sign-out", ("POST",)),
    Route("second-factor/", sign_in.second_factor, "account", "second-factor", ("GET", "POST")),
    Route("language/", sign_in.language, "anybody", "language", ("POST",)),
    Route("metrics", installation.metrics, "anybody", "metrics"),
    Route("recovery/", sign_in.recovery, "anybody", "recovery", ("GET", "POST")),
    Route("account/", account.account, "account", "account"),
    Route("account/password/", account.password, "account", "account-password", ("POST",)),
    Route("account/recovery-codes/", account.recovery_codes, "account", "account-recovery-codes", ("POST",)),
    Route("account/keys/", account.new_key, "account", "account-keys", ("POST",)),
    Route("account/keys/<int:number>/end/", account.end_key, "account", "account-key-end", ("POST",)),
    Route("", installation.portfolio, "account", "portfolio"),
    Route("new-mission/", installation.new_mission, "operator", "new-mission", ("GET", "POST")),
    Route("accounts/", installation.accounts, "operator", "accounts"),
    Route("accounts/new/", installation.new_account, "operator", "account-new", ("POST",)),
    Route("accounts/<str:username>/let-in/", installation.let_in, "operator", "account-let-in", ("POST",)),
    Route("accounts/<str:username>/switch/", installation.switch_account, "operator", "account-switch", ("POST",)),
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
    # The mission as a whole
    Route("m/<str:mission>/search/", mission.search, "read", "search"),
    Route("m/<str:mission>/people/", mission.members, "read_audit", "people"),
    Route("m/<str:mission>/people/role/", mission.give_role, "manage_people", "people-role", ("POST",)),
    Route("m/<str:mission>/view-as/", mission.view_as, "read", "view-as", ("POST",)),
    Route("m/<str:mission>/history/", mission.history, "read_audit", "history"),
    Route("m/<str:mission>/history/verify/", mission.verify, "read_audit", "history-verify"),
    Route("m/<str:mission>/history/<int:number>/", mission.change, "read_audit", "history-change"),
    Route("m/<str:mission>/kinds/", mission.show_kind, "edit", "kinds", ("POST",)),
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
    "people": "People and roles",
    "history": "History",
}
"""Words of the menu by route name, in the order of the menu."""

MENU: tuple[tuple[Route, str], ...] = tuple(
    (next(r for r in ROUTES if r.name == name), words) for name, words in MENU_WORDS.items()
)
