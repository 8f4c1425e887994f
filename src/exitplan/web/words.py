"""Template tags: sentences of our own catalogue, and dates, numbers and codes in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from exitplan.web import assets
from exitplan.wording import Wording

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: template.Context, sentence: str, **values: Any) -> str:
    """A sentence in the reader's language."""
    w: Wording = context["w"]
    return w(sentence, **values)


@register.simple_tag(takes_context=True)
def code(context: template.Context, family: str, value: str) -> str:
    """The words of a code, such as a state or a reason."""
    w: Wording = context["w"]
    return w.code(family, value)


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: Any) -> str:
    """A date in the reader's language; a dash for none."""
    w: Wording = context["w"]
    return w.date(value) if value else "–"


@register.simple_tag(takes_context=True)
def month(context: template.Context, value: Any) -> str:
    """A month in the reader's language; a dash for none."""
    w: Wording = context["w"]
    return w.month(value) if value else "–"


@register.simple_tag(takes_context=True)
def number(context: template.Context, value: Any) -> str:
    """A number in the reader's language; a dash for none."""
    w: Wording = context["w"]
    return "–" if value is None else w.number(value)


@register.simple_tag(takes_context=True)
def named(context: template.Context, entry: Any) -> str:
    """The title of an entry in the reader's language."""
    w: Wording = context["w"]
    return str(entry.name(w.lang)) if entry is not None else "–"


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: Any) -> str:
    """A day and a time (UTC) in the reader's language; a dash for none."""
    w: Wording = context["w"]
    return f"{w.date(value.date())}, {value:%H:%M} UTC" if value else "–"


@register.simple_tag(takes_context=True)
def colon(context: template.Context) -> str:
    """A colon with the spaces the reader's language puts around it."""
    w: Wording = context["w"]
    return w.colon


@register.simple_tag
def asset(name: str) -> str:
    """The address of a style, script or icon file."""
    return assets.address(name)


@register.simple_tag(takes_context=True)
def finding(context: template.Context, value: Any) -> str:
    """A finding as a sentence."""
    w: Wording = context["w"]
    return w.finding(value)


@register.filter
def figure_svg(figure: Any) -> SafeString:
    """A picture drawn by our own reports, which escape every text they are given."""
    return mark_safe(figure.svg)


@register.filter
def of(values: Any, key: str) -> Any:
    """What stands under a name; nothing where there is none."""
    return values.get(key, "")
