import base64
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.utils.timezone import now

from shuoshi.accounts.actions.factors import (
    confirm_app,
    give_recovery_codes,
    prepare_app,
)
from shuoshi.accounts.actions.passkeys import (
    Site,
    begin_registration,
    finish_registration,
)
from shuoshi.accounts.actions.people import deactivate, give_token
from shuoshi.accounts.models import User
from shuoshi.accounts.rules.totp import code_at, step_at
from shuoshi.matters.actions.committee import found_committee_key
from shuoshi.matters.actions.raising import receipt_digest
from shuoshi.matters.models import Matter
from shuoshi.matters.queries import proving
from shuoshi.org.actions.posts import grant_post, withdraw_post
from shuoshi.org.models import Post
from shuoshi.org.rules.roles import Role
from shuoshi.trail.actions import seal_day
from shuoshi.trail.models import Event
from tests.accounts.device import Device
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db

PASSPHRASE = "井口的风每天早上都很凉，要加衣"
SITE = Site("testserver", "http://testserver")

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
    found_committee_key(PASSPHRASE, by=house.standing("discipline"), now=NOW)
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    assert verify()[0] == 0
    tamper("UPDATE matters_matter SET returns = 7")
    row = {"number": story.matter.number, "why": "row", "what": "returns"}
    assert verify()[1]["first_bad"] == row


INSERTED = (
    "INSERT INTO matters_release (matter_id, to_id, asked_by_id, asked_at, until,"
    " granted_by_id, decided_at) SELECT m.id, {handler}, {chief}, '2026-01-01',"
    " '2030-01-01', {coordinator}, '2026-01-01' FROM matters_matter m"
)
HANGING = {
    "UPDATE matters_matter SET names_objects = false": "names_objects",
    "DELETE FROM matters_objectnamed": "objects_named",
    "UPDATE matters_objectnamed SET person_id = {mate}": "objects_named",
    INSERTED: "releases",
    "UPDATE matters_matter SET receipt_digest = 'x'": "receipt",
    "DELETE FROM matters_speaker": "speaker",
    "DELETE FROM matters_part": "parts",
    "UPDATE matters_order SET finish_on = '2030-01-01'": "orders",
    "UPDATE matters_clockentry SET amount = 99": "clock",
    "UPDATE matters_letter SET serial = 7": "letters",
    "UPDATE matters_matter SET title = 'x'": "title",
    "UPDATE matters_matter SET unit_id = (SELECT max(id) FROM org_unit)": "unit_id",
    "UPDATE matters_matter SET place = '三采区'": "place",
    "UPDATE matters_matter SET ask_until = '2030-01-01'": "ask_until",
    "UPDATE matters_matter SET reviews = 2": "reviews",
}


