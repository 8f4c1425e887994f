"""Random and hostile input over the whole OpenAPI document: whatever is sent, no 500, and every answer is as described."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from exitplan.web.api.operations import OPERATIONS

EXAMPLES = 8
"""Calls of each operation and kind of input."""

BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document() -> Any:
    """The whole document as schemathesis reads it, over an application in this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis
        from django.core.handlers.wsgi import WSGIHandler

        from exitplan.web.api.mount import described

        read = schemathesis.openapi.from_dict(described())
        read.app = WSGIHandler()
        return read


@pytest.fixture
def hostile(program_of: Any, document: Any) -> Any:
    """The document, and the headers of a program that calls with an owner's key."""
    from django.test import override_settings

    with warnings.catch_warnings(), override_settings(ALLOWED_HOSTS=["*"]):
        warnings.simplefilter("ignore")
        yield document, {**program_of("owner").headers, "Accept-Encoding": "identity"}


def attack(hostile: Any, name: str, mode: str, checks: list[Any]) -> None:
    """Call one operation with generated input. Raises what a check finds."""
    from schemathesis.generation import GenerationMode

    schema, headers = hostile
    found = schema.find_operation_by_id(name)

    @BOUNDED
    @given(case=found.as_strategy(generation_mode=GenerationMode(mode)))
    def call(case: Any) -> None:
        if "mission" in case.path_parameters:
            case.path_parameters["mission"] = "KASANDA"
        case.call_and_validate(headers=headers, checks=checks)

    call()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [o.name for o in OPERATIONS if o.name != "openapi"]
)  # it is what the others are read from
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_no_input_breaks_an_operation(hostile, name, mode):
    """Sound and unsound input: never a 500, and status, type and body of each answer as the document says."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    attack(hostile, name, mode, checks)


def test_a_bug_behind_an_operation_is_noticed(hostile, monkeypatch):
    """The test above can fail: a handler that breaks is a 500 with a reference, and nothing of the fault is told."""
    from schemathesis.checks import not_a_server_error
    from schemathesis.core.failures import FailureGroup

    monkeypatch.setattr("exitplan.usecases.people.missions_of", lambda *_: 1 / 0)

    with pytest.raises(FailureGroup, match="Exitplan has made a mistake of its own"):
        attack(hostile, "missions", "positive", [not_a_server_error])
