"""Collects every sentence that people may meet and brings the catalogues in step: new ones empty, forgotten ones gone."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from exitplan.wording.codes import CODES

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "exitplan"
SAYERS = frozenset({"w", "Wanted", "words"})
"""Names whose first argument is a sentence: `w("…")`, `self.w("…")`, `Wanted("…")`, `words("…")`."""
SHARED_FIELDS = ("entry.py", "fields.py")
"""Where fields are declared that entries of every kind have."""
ASKED_ROOMS = ("store", "usecases", "web")
"""Rooms that refuse what people typed, so that what was wanted instead is shown to them."""
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Catalogues carry no clock time, so that an extraction without news changes no byte."""

Sentence = str | tuple[str, str]
Entry = tuple[str | None, Sentence]


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def sentences(source: str) -> Iterator[Sentence]:
    """The sentences of a Python source; those with a singular and a plural as pairs."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        texts = [_text(argument) for argument in node.args[:3]]
        if name in SAYERS or getattr(node.func, "id", None) == "self":
            yield from (text for text in texts[:1] if text)
        elif name == "count" and len(texts) == 3 and texts[0] and texts[1]:
            yield texts[0], texts[1]
        elif name == "Column" and len(texts) == 3 and texts[2]:
            yield texts[2]


def kind_sentences(source: str) -> Iterator[Sentence]:
    """What each kind of entry is: the first line of its class."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", None) == "Entry" for base in node.bases):
            yield (ast.get_docstring(node) or "").split("\n")[0]


def field_sentences(source: str) -> Iterator[Sentence]:
    """What each field of an entry means, and its unit: what a form shows beside it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "about":
            said = (node.args[0], *(word.value for word in node.keywords if word.arg == "unit"))
            yield from (text for part in said if (text := _text(part)))


def refusal_sentences(source: str) -> Iterator[Sentence]:
    """What would have been accepted instead of a refused value: the third argument of `InvalidValue`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "InvalidValue":
            yield from (text for argument in node.args[2:] if (text := _text(argument)))


def menu_sentences(source: str) -> Iterator[Sentence]:
    """The words of a menu: values of the mapping called `MENU_WORDS`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", None) == "MENU_WORDS":
            assert isinstance(node.value, ast.Dict)
            yield from (text for value in node.value.values if (text := _text(value)))


def template_sentences(source: str) -> Iterator[Sentence]:
    """The sentences of a Jinja template."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        name = getattr(call.node, "name", None) or getattr(call.node, "attr", None)
        texts = [argument.value if isinstance(argument, nodes.Const) else None for argument in call.args[:2]]
        if name in SAYERS and texts and isinstance(texts[0], str):
            yield texts[0]
        elif name == "count" and len(texts) == 2 and all(isinstance(text, str) for text in texts):
            yield str(texts[0]), str(texts[1])


def page_sentences(source: str) -> Iterator[Sentence]:
    """The sentences of a page template of the browser: `{% say "…" %}`."""
    yield from re.findall(r'{%\s*say\s+"([^"]+)"', source)


def collected() -> list[Entry]:
    """Every sentence and every word of a code in the package, as (context, sentence), in a fixed order."""
    found: set[Entry] = {(family, words) for family, codes in CODES.items() for words in codes.values()}
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        found |= {(None, sentence) for sentence in (*sentences(source), *menu_sentences(source))}
    for room in ASKED_ROOMS:
        for path in (PACKAGE / room).rglob("*.py"):
            found |= {(None, sentence) for sentence in refusal_sentences(path.read_text("utf-8"))}
    for path in (*(PACKAGE / "domain" / "kinds").glob("*.py"), *map((PACKAGE / "domain").joinpath, SHARED_FIELDS)):
        source = path.read_text("utf-8")
        found |= {(None, sentence) for sentence in (*kind_sentences(source), *field_sentences(source))}
    for path in PACKAGE.rglob("*.j2"):
        found |= {(None, sentence) for sentence in template_sentences(path.read_text("utf-8"))}
    for path in PACKAGE.rglob("*.html"):
        found |= {(None, sentence) for sentence in page_sentences(path.read_text("utf-8"))}
    return sorted(found, key=lambda entry: (entry[0] or "", entry[1] if isinstance(entry[1], str) else entry[1][0]))


def in_step(language: str, old: Catalog | None, entries: list[Entry]) -> Catalog:
    """A catalogue with exactly these sentences, keeping the translations there are."""
    new = Catalog(
        locale=language,
        project="exitplan",
        version="1",
        copyright_holder="",
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        creation_date=UNDATED,
        revision_date=UNDATED,
        fuzzy=False,
        header_comment="# Exitplan: sentences in another language. `make messages` brings this file in step with the code.",
    )
    for context, sentence in entries:
        known = old.get(sentence, context) if old is not None else None
        new.add(sentence, known.string if known is not None else "", context=context)
    return new


def main() -> int:
    """Rewrite every catalogue; say how many sentences wait for words."""
    entries = collected()
    for po in sorted(PACKAGE.glob("locale/*/LC_MESSAGES/exitplan.po")):
        language = po.parts[-3]
        with po.open("rb") as source:
            new = in_step(language, read_po(source, locale=language), entries)
        with po.open("wb") as target:
            write_po(target, new, width=120, sort_output=False, no_location=True)
        waiting = sum(1 for message in new if message.id and not all(_forms(message.string)))
        print(f"{language}: {len(entries)} sentences, {waiting} to be translated")
    return 0


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


if __name__ == "__main__":
    sys.exit(main())
