"""The check of the sentence catalogues sees what a reader would stumble over."""

from __future__ import annotations

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from scripts.catalogues import compiled, faults, placeholders


def catalogue(language: str, *sentences: tuple[object, object], fuzzy: bool = False) -> Catalog:
    """A catalogue of the given sentences and their translations."""
    result = Catalog(locale=language)
    for source, target in sentences:
        result.add(source, target, flags=["fuzzy"] if fuzzy else [])
    return result


def test_complete_catalogues_have_no_faults():
    """Placeholders may change places, and a plural form may leave its number out."""
    english = catalogue("en", ("{a} of {b}", "{a} of {b}"), (("one site", "{n} sites"), ("one site", "{n} sites")))
    french = catalogue("fr", ("{a} of {b}", "de {b}, {a}"), (("one site", "{n} sites"), ("un site", "{n} sites")))

    assert faults({"en": english, "fr": french}) == []


@pytest.mark.parametrize(
    ("french", "fault"),
    [
        (catalogue("fr"), "fr: 'Gate {code}' is missing"),
        (catalogue("fr", ("Gate {code}", "")), "fr: 'Gate {code}' is not translated"),
        (catalogue("fr", ("Gate {code}", "Porte {code}"), fuzzy=True), "fr: 'Gate {code}' is marked fuzzy"),
        (catalogue("fr", ("Gate {code}", "Porte {kode}")), "fr: 'Gate {code}' wants the placeholders ['code']"),
        (catalogue("fr", ("Gate {code}", "Porte")), "fr: 'Gate {code}' wants the placeholders ['code']"),
    ],
)
def test_an_incomplete_sentence_is_named_with_its_language(french, fault):
    """Each way a translation can be unfit is reported once."""
    assert faults({"en": catalogue("en", ("Gate {code}", "Gate {code}")), "fr": french}) == [fault]


def test_every_fault_is_reported_at_once():
    """A translator gets the whole list, not the first line of it."""
    english = catalogue("en", ("a", "a"), ("b", "b"), ("c", "c"))
    french = catalogue("fr", ("a", ""), ("d", "d"))

    assert len(faults({"en": english, "fr": french})) == 4


def test_both_ways_of_writing_a_placeholder_are_read():
    """Format specifications are no part of the name."""
    assert placeholders("%(sites)s by {day:%Y-%m} and {share:.0%}") == {"sites", "day", "share"}


def test_compiled_sentences_read_back():
    """What is written as .mo is what was translated."""
    french = catalogue("fr", ("Gate", "Porte"))

    assert read_mo(BytesIO(compiled(french)))["Gate"].string == "Porte"
