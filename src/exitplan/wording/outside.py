"""Sentences on the outside view: what a chance from other countries' years rests on, for the terminal and the brief."""

from __future__ import annotations

from exitplan.domain.results.stability import OutsideChance
from exitplan.wording.sentences import Wording


def rests_on(w: Wording, chance: OutsideChance) -> str:
    """Which countries' years it comes from, what is known of this one, how the years before its record are taken, and hindsight."""
    said = [
        w("From countries after or beside violence, 1990 to 2019, by their own record alone.")
        if chance.surroundings is None
        else w(
            "From countries after or beside violence, 1990 to 2019, by their record, and by refugees and violence in "
            "neighbouring countries at the end of {year}.",
            year=str(chance.surroundings),
        )
    ]
    if chance.years_known is not None:
        said.append(
            w(
                "{n} years are on record. Of the years before nothing is known: no calm is assumed in them, and they are taken "
                "to have been on average like those on record.",
                n=w.number(chance.years_known),
            )
        )
    if chance.saw_beyond:
        said.append(
            w(
                "The coefficients were fitted on later events too, perhaps of this country: looking back, they know more "
                "than was known then."
            )
        )
    return " ".join(said)
