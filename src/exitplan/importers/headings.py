"""What people call things in their own workbooks, in English and French: words for kinds of entry and for their fields."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable

KIND_WORDS: dict[str, str] = {
    "activity": "activity activities task tasks workplan activite activites tache taches",
    "area": "area areas county counties region regions district districts province provinces zone zones comte",
    "asset_lot": "asset assets lot lots equipment biens materiel",
    "benchmark": "benchmark benchmarks jalon critere de reference",
    "commitment": "commitment commitments pledge pledges engagement financier promesses",
    "criterion": "criterion criteria critere criteres",
    "decision": "decision decisions",
    "function": "function functions mandated task fonction fonctions",
    "handover": "handover handovers hand over hand overs transfer transfers transfert transferts passation",
    "indicator": "indicator indicators indicateur indicateurs",
    "institution": "institution institutions",
    "lesson": "lesson lessons lessons learned lecon lecons",
    "measurement": "measurement measurements data values readings mesure mesures donnees valeurs",
    "milestone": "milestone milestones etape etapes",
    "need": "need needs priority priorities besoin besoins",
    "partner": "partner partners donor donors partenaire partenaires bailleur bailleurs",
    "programme": "programme programmes program programs project projects projet projets",
    "risk": "risk risks risk register risque risques registre des risques",
    "signal": "signal signals signe signes consentement acces access",
    "site": "site sites camp camps base bases post posts location locations emprise emprises poste postes",
    "unit": "unit units contingent contingents unite unites",
}
"""Words for the kinds that planners keep in workbooks; phrases are matched word by word."""

FIELD_WORDS: dict[str, tuple[str, ...]] = {
    "code": ("id", "ref", "reference", "no", "number", "numero", "identifiant", "site id", "camp id", "risk id"),
    "title": ("name", "title", "nom", "titre", "intitule", "libelle", "site name", "camp name", "activity", "activite"),
    "title_fr": ("french name", "nom francais", "titre francais", "title french"),
    "owner": ("responsible", "responsible office", "lead", "office", "responsable", "risk owner", "bureau"),
    "note": ("remarks", "comment", "comments", "notes", "remarques", "observations", "commentaires"),
    "area": ("county", "region", "province", "district", "department", "comte", "zone", "departement", "location"),
    "latitude": ("lat", "y"),
    "longitude": ("lon", "long", "lng", "x"),
    "military": ("troops", "soldiers", "militaires", "military personnel"),
    "police": ("police personnel", "police officers", "policiers"),
    "civilian": ("civilians", "civilian staff", "civils", "personnel civil"),
    "containers": ("sea containers", "conteneurs"),
    "vehicles": ("vehicules",),
    "population": ("inhabitants", "habitants", "population totale"),
    "opened": ("opened on", "since", "ouvert le", "date d ouverture"),
    "start": ("start date", "begin", "from", "date de debut", "debut"),
    "end": ("end date", "to", "until", "date de fin", "fin"),
    "due": ("due date", "deadline", "echeance", "date limite"),
    "done": ("completed", "done on", "completed on", "acheve le", "termine le"),
    "state": ("status", "etat", "statut"),
    "closure.baseline": ("planned closure", "planned handover", "fermeture prevue"),
    "closure.forecast": ("expected closure", "closure date", "date de fermeture", "handover date"),
    "closure.actual": ("closed on", "closed", "handed over", "ferme le"),
    "transfer.baseline": ("planned transfer", "transfert prevu"),
    "transfer.forecast": ("expected transfer", "transfer date", "date de transfert"),
    "transfer.actual": ("transferred on", "transfere le"),
    "cause": ("causes",),
    "event": ("risk event", "risk description", "evenement", "description du risque"),
    "impact": ("consequence", "consequences", "effect"),
    "scores[0].likelihood": ("likelihood", "probability", "probabilite", "vraisemblance"),
    "scores[0].impact": ("impact score", "severity", "gravite", "impact rating"),
    "indicator": ("indicateur", "indicator code"),
    "value": ("valeur", "reading"),
    "date": ("day", "jour", "date of measurement"),
    "group": ("disaggregation", "groupe"),
    "unit": ("unite", "unit of measurement"),
    "need": ("required strength", "besoin", "required"),
    "strength": ("on duty", "effectif", "effectifs"),
    "statement": ("description", "enonce"),
    "budget": ("total budget", "budget total"),
}
"""Words for fields besides their own names."""

SURE = 0.999
LIKELY = 0.78
"""Likeness from which a guess is offered."""


def plain(text: str) -> str:
    """A heading without case, accents and signs."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.findall(r"[a-z0-9]+", bare))


def guess_kind(sheet: str, headings: Collection[str]) -> tuple[str, bool]:
    """The kind a sheet most likely holds, by its name, and whether that is sure; `-` where nothing speaks for any."""
    words = set(plain(sheet).split())
    found = {kind: len(words & set(names.split())) for kind, names in KIND_WORDS.items()}
    best = max(found, key=lambda kind: found[kind])
    if found[best]:
        return best, [*found.values()].count(found[best]) == 1
    if {"indicator", "value", "date"} <= {guess for guess, _ in guess_fields(headings, FIELD_WORDS).values()}:
        return "measurement", False
    return "-", False


def guess_fields(headings: Iterable[str], fields: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """
    Which field each heading most likely means.

    Parameters
    ----------
    headings
        Headings as they stand in the sheet.
    fields
        Dotted names of the fields of the kind.

    Returns
    -------
    dict
        Heading to (field, whether that is sure); a field is given to one heading only, the likeliest; `""` where nothing fits.
    """
    names = {word: f for f in fields for word in (plain(f), *FIELD_WORDS.get(f, ()))}
    likeness = sorted(
        (
            (difflib.SequenceMatcher(None, plain(heading), word).ratio(), heading, field)
            for heading in headings
            for word, field in names.items()
        ),
        key=lambda row: -row[0],
    )
    guessed: dict[str, tuple[str, bool]] = {}
    for ratio, heading, field in likeness:
        if ratio >= LIKELY and heading not in guessed and field not in {f for f, _ in guessed.values()}:
            guessed[heading] = (field, ratio >= SURE)
    return {heading: guessed.get(heading, ("", False)) for heading in headings}
