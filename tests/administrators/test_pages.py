"""The pages of the office: each administrator's own doors, links shown once."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions.invitations import invite_to_set_up, take_invitation
from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import (
    Invitation,
    Telling,
    Told,
    User,
)
from shuoshi.common.refusals import Missing, Refused
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from tests.administrators.test_office import KINDS, NEW, REASON, asked, client_of, notes
from tests.matters.house import build_house, raised
from tests.support.signing import signed_in


pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    return build_house()


PAGES = {
    "/office/": ADMINISTRATORS,
    "/office/people/": {Role.SYSADMIN, Role.SECADMIN},
    "/office/people/enter/": {Role.SYSADMIN},
    "/office/people/{person}/": ADMINISTRATORS,
    "/office/people/{person}/ask/reset/": {Role.SYSADMIN},
    "/office/people/{person}/ask/grant/": {Role.SECADMIN},
    "/office/people/{person}/ask/restore/": ADMINISTRATORS,
    "/office/people/{person}/ask/stand_in/": ADMINISTRATORS,
    "/office/people/{person}/ask/relieve/": ADMINISTRATORS,
    "/office/proposals/": ADMINISTRATORS,
    "/office/proposals/{proposal}/": ADMINISTRATORS,
    "/office/units/": {Role.SYSADMIN},
}
POSTS = {
    "/office/people/{person}/invite/": Role.SYSADMIN,
    "/office/people/{person}/let-go/": Role.SYSADMIN,
    "/office/people/{person}/grant/": Role.SECADMIN,
    "/office/people/{person}/sign-out/": Role.SECADMIN,
    "/office/posts/{post}/withdraw/": Role.SECADMIN,
}


def test_each_has_their_own_doors_and_others_find_nothing(house):
    proposal = asked(house, KINDS.RESET)
    there = {
        "person": house.people["handler"].pk,
        "post": house.people["handler"].posts.get().pk,
        "proposal": proposal.pk,
    }
    for who, person in house.people.items():
        client, roles = client_of(house, who), standing_of(person).roles
        for path, allowed in PAGES.items():
            status = 404 if roles.isdisjoint(allowed) else 200
            assert client.get(path.format(**there)).status_code == status, (who, path)
        for path, allowed in POSTS.items():
            if allowed not in roles:
                assert client.post(path.format(**there)).status_code == 404, (who, path)
    assert Client().get("/office/").url.startswith("/accounts/sign-in/")


def test_no_page_of_the_office_shows_a_matter(house):
    matter = raised(house)

    for who in ("sysadmin", "secadmin", "auditor"):
        client = client_of(house, who)
        assert client.get(f"/desk/matters/{matter.number}/").status_code in {403, 404}
        for path in ("/office/", "/office/proposals/"):
            assert matter.number not in client.get(path).text


def test_a_person_is_entered_and_opens_the_account_by_link(house):
    system = client_of(house, "sysadmin")
    form = {"username": "xin", "name": "新来的", "phone": ""}

    page = system.post("/office/people/enter/", form).text
    link = re.search(r"/accounts/invitation/[\w-]+/", page).group()
    assert system.post("/office/people/enter/", form).status_code == 422
    newcomer = Client()
    assert newcomer.get(link).url == "/accounts/invitation/"
    refused = newcomer.post("/accounts/invitation/", {"new": "short", "again": "short"})
    assert refused.status_code == 422
    given = {"new": NEW, "again": NEW}
    # Whoever has the link alone cannot use it.
    assert newcomer.post("/accounts/invitation/", given).status_code == 422
    given["half"] = half_for(house, "xin")
    assert newcomer.post("/accounts/invitation/", given).url == "/desk/"

    person = User.objects.get(username="xin")
    assert person.check_password(NEW)
    again = Client()
    again.get(link)
    assert "这个链接不能用了" in again.get("/accounts/invitation/").text
    assert "这个链接不能用了" in again.post("/accounts/invitation/", given).text
    # With a password, one administrator alone gives no link any more.
    system.post(f"/office/people/{person.pk}/invite/")
    assert not Invitation.objects.filter(ended_at=None).exists()


def half_for(house, username):
    person = User.objects.get(username=username)
    shown = client_of(house, "secadmin").post(f"/office/people/{person.pk}/half/").text
    return "".join(re.findall(r"<span>(\d{4})</span>", shown))


def test_a_link_runs_out(house):
    person = enter_person("xin", name="新某", password=None)
    client_of(house, "sysadmin").post(f"/office/people/{person.pk}/invite/")
    Invitation.objects.update(expires_at=now())

    with pytest.raises(Missing):
        take_invitation("whatever", password=NEW, now=now())
    assert not User.objects.get(pk=person.pk).has_usable_password()


def test_asking_and_confirming_in_the_pages(house):
    person = house.people["handler"].pk
    system, security = client_of(house, "sysadmin"), client_of(house, "secadmin")
    path = f"/office/people/{person}/ask/reset/"
    assert system.post(path, {"reason": ""}).status_code == 422
    there = system.post(path, {"reason": REASON}).url

    assert REASON in security.get(there).text
    shown = security.post(f"{there}confirm/").text
    assert "/accounts/invitation/" in shown
    assert "口令在提出的人" in shown
    half = system.post(f"{there}half/").text
    assert re.search(r"<span>\d{4}</span> <span>\d{4}</span>", half)
    # Neither page can be had again.
    assert system.post(f"{there}half/").status_code == 302
    assert security.post(f"{there}confirm/").status_code == 302


def test_an_empty_house_is_set_up_once_with_three_people(client, db):
    link = invite_to_set_up(by="console", now=now()).link_part
    form = {"code": "DS", "mine": "东山煤矿"}
    for who in ("sysadmin", "secadmin", "auditor"):
        form |= {f"{who}_username": who, f"{who}_name": f"{who}某"}
    assert "这个链接不能用了" in client.get("/office/set-up/").text
    client.get(f"/office/set-up/{link}/")
    same = form | {"auditor_username": "sysadmin"}
    assert client.post("/office/set-up/", same).status_code == 422

    page = client.post("/office/set-up/", form).text

    assert len(re.findall("/accounts/invitation/[\\w-]+/", page)) == 3
    roles = {p.username: set(standing_of(p).roles) for p in User.objects.all()}
    assert roles == {
        "sysadmin": {Role.SYSADMIN},
        "secadmin": {Role.SECADMIN},
        "auditor": {Role.AUDITOR},
    }
    assert not any(person.has_usable_password() for person in User.objects.all())
    assert notes("set_up").count() == 3
    client.get(f"/office/set-up/{link}/")
    assert "这个链接不能用了" in client.post("/office/set-up/", form).text
    with pytest.raises(Refused):
        invite_to_set_up(by="console", now=now())


def test_units_are_founded_by_the_system_administrator(house):
    system = client_of(house, "sysadmin")
    form = {
        "code": "NEW",
        "name": "新区队",
        "under": house.units["root"].pk,
        "kind": "DISTRICT",
    }

    assert system.post("/office/units/", form).status_code == 302
    assert system.post("/office/units/", form).status_code == 422
    assert notes("unit_founded").count() == 1


def test_security_ends_somebody_s_sessions_and_they_are_told(house):
    person = house.people["handler"]
    client = Client()
    signed_in(client, person)

    security = client_of(house, "secadmin")
    security.post(f"/office/people/{person.pk}/sign-out/")

    assert client.get("/accounts/").status_code == 302
    assert Telling.objects.filter(person=person, kind=Told.ENDED).exists()


def backup_of(folder, *, hours):
    begun = now() - timedelta(hours=hours)
    (folder / f"shuoshi-{begun:%Y%m%dT%H%M%S%f}Z.backup").write_bytes(b"")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (None, "没有设置每夜备份"),
        ([], "备份文件夹里还没有一份备份"),
        ([30, 60], "最近一份备份是 30 小时前的，昨夜的没有做成"),
        ([3, 27], "备份正常，最近一份是 3 小时前的"),
    ],
)
def test_the_system_administrator_is_told_how_the_backups_are(
    house, settings, tmp_path, made, said
):
    settings.SHUOSHI_BACKUP_TO = "" if made is None else str(tmp_path)
    for hours in made or []:
        backup_of(tmp_path, hours=hours)

    assert said in client_of(house, "sysadmin").get("/office/").content.decode()
    assert said not in client_of(house, "secadmin").get("/office/").content.decode()
