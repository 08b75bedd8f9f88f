"""What is kept from somebody cannot be told from what is not there: not by words, not by work."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuoshi.accounts.actions.people import give_token
from tests.access.real_doors import LATER
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db

ABSENT = "2026-9999"
# What differs from one answer to the next, whatever was asked.
SECRET = re.compile(r'value="[A-Za-z0-9]{64}"')
SAVEPOINT = re.compile(r'"s[0-9]+_x[0-9]+"')
ASKED = [
    ("GET", "/desk/matters/{}/"),
    ("GET", "/desk/matters/{}/slip/"),
    ("POST", "/desk/matters/{}/speaker/"),
    ("GET", "/desk/matters/{}/do/add_note/"),
    ("POST", "/desk/matters/{}/do/triage/"),
    ("GET", "/desk/matters/{}/files/12345678-1234-4234-8234-123456789abc/"),
    ("GET", "/desk/matters/{}/letters/decline/2026-1/"),
    ("GET", "/desk/search/?q={}"),
    ("GET", "/api/v1/matters/{}"),
    ("GET", "/api/v1/matters?q={}"),
    ("POST", "/api/v1/matters/{}/speaker"),
    ("POST", "/api/v1/matters/{}/actions/recuse"),
]


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def hidden(house):
    """Return the number of a matter about the coordinator."""
    Story(house)
    story = Story(house).take(
        "name_object", "receiver", objects=[house.people["coordinator"]], reason="写明"
    )
    return story.matter.number


def asked(client, method, path, number, token):
    rest = {}
    if path.startswith("/api/"):
        rest["headers"] = {"Authorization": f"Bearer {token}"}
    if path.startswith("/api/") and method == "POST":
        rest |= {"data": {"reason": "x"}, "content_type": "application/json"}
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = getattr(client, method.lower())(path.format(number), **rest)
    told = SECRET.sub("", answer.content.decode()).replace(number, ABSENT)
    shapes = [SAVEPOINT.sub("", query["sql"])[:24] for query in queries]
    return answer.status_code, told, shapes


@pytest.mark.parametrize("who", ["coordinator", "mate"])
@pytest.mark.parametrize(("method", "path"), ASKED)
def test_kept_and_absent_read_the_same_and_take_the_same_work(
    client, house, hidden, who, method, path
):
    person = house.people[who]
    client.force_login(person)
    token, _expires = give_token(person, purpose="test", now=LATER, second=True)
    # What is remembered of the organisation is learnt before.
    asked(client, method, path, "2026-8888", token)

    kept = asked(client, method, path, hidden, token)
    absent = asked(client, method, path, ABSENT, token)

    assert kept == absent


def test_a_form_does_not_tell_a_kept_number_from_none(client, house, hidden):
    other = Story(house).matter
    client.force_login(house.people["coordinator"])
    url = f"{other.get_absolute_url()}do/merge/"

    def told(number):
        sent = {"into": number, "reason": "同一件事", "version": other.version}
        text = client.post(url, sent).text
        return SECRET.sub("", text).replace(number, ABSENT)

    kept, absent = told(hidden), told(ABSENT)

    assert "没有找到这个编号" in kept
    assert kept == absent
