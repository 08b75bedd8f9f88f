"""The committee unlocks at the desk: one member, one session, and no longer."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions.people import give_token
from shuoshi.accounts.models import Session
from shuoshi.common.sealing import SealLocked
from shuoshi.matters.models import CommitteeHolder, CommitteeKey
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from tests.keys.house import attachment, with_a_photo
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
OWN = "井口的风每天早上都很凉，要加衣"
OTHERS = "食堂后面那棵槐树开了花，真香啊"
SECRET = "张班长收了工友的钱"
PAGE = "/desk/committee/"


@pytest.fixture
def house():
    house = build_house()
    house.enter("secretary", Role.DISCIPLINE, "discipline")
    return house


@pytest.fixture
def story(house):
    story = with_a_photo(house, text=SECRET)
    return story.take("hand_to_discipline", "receiver", reason="检举")


def at_desk(house, who="discipline"):
    client = Client()
    client.force_login(house.people[who])
    return client


def do(client, deed, **given):
    return client.post(PAGE, {"do": deed, **given})


def twice(passphrase):
    return {"passphrase": passphrase, "again": passphrase}


def founding(house):
    client = at_desk(house)
    answer = do(client, "found", **twice(OWN))
    assert answer.status_code == 200
    paper = re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){12}", answer.content.decode())[0]
    return client, paper


def sheet(client, story):
    return client.get(f"/desk/matters/{story.matter.number}/").content.decode()


def readings():
    return Event.objects.filter(verb__contains="read").count()


def test_without_a_key_the_page_says_so_and_leads_to_it(house, story):
    client = at_desk(house)

    page = sheet(client, story)

    assert SECRET in page
    assert "还没有纪委密钥" in page
    assert f'href="{PAGE}"' in page
    assert "建密钥" in client.get(PAGE).content.decode()


def test_while_there_is_no_key_it_is_said_loudly(house):
    """Until then whoever holds the server and its ring opens accusations."""
    desk, office = at_desk(house), at_desk(house, "sysadmin")
    assert "请马上建纪委自己的密钥" in desk.get("/desk/").text
    assert "纪委还没有建自己的密钥" in office.get("/office/").text
    assert "请马上建" not in at_desk(house, "chief").get("/desk/").text

    founding(house)

    assert "请马上建" not in desk.get("/desk/").text
    assert "还没有建自己的密钥" not in office.get("/office/").text


def test_founding_seals_what_was_sealed_and_shows_the_copy_once(house, story):
    client, paper = founding(house)

    assert SECRET in sheet(client, story)
    assert paper not in client.get(PAGE).content.decode()
    assert SECRET not in sheet(at_desk(house), story)
    again = do(client, "unlock", passphrase=OWN)
    assert again.status_code == 422


def test_locked_it_is_a_receipt_and_no_reading(house, story):
    founding(house)
    client, before = at_desk(house), readings()

    page = sheet(client, story)
    speaker = client.post(f"/desk/matters/{story.matter.number}/speaker/")

    assert SECRET not in page
    assert "解锁才能看" in page
    assert "张三丰" not in speaker.content.decode()
    file = client.get(
        f"/desk/matters/{story.matter.number}/files/{attachment(story).pk}/"
    )
    assert (file.status_code, "解锁" in file.content.decode()) == (409, True)
    assert readings() == before
    assert not Event.objects.filter(verb__endswith="found_broken").exists()


def test_unlocked_it_is_read_and_on_record(house, story):
    founding(house)
    client, before = at_desk(house), readings()

    answer = do(client, "unlock", passphrase=OWN, number=story.matter.number)

    assert answer.headers["Location"] == f"/desk/matters/{story.matter.number}/"
    assert SECRET in sheet(client, story)
    assert readings() == before + 1
    cookie = answer.cookies["committee"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert not cookie["max-age"]


def test_a_wrong_passphrase_is_told_beside_the_field(house, story):
    founding(house)
    client = at_desk(house)

    for passphrase in (OTHERS, ""):
        answer = do(client, "unlock", passphrase=passphrase)
        assert answer.status_code == 422
    for _time in range(7):
        answer = do(client, "unlock", passphrase=OTHERS)
    assert "试得太频繁" in answer.content.decode()
    assert SECRET not in sheet(client, story)


def test_one_members_session_unlocks_no_other(house, story):
    client, _paper = founding(house)
    other, again = at_desk(house, "secretary"), at_desk(house)
    for stranger in (other, again):
        stranger.cookies["committee"] = client.cookies["committee"].value
        kept = stranger.session
        kept["committee"] = client.session["committee"]
        kept.save()
        assert SECRET not in sheet(stranger, story)
    assert SECRET in sheet(client, story)


@pytest.mark.parametrize("lost", ["cookie", "session"])
def test_half_of_it_opens_nothing(house, story, lost):
    client, _paper = founding(house)
    if lost == "cookie":
        del client.cookies["committee"]
    else:
        kept = client.session
        del kept["committee"]
        kept.save()
    page = client.get(f"/desk/matters/{story.matter.number}/")

    assert SECRET not in page.content.decode()


def test_locking_and_the_end_of_the_session_lock(house, story):
    client, _paper = founding(house)

    do(client, "lock")
    assert SECRET not in sheet(client, story)
    do(client, "unlock", passphrase=OWN)
    assert SECRET in sheet(client, story)
    Session.objects.update(seen_at=now() - timedelta(hours=1))
    assert client.get(PAGE).status_code == 302
    client.force_login(house.people["discipline"])
    assert SECRET not in sheet(client, story)


def test_a_colleague_is_given_one_and_changes_it(house, story):
    client, _paper = founding(house)
    secretary = house.people["secretary"].pk
    assert do(client, "share", person=house.people["chief"].pk).status_code == 422

    page = do(client, "share", person=secretary).content.decode()

    given = re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){4}", page)[0]
    colleague = at_desk(house, "secretary")
    answer = do(colleague, "unlock", passphrase=given, number=story.matter.number)
    assert answer.headers["Location"] == PAGE
    assert do(colleague, "passphrase", **twice("短")).status_code == 422
    both = {"passphrase": OTHERS, "again": OWN}
    assert "不一样" in do(colleague, "passphrase", **both).content.decode()
    assert do(colleague, "passphrase", **twice(OTHERS)).status_code == 302
    assert SECRET in sheet(colleague, story)
    assert not CommitteeHolder.objects.exclude(expires_at=None).exists()


def test_the_key_is_replaced_and_the_old_copy_is_void(house, story):
    client, paper = founding(house)

    page = do(client, "rotate", **twice(OTHERS))

    assert paper not in page.content.decode()
    assert SECRET in sheet(client, story)
    assert CommitteeKey.objects.count() == 2
    other = at_desk(house, "secretary")
    assert do(other, "unlock", passphrase=paper).status_code == 422
    assert do(other, "nonsense").status_code == 422


@pytest.mark.parametrize("who", ["chief", "coordinator", "secadmin", "sysadmin"])
def test_to_everybody_else_it_is_not_there(house, story, who):
    founding(house)
    client = at_desk(house, who)

    assert client.get(PAGE).status_code == 404
    assert do(client, "unlock", passphrase=OWN).status_code == 404
    assert SECRET not in sheet(client, story)


def test_a_token_gets_the_receipt_and_is_told_why(house, story):
    client, _paper = founding(house)
    token = give_token(
        house.people["discipline"], purpose="test", now=now(), second=True
    )[0]
    before = readings()
    bearer = {"Authorization": f"Bearer {token}"}

    sheet = client.get(f"/api/v1/matters/{story.matter.number}", headers=bearer)
    speaker = client.post(
        f"/api/v1/matters/{story.matter.number}/speaker", headers=bearer
    )

    assert sheet.json()["locked"] == SealLocked().message
    assert sheet.json()["text"] is None
    assert speaker.status_code == 403
    assert SECRET not in sheet.content.decode()
    assert readings() == before