@pytest.mark.parametrize("sql", HANGING, ids=list(HANGING.values()))
def test_what_hangs_on_a_matter_is_vouched_for(db, tamper, sql):
    """Before any seal, and whoever changed it had the database alone."""
    house = build_house()
    story = Story(house).triaged(
        petition_class="GRIEVANCE", assisting_units=[house.units["two"]]
    )
    story.take("accept", "head", handler=house.people["handler"])
    given = {"demand": "快办", "finish_on": NOW.date() + timedelta(days=9)}
    story.take("supervise", "coordinator", **given)
    about = {"objects": [house.people["other"]], "reason": "说的是他"}
    story.take("name_object", "receiver", **about)
    for table in ("part", "order", "letter", "objectnamed", "speaker"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM matters_{table}")
            assert cursor.fetchone()[0], table
    assert verify()[1]["first_bad"] is None
    people = {who: person.pk for who, person in house.people.items()}

    tamper(sql.format(**people))

    bad = verify()[1]["first_bad"]
    assert (bad["why"], bad["what"]) == ("row", HANGING[sql])


PEOPLE = {
    "UPDATE org_post SET role = 'CHIEF' WHERE role = 'MEMBER'": "post",
    "UPDATE org_post SET unit_id = 1 WHERE role = 'MEMBER'": "post",
    "UPDATE org_charge SET unit_id = (SELECT min(id) FROM org_unit)"
    " WHERE id = (SELECT min(id) FROM org_charge)": "post",
    "INSERT INTO org_post (mine_id, unit_id, person_id, role, title, vouch) SELECT"
    " mine_id, unit_id, person_id, 'CHIEF', '', vouch FROM org_post"
    " WHERE role = 'RECEPTION'": "post",
    "UPDATE accounts_user SET password = 'x' WHERE username = 'mine-chief'": "account",
    "UPDATE accounts_user SET vouch = ''": "account",
    "UPDATE accounts_user SET name = '别人' WHERE username = 'mine-chief'": "account",
    "UPDATE accounts_user SET phone = '1' WHERE username = 'mine-chief'": "account",
    "UPDATE accounts_token SET person_id = {chief}": "account",
    "UPDATE accounts_token SET second = true": "account",
    "UPDATE accounts_token SET expires_at = '2040-01-01'": "account",
    "DELETE FROM accounts_token": "account",
    "INSERT INTO accounts_recoverycode (person_id, digest, made_at)"
    " VALUES ({chief}, 'x', '2026-01-01')": "account",
    "UPDATE accounts_passkey SET person_id = {chief}": "account",
    "UPDATE accounts_passkey SET public = 'x'": "account",
    "UPDATE accounts_authenticator SET person_id = {chief}": "account",
    "UPDATE accounts_authenticator SET secret = 'x'": "account",
    "UPDATE matters_committeekey SET public = 'x'": "committee_key",
    "UPDATE matters_committeekey SET retired_at = '2026-01-01'": "committee_key",
    "UPDATE matters_committeekey SET vouch = ''": "committee_key",
}


@pytest.fixture
def ways_in(story):
    """Give one coordinator every way in that there is, and the committee its key."""
    person, device, at = story.house.people["coordinator"], Device(), NOW
    asked, state = begin_registration(person, SITE)
    answer = device.make(json.dumps(asked, default=dict))
    finish_registration(person, SITE, state=state, answer=answer, name="", now=at)
    _app, secret = prepare_app(person, now=at)
    confirm_app(person, code=code_at(secret, step_at(at)), now=at)
    give_recovery_codes(person, now=at)
    give_token(person, purpose="报表", now=at)
    found_committee_key(PASSPHRASE, by=story.house.standing("discipline"), now=at)


@pytest.mark.parametrize("sql", PEOPLE)
def test_people_and_their_ways_in_are_vouched_for(story, ways_in, tamper, sql):
    assert verify()[1]["first_bad"] is None

    tamper(sql.format(chief=story.house.people["chief"].pk))

    bad = verify()[1]["first_bad"]
    assert bad["why"] == "people"
    assert bad["what"].split()[0] == PEOPLE[sql]


def test_a_post_that_ended_and_was_put_back_as_it_stood_is_found(story):
    house = story.house
    by = house.standing("secadmin")
    unit = house.units["two"]
    given = {"role": Role.MEMBER, "unit": unit}
    post = grant_post(house.people["mate"], **given, by=by, now=NOW)
    stood = Post.objects.filter(pk=post.pk).values("ended_on", "vouch").get()
    withdraw_post(post, by=by, now=NOW)
    assert verify()[1]["first_bad"] is None

    Post.objects.filter(pk=post.pk).update(**stood)

    assert verify()[1]["first_bad"] == {"why": "people", "what": f"post {post.pk}"}
    Post.objects.filter(pk=post.pk).delete()
    assert verify()[1]["first_bad"] == {"why": "people", "what": f"post {post.pk}"}


def test_somebody_let_go_and_put_back_as_they_stood_is_found(story):
    person = story.house.people["mate"]
    stood = User.objects.filter(pk=person.pk).values("is_active", "vouch").get()
    deactivate(person, by=story.house.people["sysadmin"], now=NOW)
    assert verify()[1]["first_bad"] is None

    User.objects.filter(pk=person.pk).update(**stood)

    bad = {"why": "people", "what": f"account {person.username}"}
    assert verify()[1]["first_bad"] == bad


def test_the_database_of_an_older_house_is_not_called_damaged(
    story, tamper, monkeypatch, capsys
):
    def no_such_column():
        raise ProgrammingError("no such column: vouch")

    monkeypatch.setattr(proving, "wrong_committee_keys", no_such_column)
    assert verify()[1]["first_bad"] == {"why": "unreadable"}

    tamper("DELETE FROM django_migrations WHERE name = '0013_committee_key_vouch'")

    with pytest.raises(SystemExit) as end:
        call_command("verify")
    assert (end.value.code, "make setup" in capsys.readouterr().err) == (1, True)


def test_the_newest_matter_is_missed_before_any_seal(story, tamper):
    for table in ("claim", "clockentry", "speaker", "part", "letter", "order"):
        tamper(f"DELETE FROM matters_{table}")
    uid = story.matter.uid
    told = str(uid) if connection.vendor == "postgresql" else uid.hex
    tamper(f"DELETE FROM trail_event WHERE about = '{told}'")
    tamper("DELETE FROM matters_matter")

    assert verify()[1]["first_bad"] == {"why": "series", "what": "matters 2026"}


def test_a_receipt_hashed_anew_under_a_new_key_is_no_change(story, settings):
    receipt = "kept"
    key = base64.b64encode(b"k" * 32).decode()
    settings.SHUOSHI_HASH_KEYS = f"n1:sha256:{key}"
    digest = receipt_digest(receipt)

    Matter.objects.update(receipt_digest=digest)

    assert verify()[1]["first_bad"] is None


def test_what_waits_too_long_for_its_seal_is_told(story, capsys):
    events = Event.objects.count()

    assert verify()[1]["unsealed"] == events
    call_command("verify")
    assert f"有 {events} 条两天前的记录还没有日封" in capsys.readouterr().out
    seal_day(NOW.date(), now=now())
    code, told = verify()
    assert (code, told["ok"], told["unsealed"]) == (0, True, 0)
