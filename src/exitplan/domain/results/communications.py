"""`exitplan communications`: who is told what about each hand-over, in which order, and rumours that wait for an answer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from exitplan.domain.fields import Day
from exitplan.domain.results.base import Named, ResultPart

MessageState = Literal["given", "late", "planned"]
TellingGap = Literal["no-message", "people-not-told", "others-first", "people-told-late", "no-language"]


class MessageLine(Named):
    """One message."""

    audience: str
    reaches: str | None = Field(description="Whom that is: `people_concerned` come before anybody else.")
    message: str
    message_fr: str | None = None
    languages: tuple[str, ...] = ()
    channel: str = ""
    owner: str = ""
    date: Day
    done: Day | None
    state: MessageState
    days: int | None = Field(None, description="Days from the transfer to the message; negative before it.")

    def said(self, lang: str) -> str:
        """The message in the reader's language."""
        return (self.message_fr if lang == "fr" else None) or self.message


class Told(Named):
    """One hand-over and what is told about it."""

    transfer: Day | None = Field(description="Day of the transfer: actual, else expected, else first planned.")
    transferred: bool
    messages: tuple[MessageLine, ...]
    gaps: tuple[TellingGap, ...] = Field(description="What is missing or in the wrong order.")


class RumourLine(Named):
    """One rumour."""

    audience: str = Field(description="Among whom it is heard.")
    message: str
    message_fr: str | None = None
    owner: str = ""
    handover: str | None = None
    heard: Day
    answer: str = ""
    answer_fr: str | None = None
    answered: Day | None
    days_open: int = Field(description="Days from hearing it to the answer, or to the day looked from.")

    def said(self, lang: str) -> str:
        """The rumour in the reader's language."""
        return (self.message_fr if lang == "fr" else None) or self.message

    def reply(self, lang: str) -> str:
        """The answer in the reader's language."""
        return (self.answer_fr if lang == "fr" else None) or self.answer


class CommunicationsResult(ResultPart):
    """The plan: hand-overs nobody is told about first, then those with other gaps; open rumours first."""

    handovers: tuple[Told, ...]
    general: tuple[MessageLine, ...] = Field(description="Messages that go with no hand-over.")
    rumours: tuple[RumourLine, ...]
    late: int = Field(description="Messages whose day has passed and that were not given.")
    untold: int = Field(description="Hand-overs still to come without a message.")
