"""What Kasanda's transition is held to: an invented guide with its norms, how people judged them, and due diligence for its forces."""

# ruff: noqa: E501 - the tables hold one thing a line
from __future__ import annotations

from typing import Any

from scripts.kasanda.common import COUNTERPART, FORCE, POLICE, PROTECTION, TRANSITION, Fields, entry

GUIDE = "KAS-GUIDE"

# code, title, title_fr, asks, asks_fr, topic, shown by, check
_NORMS: tuple[tuple[str, str, str, str, str, str, list[str], dict[str, Any] | None], ...] = (
    ("GT-01", "Planning starts early", "Planification précoce", "Have a joint plan two years before the mandate ends.", "Disposer d'un plan conjoint deux ans avant la fin du mandat.",
     "planning", ["milestone", "agreement"], {"some": "milestone", "has": {"lead": {"field": "due", "months": 24}}}),
    ("GT-02", "Roles are clear", "Rôles clairs", "Name for each function who takes it over.", "Nommer pour chaque fonction qui la reprend.",
     "integration", ["function"], {"every": "function", "has": {"values": {"destination": ["national", "country_team", "follow_on", "partner", "discontinue"]}}}),
    ("GT-03", "Benchmarks are clear and realistic", "Objectifs de référence clairs et réalistes", "Let benchmarks speak of the country, with a bar and a date.",
     "Que les objectifs de référence parlent du pays, avec un seuil et une date.", "benchmarks", ["benchmark", "criterion"],
     {"free_of": ["no-target", "no-date", "own-output", "output-as-outcome"]}),
    ("GT-04", "Data inform decisions", "Les données éclairent les décisions", "Put the evidence beside each decision.", "Joindre à chaque décision ses éléments de preuve.",
     "planning", ["decision"], None),
    ("GT-05", "National ownership", "Appropriation nationale", "Rate jointly, the national side first.", "Évaluer conjointement, la partie nationale d'abord.",
     "national_ownership", ["assessment"], {"some": "assessment", "at_least": 3, "has": {"values": {"party": ["self", "joint"]}}}),
    ("GT-06", "Plans to protect civilians before the exit", "Plans de protection avant le départ", "Have protection handed over before sites close.", "Transférer la protection avant la fermeture des sites.",
     "protection", ["handover", "risk"], {"every": "risk", "where": {"values": {"lens": ["civilians"], "status": ["open"]}}, "has": {"named_by": ["treatment"]}}),
    ("GT-07", "Women take part", "Participation des femmes", "Let a gate wait for what women say and get.", "Qu'un point de passage attende ce que disent et obtiennent les femmes.",
     "women_peace_security", ["gate", "criterion"], {"some": "gate", "has": {"group": "sex"}}),
    ("GT-08", "Money for what remains", "Financement de la suite", "Have the cost of each function and its money after the exit on record.", "Consigner le coût de chaque fonction et son financement après le départ.",
     "finance", ["function", "commitment"], {"every": "function", "has": {"filled": ["cost_year", "funded_year"]}}),
    ("GT-09", "Communication", "Communication", "Tell people before each hand-over.", "Informer la population avant chaque transfert.",
     "communication", ["communication"], {"some": "communication", "at_least": 3}),
    ("GT-10", "Environment", "Environnement", "Leave each site clean, with a certificate.", "Laisser chaque site propre, avec un certificat.",
     "closure", ["site", "milestone"], None),
    ("GT-11", "National staff", "Personnel national", "Help national staff to other work.", "Aider le personnel national à retrouver un emploi.", "capacity", ["activity"], None),
    ("GT-12", "Records and archives", "Archives", "Leave records that a successor can use.", "Laisser des archives utilisables par un successeur.", "closure", ["activity"], None),
    ("GT-13", "Readiness to leave at short notice", "Préparation à un départ à court préavis", "Rehearse each contingency once a year.", "Répéter chaque plan de circonstance une fois par an.",
     "risk", ["contingency"], {"every": "contingency", "has": {"filled": ["rehearsed"]}}),
    ("GT-14", "Lessons are kept", "Enseignements conservés", "Keep lessons with what they advise.", "Conserver les enseignements avec ce qu'ils conseillent.",
     "learning", ["lesson"], {"every": "lesson", "has": {"filled": ["recommendation"]}}),
    ("GT-15", "Watch after the exit", "Suivi après le départ", "Name who watches, and what they do first.", "Nommer qui veille, et ce qu'il fait d'abord.", "after_exit", ["watch"], None),
)  # fmt: skip

