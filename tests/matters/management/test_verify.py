import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from shuoshi.trail.models import Event
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db

CHANGES = {
    "verb": "'accept '",
    "by": "'person:1'",
    "at": "'2020-01-01 00:00:00+00'",
    "detail": '\'{"to": "CLOSED"}\'',
    "words": "'x'",
    "prev_hash": "'0'",
    "hash": "'0'",
}


def verify():
    out = StringIO()
    code = 0
    try:
        call_command("verify", "--json", stdout=out)
    except SystemExit as end:
        code = end.code
    return code, json.loads(out.getvalue())


@pytest.fixture
def story(db):
    return Story(build_house()).closed()


@pytest.fixture
def tamper(vendor):
    """Change the record behind the back of its triggers."""

    def change(sql):
        with connection.cursor() as cursor:
            if vendor == "sqlite":
                cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
            else:
                cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql)

    return change


def test_an_untouched_house_verifies(story):
    code, told = verify()

    assert code == 0
    assert (told["ok"], told["matters"], told["first_bad"]) == (True, 1, None)
    assert told["events"] == Event.objects.count()


@pytest.mark.parametrize("column", CHANGES)
def test_any_changed_column_names_the_event(story, tamper, column):
    tamper(f"UPDATE trail_event SET {column} = {CHANGES[column]} WHERE seq = 3")

    code, told = verify()

    assert code == 1
    assert told["ok"] is False
    assert told["first_bad"]["number"] == story.matter.number
    assert told["first_bad"]["seq"] in ({2, 3} if column == "prev_hash" else {3})


@pytest.mark.parametrize(("where", "seq"), [("seq = 3", 3), ("seq >= 5", 5)])
def test_a_missing_event_is_missed(story, tamper, where, seq):
    tamper(f"DELETE FROM trail_event WHERE {where}")

    code, told = verify()

    assert (code, told["first_bad"]["seq"]) == (1, seq)
    assert told["first_bad"]["why"] == "missing"
