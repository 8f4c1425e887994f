"""Where the mission is: areas, sites with what must happen before they close, units and assets."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from exitplan.domain.entry import Entry
from exitplan.domain.fields import (
    Amount,
    AreaRef,
    Count,
    Dates,
    GateRef,
    HandoverRef,
    InstitutionRef,
    Line,
    Money,
    Part,
    PartnerRef,
    SiteRef,
    about,
)
from exitplan.domain.states import SiteState

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
StepCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]


class Area(Entry):
    """A piece of the country that is handed over and watched as one."""

    kind: ClassVar[str] = "area"
    plural: ClassVar[str] = "areas"

    level: Literal["country", "region", "district"] = about("Administrative level.", "region")
    parent: AreaRef | None = about("Area it lies in.", None)
    names: dict[Line, Line] = about("Names in other languages, by language code.", default_factory=dict)
    population: Count | None = about("People living there.", None, unit="persons")
    latitude: Latitude | None = about("Latitude of a point inside.", None, unit="degrees")
    longitude: Longitude | None = about("Longitude of a point inside.", None, unit="degrees")
    neighbours: tuple[AreaRef, ...] = about("Areas that violence can reach from here; four nearest where left out.", ())
    cross_border: tuple[Line, ...] = about("Areas of other countries it borders.", ())


class ClosureStep(Part):
    """One thing that must be done before a site is closed, with its lead time."""

    code: StepCode = about("Short code, unique in the site.")
    title: Line = about("What is done.")
    title_fr: Line | None = about("The same in French.", None)
    days: int = about("Lead time once its predecessors are done.", unit="days", ge=0, le=1500)
    after: tuple[StepCode, ...] = about("Steps of this site that come first.", ())
    owner: Line = about("Office that does it.", "")
    certificate: Line = about("Certificate it ends with, such as `environmental clearance`.", "")
    issuer: Line = about("Who signs the certificate.", "")
    done: date | None = about("Day on which it was finished.", None)


class Site(Entry):
    """A camp, post or base of the mission."""

    kind: ClassVar[str] = "site"
    plural: ClassVar[str] = "sites"

    area: AreaRef = about("Area it lies in.")
    type: Literal[
        "headquarters", "sector_headquarters", "camp", "team_site", "police_post", "logistics_base", "airfield"
    ] = about("What it is.", "camp")
    latitude: Latitude = about("Latitude.", unit="degrees")
    longitude: Longitude = about("Longitude.", unit="degrees")
    opened: date | None = about("Day from which the mission has held it.", None)
    military: Count = about("Military personnel there.", 0, unit="persons")
    police: Count = about("Police personnel there.", 0, unit="persons")
    civilian: Count = about("Civilian personnel there.", 0, unit="persons")
    population_around: Count | None = about("People living within reach of its patrols.", None, unit="persons")
    containers: Count = about("Sea containers of cargo to move.", 0, unit="containers")
    vehicles: Count = about("Vehicles to move.", 0, unit="vehicles")
    hub: SiteRef | None = about("Site it is supplied from and which closes later.", None)
    after: tuple[HandoverRef, ...] = about("Hand-overs that must be done before it closes.", ())
    gates: tuple[GateRef, ...] = about("Gates that must be open before it closes.", ())
    receiver: InstitutionRef | None = about("National institution that takes it over.", None)
    receiver_partner: PartnerRef | None = about("Partner that takes it over.", None)
    end_use: Line = about("Civilian or other use agreed for the time after.", "")
    guard: Line = about("Who guards it on nights 1 to 90 after hand-over.", "")
    running_cost_month: Money = about("Running cost.", 0.0, unit="mission currency a month")
    closing_cost: Money = about("One-off cost of closing.", 0.0, unit="mission currency")
    loads: tuple[Amount, ...] = about("Resources its closure uses in each month of closing.", ())
    state: SiteState = about("State now.", "open")
    closure: Dates = about("Dates of its hand-over.", default_factory=Dates)
    steps: tuple[ClosureStep, ...] = about("What must be done before it closes.", ())

    @property
    def personnel(self) -> int:
        """Everyone stationed there."""
        return self.military + self.police + self.civilian

    @property
    def uniformed(self) -> int:
        """Military and police stationed there."""
        return self.military + self.police


class Unit(Entry):
    """A contingent that will be repatriated."""

    kind: ClassVar[str] = "unit"
    plural: ClassVar[str] = "units"

    site: SiteRef | None = about("Where it is stationed.", None)
    type: Literal[
        "infantry", "formed_police", "engineers", "aviation", "medical", "logistics", "signals", "police", "observers"
    ] = about("What it is.")
    personnel: Count = about("People in it.", unit="persons")
    contributor: PartnerRef | None = about("State that contributes it.", None)
    vehicles: Count = about("Vehicles it owns.", 0, unit="vehicles")
    containers: Count = about("Containers it ships.", 0, unit="containers")
    repatriation: Dates = about("Dates of its repatriation.", default_factory=Dates)


class AssetLot(Entry):
    """Goods of one site that leave in one way."""

    kind: ClassVar[str] = "asset_lot"
    plural: ClassVar[str] = "asset_lots"

    site: SiteRef = about("Where it is.")
    group: Literal["I", "II", "III", "IV", "V"] = about("Group of the asset disposal plan.")
    disposition: Literal[
        "undecided",
        "redeploy",
        "reserve",
        "transfer_un",
        "sell_agency",
        "commercial_sale",
        "gift_government",
        "destroy",
        "abandoned_under_duress",
        "lost_or_looted",
    ] = about("Where it goes.", "undecided")
    value: Money = about("Book value.", 0.0, unit="mission currency")
    items: Count = about("Pieces in the lot.", 1, unit="items")
    due: date | None = about("Day by which it must be gone.", None)
    done: date | None = about("Day on which it was gone.", None)


def steps_in_order(site: Site) -> tuple[ClosureStep, ...] | None:
    """The steps of a site, predecessors first; None when they run in a circle or name unknown steps."""
    waiting = {step.code: set(step.after) for step in site.steps}
    if any(not before <= waiting.keys() for before in waiting.values()):
        return None
    ordered: list[ClosureStep] = []
    while waiting:
        ready = [step for step in site.steps if step.code in waiting and not (waiting[step.code] & waiting.keys())]
        if not ready:
            return None
        ordered.extend(ready)
        for step in ready:
            waiting.pop(step.code, None)  # a code used twice is a finding of its own
    return tuple(ordered)


def closing_days(site: Site) -> int:
    """Days the undone steps of a site take along their longest chain (critical path); 0 when none is left."""
    finish: dict[str, int] = {}
    for step in steps_in_order(site) or ():
        start = max((finish[before] for before in step.after), default=0)
        finish[step.code] = start + (0 if step.done else step.days)
    return max(finish.values(), default=0)


__all__ = ["Area", "AssetLot", "ClosureStep", "Site", "Unit", "closing_days", "steps_in_order"]
