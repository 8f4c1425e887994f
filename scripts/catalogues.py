"""Checks the sentence catalogues: every sentence translated in every language, with its placeholders, and compiled."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "src" / "exitplan" / "locale"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)[^{}]*\}")


def placeholders(sentence: str) -> set[str]:
    """The names of the values a sentence takes, written `{name}` or `%(name)s`."""
    return {percent or brace for percent, brace in PLACEHOLDER.findall(sentence)}


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The singular and plural forms of a sentence; one form where there is no plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def _message_faults(message: Message) -> list[str]:
    source, target = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        return ["is marked fuzzy"]
    if not all(target):
        return ["is not translated"]
    wanted = set().union(*map(placeholders, source))
    # One form of a plural may leave the number out ("one site"), but none may ask for a value that is not given.
    if any(placeholders(form) - wanted for form in target) or wanted - set().union(*map(placeholders, target)):
        return [f"wants the placeholders {sorted(wanted)}"]
    return []


def faults(catalogues: Mapping[str, Catalog]) -> list[str]:
    """Everything wrong with the catalogues of all languages, one line a fault.

    Parameters
    ----------
    catalogues
        The catalogue of each language code, such as `en` and `fr`.
    """
    found = []
    everything = {_forms(m.id)[0] for catalogue in catalogues.values() for m in catalogue if m.id}
    for language, catalogue in sorted(catalogues.items()):
        messages = [m for m in catalogue if m.id]
        for missing in sorted(everything - {_forms(m.id)[0] for m in messages}):
            found.append(f"{language}: {missing!r} is missing")
        for message in messages:
            found += [f"{language}: {_forms(message.id)[0]!r} {fault}" for fault in _message_faults(message)]
    return found


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as the bytes of a .mo file."""
    target = BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def main() -> int:
    """Check the catalogues of the package; 1 when there is a fault."""
    files = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
    catalogues = {}
    found = []
    for po in files:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        catalogues[po.parts[-3]] = catalogue
        mo = po.with_suffix(".mo")
        if not mo.is_file() or mo.read_bytes() != compiled(catalogue):
            found.append(f"{po.parts[-3]}: {mo.name} is not compiled from {po.name}")
    found += faults(catalogues)
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
