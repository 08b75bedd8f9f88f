import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from shuoshi.matters.actions.committee import found_committee_key
from shuoshi.trail.actions import seal_day
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, build_house


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


def test_a_wrongly_remembered_end_is_the_matters_row_not_an_event(story, tamper):
    tamper(f"UPDATE matters_matter SET version = 99, head_hash = '{'f' * 64}'")

    code, told = verify()

    row = {"number": story.matter.number, "why": "row", "what": "version"}
    assert (code, told["first_bad"]) == (1, row)


@pytest.mark.parametrize("digit", ["0", "f"])
def test_a_matter_under_another_uid_is_no_missing_event(story, tamper, digit):
    own = story.matter.uid.hex
    # Whatever it began with, it is another one now.
    uid = digit + ("1" if own[1] == "0" else "0") + own[2:]
    tamper(f"UPDATE matters_matter SET uid = '{uid}'")

    code, told = verify()

    assert code == 1
    assert told["first_bad"]["why"] in {"row", "ownerless"}


def test_what_lies_under_the_committees_key_is_proved_by_its_columns(db, tamper):
    house = build_house()
    found_committee_key(
        "井口的风每天早上都很凉，要加衣", by=house.standing("discipline"), now=NOW
    )
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    assert verify()[0] == 0
    tamper("UPDATE matters_matter SET returns = 7")
    row = {"number": story.matter.number, "why": "row", "what": "returns"}
    assert verify()[1]["first_bad"] == row


def test_what_waits_too_long_for_its_seal_is_told(story, capsys):
    events = Event.objects.count()

    assert verify()[1]["unsealed"] == events
    call_command("verify")
    assert f"有 {events} 条两天前的记录还没有日封" in capsys.readouterr().out
    seal_day(NOW.date(), now=now())
    code, told = verify()
    assert (code, told["ok"], told["unsealed"]) == (0, True, 0)
