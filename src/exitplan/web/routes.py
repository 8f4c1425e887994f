"""Every address of the application, in one table with what it needs. A page that is not here does not exist."""

from __future__ import annotations

from exitplan.web.access import Route
from exitplan.web.pages import (
    account,
    bundles,
    decisions,
    entries,
    futures,
    installation,
    mission,
    overview,
    papers,
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
    # Decisions
    Route("m/<str:mission>/decisions/", decisions.decisions, "read", "decisions"),
    Route("m/<str:mission>/decisions/delegate/", decisions.delegate, "release", "decision-delegate", ("POST",)),
    Route("m/<str:mission>/decisions/<str:code>/", decisions.decision, "read", "decision"),
    Route(
        "m/<str:mission>/decisions/<str:code>/prepare/",
        decisions.prepare,
        "prepare_decision",
        "decision-prepare",
        ("POST",),
    ),
    Route("m/<str:mission>/decisions/<str:code>/decide/", decisions.decide, "decide", "decision-decide", ("POST",)),
    Route("m/<str:mission>/decisions/<str:code>/receive/", decisions.receive, "sign", "decision-receive", ("POST",)),
    # Documents, reports, bundles
    Route("m/<str:mission>/documents/", papers.listing, "read", "documents"),
    Route("m/<str:mission>/documents/upload/", papers.upload, "attach", "document-upload", ("POST",)),
    Route("m/<str:mission>/documents/<int:document>/", papers.document, "read", "document"),
    Route("m/<str:mission>/documents/<int:document>/file/", papers.download, "read", "document-file"),
    Route(
        "m/<str:mission>/documents/<int:document>/release/", papers.release, "release", "document-release", ("POST",)
    ),
    Route("m/<str:mission>/documents/<int:document>/redact/", papers.redact, "redact", "document-redact", ("POST",)),
    Route("m/<str:mission>/reports/", papers.reports, "export", "reports"),
    Route("m/<str:mission>/reports/make/", papers.make, "export", "report-make", ("POST",)),
    Route("m/<str:mission>/reports/<int:run>/", papers.report, "export", "report"),
    Route("m/<str:mission>/reports/<int:run>/progress/", papers.report_progress, "export", "report-progress"),
    Route("m/<str:mission>/reports/<int:run>/cancel/", papers.report_cancel, "export", "report-cancel", ("POST",)),
    Route("m/<str:mission>/reports/<int:run>/again/", papers.report_again, "export", "report-again", ("POST",)),
    Route(
        "m/<str:mission>/reports/<int:run>/file-away/",
        papers.report_file_away,
        "release",
        "report-file-away",
        ("POST",),
    ),
    Route("m/<str:mission>/reports/<int:run>/<str:name>", papers.report_file, "export", "report-file"),
    Route("m/<str:mission>/bundles/", bundles.overview, "export", "bundles"),
    Route("m/<str:mission>/bundles/take-out/", bundles.take_out, "export", "bundle-take-out", ("POST",)),
    Route("m/<str:mission>/bundles/bring-back/", bundles.bring_back, "import", "bundle-bring-back", ("POST",)),
    Route("m/<str:mission>/bundles/merge/", bundles.merge, "import", "bundle-merge", ("POST",)),
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
    "decisions": "Decisions",
    "documents": "Documents",
    "reports": "Reports",
    "bundles": "Bundles",
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
