"""`Wording`: one reader's language. Every sentence of the terminal and the brief is made through it."""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from exitplan.domain.condition import Verdict
from exitplan.domain.findings import Finding, Wanted
from exitplan.domain.results.schedule import Binding
from exitplan.wording import figures
from exitplan.wording.codes import CODES, LANGUAGES
from exitplan.wording.grounds import grounds

LOCALE = Path(__file__).resolve().parent.parent / "locale"


class Wording:
    """
    Sentences in one language.

    Parameters
    ----------
    lang
        `en` or `fr`. Raises ValueError for any other.
    """

    def __init__(self, lang: str = "en") -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"lang: {lang!r} given, one of {', '.join(LANGUAGES)} wanted")
        self.lang = lang
        self._catalogue = gettext.translation("exitplan", LOCALE, languages=[lang], fallback=True)

    @property
    def colon(self) -> str:
        """A colon with the spaces the language puts around it."""
        return f"{figures.NO_BREAK}: " if self.lang == "fr" else ": "

    @property
    def semicolon(self) -> str:
        """A semicolon with the spaces the language puts around it."""
        return f"{figures.NO_BREAK}; " if self.lang == "fr" else "; "

    def quoted(self, text: str) -> str:
        """Somebody's own words in the quotation marks of the language."""
        return f"«{figures.NO_BREAK}{text}{figures.NO_BREAK}»" if self.lang == "fr" else f"“{text}”"

    def __call__(self, text: str, **values: object) -> str:
        """An English sentence in the reader's language, its values put in: `w("{n} of {all} sites", n=3, all=9)`."""
        said = self._catalogue.gettext(text) if text else ""
        return said.format(**values) if values else said

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        """A sentence about a number of things, in the form the number takes; `{n}` is the number."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def code(self, family: str, code: object) -> str:
        """The words of a code of a family of `wording.codes`; the code itself, in readable form, where it is not known."""
        words = CODES.get(family, {}).get(str(code))
        if words is None:
            return str(code).replace("-", " ").replace("_", " ")
        return self._catalogue.pgettext(family, words)

    def codes(self, family: str, codes: Iterable[object]) -> str:
        """Several codes of one family, separated by commas."""
        return ", ".join(self.code(family, code) for code in codes)

    def scale_name(self, scale: str, name: str) -> str:
        """A step of the scales that come along (`likelihood`, `impact`); the name a mission gave its own as it stands."""
        family = f"{scale}_name"
        return self.code(family, name) if name in CODES[family] else name

    def group(self, group: str) -> str:
        """A group written dimension=value, such as `sex=female`, in words; any other text as it is."""
        dimension, _, value = group.partition("=")
        if value in CODES["group_value"]:
            return self.code("group_value", value)
        return f"{self.code('group_dimension', dimension)}{self.colon}{value}" if value else group

    def date(self, day: date | str | None, *, short: bool = False) -> str:
        """A day as people write it; a dash where there is none."""
        return figures.day_text(day, self.lang, short=short)

    def month(self, month: str | None, *, short: bool = False) -> str:
        """A month given as YYYY-MM as people write it; a dash where there is none."""
        return figures.month_text(month, self.lang, short=short)

    def number(self, value: float | None, digits: int | None = None) -> str:
        """A number with the marks of the language; a dash where there is none."""
        return figures.number_text(value, self.lang, digits=digits)

    def share(self, share: float | None, digits: int = 0) -> str:
        """A share of one, in per cent."""
        return figures.percent_text(share, self.lang, digits=digits)

    def chance(self, probability: float | None) -> str:
        """A chance in whole per cent, never 0 or 100."""
        return figures.chance_text(probability, self.lang)

    def chances(self, low: float, high: float) -> str:
        """A band of chances in whole per cent."""
        return figures.chances_text(low, high, self.lang)

    def yes(self, value: bool) -> str:
        """Yes or no."""
        return self("yes") if value else self("no")

    def about(self, reference: str) -> str:
        """A reference written kind:code, such as `gate:G3` or `not:gate:G3`, with the kind in words."""
        kind, _, code = reference.removeprefix("not:").partition(":")
        return f"{self.code('kind', kind)} {code}" if code else self.code("kind", kind)

    def wanted(self, wanted: str) -> str:
        """What a finding or a refused row would have accepted."""
        if isinstance(wanted, Wanted) and wanted.values:
            return self(wanted.template, **{name: self._value(value) for name, value in wanted.values.items()})
        return self(str(wanted))

    def _value(self, value: object) -> object:
        return self.wanted(value) if isinstance(value, Wanted) else value

    def finding(self, finding: Finding) -> str:
        """One finding as a line: what is wrong, where, what was given and what was wanted."""
        what = self.code("finding", finding.code)
        said = what[:1].upper() + what[1:]
        place = " ".join(p for p in (self.code("kind", finding.kind) if finding.kind else "", finding.entry) if p)
        place = ", ".join(p for p in (place, finding.field) if p)
        if place:
            said += f" – {place}"
        if finding.value:
            value = self("nothing") if finding.value in ("none", "nothing") else finding.value
            said += self(": “{value}” given", value=value)
        if finding.wanted:
            said += self("; wanted: {wanted}", wanted=self.wanted(finding.wanted))
        return said + (f" ({finding.where})" if finding.where else "")

    def binding(self, binding: Binding) -> str:
        """What keeps a step from coming earlier, in a few words."""
        words = self.code("binding", binding.kind)
        # The length of its own work and closure needs no name: it is the step's own.
        named = "" if binding.kind in ("duration", "closure_steps") else binding.code.rpartition(":")[2]
        said = f"{words} {named}".strip()
        return f"{said} ({self.month(binding.month, short=True)})" if binding.month else said

    def breach(self, breach: str) -> str:
        """A ceiling, budget or date that a schedule does not keep, given as code:value:value."""
        code, *rest = breach.split(":")
        match code, rest:
            case "ceiling-exceeded", [ceiling, month, excess, months]:
                return self.count(
                    "Ceiling {ceiling} is exceeded in {month} by {excess} people.",
                    "Ceiling {ceiling} is exceeded in {n} months, first in {month} by {excess} people.",
                    int(months),
                    ceiling=ceiling,
                    month=self.month(month),
                    excess=self.number(float(excess)),
                )
            case "budget-exceeded", [budget, month, excess]:
                return self(
                    "Budget {budget}, from {month}, is overspent by {excess}.",
                    budget=budget,
                    month=self.month(month),
                    excess=self.number(float(excess)),
                )
            case "plan-paused", [plan]:
                return self("Plan {plan} is paused now: its pause condition is met.", plan=plan)
            case "deadline-missed", [month, late, never]:
                return self(
                    "Steps after the deadline, {month}: {late}; steps without a feasible month: {never}.",
                    late=self.number(int(late)),
                    never=self.number(int(never)),
                    month=self.month(month),
                )
        return breach

    def change(self, kind: str, value: str) -> str:
        """A former or present value of an entry of some kind: a state in words, a number with its marks, else as it is."""
        for family in (f"{kind}_state", "state", "risk_level"):
            if value in CODES.get(family, {}):
                return self.code(family, value)
        try:
            return self.number(float(value))
        except ValueError:
            return value

    def note(self, note: str) -> str:
        """A note of an import, given as code or code:value."""
        if note in CODES["note"]:
            return self.code("note", note)
        code, _, value = note.partition(":")
        return f"{self.code('note', code)} ({value})" if value else self.code("note", code)

    def grounds(self, verdict: Verdict, *, trigger: bool = False) -> str:
        """Why a verdict is what it is: the reason with its values, since when, and who owes what is missing."""
        return grounds(self, verdict, trigger=trigger)

    def capital(self, text: str) -> str:
        """The text with its first letter in upper case, as at the start of a sentence."""
        return text[:1].upper() + text[1:]
