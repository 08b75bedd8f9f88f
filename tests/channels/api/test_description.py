"""The API does what its description says, whatever the description allows."""

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.table import STEPS
from tests.channels.spoken import Program, Spoken


pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Of the steps, those whose fields show every kind of answer.
ALSO = {
    "triage",
    "accept",
    "answer",
    "deliver_part",
    "call_deliberation",
    "merge",
    "rate",
}


@pytest.fixture
def description(house):
    """Read the description as a client would, in the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def is_wanted(path):
    _, acts, name = path.partition("/actions/")
    return not acts or name in ALSO


def test_the_description_is_there_and_the_page_of_documentation_is_not(client, house):
    assert client.get("/api/openapi.json").json()["openapi"].startswith("3.")
    assert client.get("/api/docs").status_code == 404


@pytest.mark.parametrize("who", ["nobody", "receiver"])
def test_the_api_keeps_to_its_description(client, house, description, who):
    story = Spoken(house).handling()
    headers = {} if who == "nobody" else Program(client, house.people[who]).headers
    known = {"number": story.matter.number, "receipt": story.receipt, "door": "speak"}

    for found in description.get_all_operations():
        operation = found.ok()
        if not is_wanted(operation.path):
            continue

        @hypothesis.settings(max_examples=12, suppress_health_check=list(HealthCheck))
        @hypothesis.given(
            case=operation.as_strategy(), there=hypothesis.strategies.booleans()
        )
        def tried(case, there):
            if there:
                case.path_parameters = {
                    name: known[name] for name in case.path_parameters or {}
                }
            case.call_and_validate(headers=headers, checks=CHECKS)

        tried()


def test_every_step_of_the_table_has_an_address(client, house):
    paths = client.get("/api/openapi.json").json()["paths"]

    staff = {path.rpartition("/")[2] for path in paths if "{number}/actions/" in path}
    speaker = {
        path.rpartition("/")[2] for path in paths if "{receipt}/actions/" in path
    }
    assert staff == {name for name, step in STEPS.items() if step.sources}
    assert speaker == {
        name for name, step in STEPS.items() if step.by is Permission.SPEAK
    }