# status, evidence, day
_JUDGED: tuple[tuple[str, tuple[str, ...], str | None], ...] = (
    ("met", ("milestone:MS01", "agreement:AG-PLAN"), "2026-06-01"),
    ("partly_met", ("function:F-ADM", "function:F-ELE"), "2026-06-01"),
    ("met", ("benchmark:B1", "benchmark:B5"), "2026-06-01"),
    ("partly_met", ("decision:D-SIV", "risk:R-DATA"), "2026-06-01"),
    ("met", ("assessment:A01", "assessment:A09"), "2026-06-01"),
    ("partly_met", ("handover:H-PRO-DRE", "risk:R-PROTECT-DRE"), "2026-06-01"),
    ("partly_met", ("criterion:C-WOMEN", "request:RQ07"), "2026-06-01"),
    ("not_met", ("gate:G-EXIT-MONEY", "risk:R-CLIFF"), "2026-06-01"),
    ("met", ("communication:CM01", "communication:CM04"), "2026-06-01"),
    ("partly_met", ("milestone:MS03", "risk:R-ENVIRONMENT"), "2026-06-01"),
    ("met", ("activity:X047", "communication:CM09"), "2026-06-01"),
    ("not_met", ("activity:X048", "risk:R-ARCHIVE"), "2026-06-01"),
    ("not_met", ("contingency:Y06", "activity:X052"), "2026-06-01"),
    ("met", ("lesson:LE01", "lesson:LE02"), "2026-06-01"),
    ("not_checked", (), None),
)


def frameworks() -> list[Fields]:
    """The mission's own framework: a guide that nobody ever wrote."""
    return [
        entry(GUIDE, "Guide to Transitions (fictional)", "Guide des transitions (fictif)", TRANSITION, symbol="Guide to Transitions (fictional)",
              publisher="Community of Middle Ocean States", published="2023-02-01"),
    ]  # fmt: skip


def norms() -> list[Fields]:
    """The norms of the guide; ten of them can be looked at by a machine."""
    return [
        entry(code, title, title_fr, TRANSITION, framework=GUIDE, number=str(number), asks=asks, asks_fr=asks_fr, topic=topic, verified=True,
              read_in="Invented with the country", shown_by=shown_by, check=check)
        for number, (code, title, title_fr, asks, asks_fr, topic, shown_by, check) in enumerate(_NORMS, start=1)
    ]  # fmt: skip


def framework_checks() -> list[Fields]:
    """How the secretariat judged each norm of the guide."""
    return [
        entry(f"FC{number:02d}", title, title_fr, TRANSITION, framework="Guide to Transitions (fictional)", norm=str(number), norm_ref=code,
              status=status, evidence=list(evidence), checked=checked)
        for number, ((code, title, title_fr, *_), (status, evidence, checked)) in enumerate(zip(_NORMS, _JUDGED, strict=True), start=1)
    ]  # fmt: skip


def due_diligence() -> list[Fields]:
    """Cases for the police, and for three battalions; one was suspended while its mentors are still there."""
    return [
        entry("DD-POLICE", "Police: training and schools", "Police : formation et écoles", POLICE, function="F-POL", supporter="P-BIREYA",
              support="trainers, courses and mentors", support_fr="formateurs, cours et mentors", commitments=["Q05"], programmes=["PR-POLICE"],
              risk="medium", assessed="2026-01-20", status="proceed_with_measures", decided="2026-02-10", review="2026-12-31", sources=["SRC-JOINT"],
              measures=[
                  {"text": "Complaints desk in each police school", "text_fr": "Bureau des plaintes dans chaque école de police", "owner": POLICE, "due": "2026-05-31", "done": "2026-05-12"},
                  {"text": "Units named in open complaints get no courses", "text_fr": "Pas de cours pour les unités visées par des plaintes", "owner": POLICE, "due": "2026-05-31"},
              ]),
        entry("DD-ARMY-HAL", "Battalion of Halmeru: mentors", "Bataillon d'Halmérou : mentors", FORCE, institution="N-ARMY-HAL", support="mentors", support_fr="mentors",
              risk="low", assessed="2026-02-15", status="proceed", decided="2026-02-28", review="2027-02-28", sources=["SRC-JOINT"]),
        entry("DD-ARMY-DRE", "Battalion of Drenshe: mentors", "Bataillon de Drenché : mentors", PROTECTION, institution="N-ARMY-DRE", support="mentors and supply advice",
              support_fr="mentors et conseil logistique", risk="very_high", assessed="2026-04-12", status="suspend", decided="2026-04-20", review="2026-07-20",
              classification="restricted", sources=["SRC-JOINT"],
              measures=[{"text": "Command relieved, and an inquiry with a public result", "text_fr": "Commandement relevé, et enquête au résultat public", "owner": PROTECTION, "due": "2026-07-15"}]),
        entry("DD-ARMY-SIV", "Battalion of Sivareth: mentors", "Bataillon de Sivareth : mentors", PROTECTION, institution="N-ARMY-SIV", support="mentors", support_fr="mentors",
              classification="restricted", released_to=[COUNTERPART], sources=["SRC-JOINT"]),
    ]  # fmt: skip
