"""What is asked of the real data for each mission that comes along, and the planning assumptions that fill a site."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Place:
    """One first-level area: its code and names in the dossier, and its people where a number is at hand."""

    code: str
    title: str
    title_fr: str
    population: int


@dataclass(frozen=True)
class Hand:
    """A reading that stands in a document rather than in a data set; typed in by hand, with its source."""

    indicator: str
    date: str
    value: float
    unit: str
    source: str
    confidence: str = "medium"
    verification: str = "self_reported"
    group: str = "total"
    method: str = ""
    note: str = ""


@dataclass(frozen=True)
class Neighbour:
    """Deaths in another country as an indicator: `precise` counts located events, `country` takes the monthly totals."""

    iso3: str
    indicator: str
    data: str
    first: str


@dataclass(frozen=True)
class Job:
    """One mission: where its data lie, from which day it looks, and what its planners assume."""

    folder: str
    iso3: str
    country: str
    title: str
    title_fr: str
    mission: str
    started: date
    as_of: date
    map_month: tuple[int, int]
    places: dict[str, Place]
    places_basis: str
    places_source: str
    places_note: str
    simplify: float
    neighbours: tuple[str, ...]
    abroad: tuple[Neighbour, ...]
    refugees_from: int
    readings: tuple[Hand, ...]
    site_names: dict[str, str] = field(default_factory=dict)
    receiver: str = ""
    cost_per_person: float = 0.0
    formed_police_unit: int = 0
    steps_owner: str = ""


SIERRA_LEONE = Job(
    folder="sierra-leone-2002",
    iso3="SLE",
    country="SL",
    title="Sierra Leone",
    title_fr="Sierra Leone",
    mission="UNAMSIL",
    started=date(1999, 10, 22),
    as_of=date(2002, 9, 30),
    map_month=(2002, 9),
    places={
        "SLE-01": Place("SL-EASTERN", "Eastern Province", "Province de l'Est", 1_358_000),
        "SLE-02": Place("SL-NORTHERN", "Northern Province", "Province du Nord", 1_781_000),
        "SLE-03": Place("SL-SOUTHERN", "Southern Province", "Province du Sud", 1_048_000),
        "SLE-04": Place("SL-WESTERN", "Western Area", "Zone de l'Ouest", 784_000),
    },
    places_basis="assumption",
    places_source="NE-ADMIN1",
    places_note=(
        "Population is an assumption: the national estimate for 2002 shared out by the provincial shares of the 1985 census "
        "(27.3, 35.8, 21.1 and 15.8 %), which are quoted from memory and not verified."
    ),
    simplify=0.004,
    neighbours=("LBR", "GIN"),
    abroad=(Neighbour("LBR", "LIBERIA-DEATHS", "precise", "1999-11"),),
    refugees_from=1999,
    readings=(
        Hand(
            "SLP-STRENGTH",
            "2002-06-24",
            6000,
            "persons",
            "STRATEGYPAGE-2002",
            "low",
            note="Round number of a press summary.",
        ),
        Hand("DISARMED", "2002-05-16", 47000, "persons", "HRW-2002", note="The source says: over 47,000."),
    ),
    receiver="I-SLP-",
    cost_per_person=1000.0,
    steps_owner="Mission Support, UNAMSIL",
)

LIBERIA = Job(
    folder="liberia-2015",
    iso3="LBR",
    country="LR",
    title="Liberia",
    title_fr="Libéria",
    mission="UNMIL",
    started=date(2003, 10, 1),
    as_of=date(2015, 9, 30),
    map_month=(2015, 8),
    places={
        "LBR-01": Place("LR-BOMI", "Bomi", "Comté de Bomi", 84_119),
        "LBR-02": Place("LR-BONG", "Bong", "Comté de Bong", 333_481),
        "LBR-03": Place("LR-GBARPOLU", "Gbarpolu", "Comté de Gbarpolu", 83_388),
        "LBR-04": Place("LR-GRAND-BASSA", "Grand Bassa", "Comté de Grand Bassa", 221_693),
        "LBR-05": Place("LR-CAPE-MOUNT", "Grand Cape Mount", "Comté de Grand Cape Mount", 127_076),
        "LBR-06": Place("LR-GRAND-GEDEH", "Grand Gedeh", "Comté de Grand Gedeh", 125_258),
        "LBR-07": Place("LR-GRAND-KRU", "Grand Kru", "Comté de Grand Kru", 57_913),
        "LBR-08": Place("LR-LOFA", "Lofa", "Comté de Lofa", 276_863),
        "LBR-09": Place("LR-MARGIBI", "Margibi", "Comté de Margibi", 209_923),
        "LBR-10": Place("LR-MARYLAND", "Maryland", "Comté de Maryland", 135_938),
        "LBR-11": Place("LR-MONTSERRADO", "Montserrado", "Comté de Montserrado", 1_118_241),
        "LBR-12": Place("LR-NIMBA", "Nimba", "Comté de Nimba", 462_026),
        "LBR-13": Place("LR-RIVER-CESS", "River Cess", "Comté de River Cess", 71_509),
        "LBR-14": Place("LR-RIVER-GEE", "River Gee", "Comté de River Gee", 66_789),
        "LBR-15": Place("LR-SINOE", "Sinoe", "Comté de Sinoe", 102_391),
    },
    places_basis="fact",
    places_source="CENSUS-2008",
    places_note="Population as counted in the census of March 2008.",
    simplify=0.02,
    neighbours=("SLE", "GIN", "CIV"),
    abroad=(
        Neighbour("CIV", "COTE-DIVOIRE-DEATHS", "country", "2010-01"),
        Neighbour("GIN", "GUINEA-DEATHS", "country", "2010-01"),
    ),
    refugees_from=2003,
    readings=(
        Hand("LNP-STRENGTH", "2015-08-01", 4886, "persons", "TSM-2015", note="Given by the head of police to the press."),
        Hand(
            "LNP-STRENGTH", "2015-08-01", 860, "persons", "TSM-2015", group="sex=female",
            method="computed", note="17.6 % of 4,886, rounded.",
        ),
        Hand(
            "LNP-STRENGTH", "2015-08-01", 4026, "persons", "TSM-2015", group="sex=male",
            method="computed", note="4,886 less 860.",
        ),
        Hand("LNP-WOMEN", "2015-08-01", 17.6, "%", "TSM-2015"),
        Hand("EBOLA-CASES", "2015-03-31", 9798, "persons", "S-2015-275", note="Reported infections since March 2014."),
    ),
    site_names={"Tchien (Zwedru)": "Zwedru"},
    receiver="I-LNP-",
    cost_per_person=1332.0,
    formed_police_unit=121,
    steps_owner="Mission Support, UNMIL",
)  # fmt: skip

JOBS = (SIERRA_LEONE, LIBERIA)
