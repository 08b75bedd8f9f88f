"""The three who run the house: each their part, two for what is grave, none reads matters."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions.invitations import take_invitation
from shuoshi.accounts.actions.people import change_password, enter_person
from shuoshi.accounts.models import (
    Authenticator,
    Invitation,
    Session,
    Telling,
    Told,
    User,
)
from shuoshi.common.refusals import Missing, NotPermitted, Outdated, Refused
from shuoshi.org.actions.posts import grant_post, let_go, withdraw_post
from shuoshi.org.actions.proposals import (
    confirm,
    decline,
    end_stand_ins,
    propose,
    read_half,
)
from shuoshi.org.actions.structure import appoint
from shuoshi.org.models import Post, Proposal
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.apart import NotApart
from shuoshi.org.rules.proposals import ProposalKind, ProposalRefused
from shuoshi.org.rules.roles import Role
from shuoshi.platforms.rules.setup import PLATFORMS, account
from shuoshi.trail.models import Event
from tests.accounts.views.test_second import with_app
from tests.matters.evidence import tables_with
from tests.matters.house import build_house
from tests.support.signing import running


pytestmark = pytest.mark.django_db
KINDS = ProposalKind
REASON = "手机掉进水仓，本人已到办公室核实。"
NEW = "a sentence nobody else knows"


@pytest.fixture
def house(db):
    return build_house()


def client_of(house, who):
    client = Client()
    client.force_login(house.people[who])
    return client


def notes(verb):
    return Event.objects.filter(verb=f"note.org.{verb}")


def asked(house, kind, who="handler", by="sysadmin", **told):
    person = house.people[who]
    standing = house.standing(by)
    return propose(kind, person, reason=REASON, by=standing, now=now(), **told)


def agreed(house, proposal, by="secadmin"):
    return confirm(proposal, by=house.standing(by), now=now())


def test_two_can_reset_and_neither_alone(house):
    person = house.people["handler"]
    change_password(person, password="the old sentence", now=now())
    running(person)

    proposal = asked(house, KINDS.RESET)
    invited = agreed(house, proposal)
    assert invited.half == ""
    proposal = Proposal.objects.get()

    # The one who confirmed has the link alone, the one who asked the half alone.
    with pytest.raises(NotPermitted):
        read_half(proposal, by=house.standing("secadmin"), now=now())
    for half in ["", "12345678"]:
        with pytest.raises(Refused):
            take_invitation(invited.link_part, password=NEW, half=half, now=now())
    assert User.objects.get(pk=person.pk).check_password("the old sentence")
    half = read_half(proposal, by=house.standing("sysadmin"), now=now())
    assert tables_with(half) == tables_with(invited.link_part) == []
    with pytest.raises(Outdated):
        read_half(Proposal.objects.get(), by=house.standing("sysadmin"), now=now())

    take_invitation(invited.link_part, password=NEW, half=half, now=now())

    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert not Session.objects.filter(person=person, ended_at=None).exists()
    assert Telling.objects.filter(person=person, kind=Told.RESET).exists()
    with pytest.raises(Missing):
        take_invitation(invited.link_part, password=NEW, half=half, now=now())


def test_a_reset_leaves_the_second_factor(house):
    person = house.people["receiver"]
    with_app(person)

    agreed(house, asked(house, KINDS.RESET, "receiver"))

    assert Authenticator.objects.filter(person=person).exists()


@pytest.mark.parametrize("by", ["sysadmin", "chief", "coordinator"])
def test_nobody_confirms_alone_or_out_of_turn(house, by):
    proposal = asked(house, KINDS.RESET)

    with pytest.raises(NotPermitted):
        agreed(house, proposal, by)

    assert not Invitation.objects.exists()
    assert Proposal.objects.get().decided_at is None


@pytest.mark.parametrize("who", ["secadmin", "auditor", "chief", "handler"])
def test_only_the_post_that_asks_may_ask(house, who):
    with pytest.raises(NotPermitted):
        asked(house, KINDS.RESET, by=who)


@pytest.mark.parametrize("kind", [KINDS.RESTORE, KINDS.UNLOCK, KINDS.RESET])
def test_nobody_asks_for_oneself(house, kind):
    with pytest.raises(ProposalRefused):
        asked(house, kind, "sysadmin")


def test_nobody_confirms_for_oneself(house):
    proposal = asked(house, KINDS.RESTORE, "secadmin")

    with pytest.raises(NotPermitted):
        agreed(house, proposal)
    agreed(house, proposal, "auditor")


def test_the_database_too_wants_two(house):
    proposal = asked(house, KINDS.RESET)

    for taken in [
        {"decided_by": proposal.asked_by, "decided_at": now()},
        {"decided_by": proposal.person, "decided_at": now()},
        {"person": proposal.asked_by},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(**taken)


def test_what_nobody_confirmed_in_a_day_runs_out(house):
    proposal = asked(house, KINDS.RESET)

    with pytest.raises(Outdated):
        confirm(
            proposal,
            by=house.standing("secadmin"),
            now=now() + timedelta(hours=24, minutes=1),
        )


def test_a_proposal_is_decided_once(house):
    proposal = asked(house, KINDS.RESET)
    decline(proposal, by=house.standing("secadmin"), now=now())

    with pytest.raises(Outdated):
        agreed(house, proposal)
    assert not Invitation.objects.exists()


def test_break_glass_is_announced_and_on_record(house):
    person, auditor = house.people["receiver"], house.people["auditor"]
    with_app(person)
    running(person)

    proposal = asked(house, KINDS.RESTORE, "receiver")
    assert Telling.objects.filter(person=auditor, kind=Told.BREAK_GLASS).count() == 1
    agreed(house, proposal)

    assert not Authenticator.objects.filter(person=person).exists()
    assert not Session.objects.filter(person=person, ended_at=None).exists()
    assert Telling.objects.filter(person=person, kind=Told.RESTORED).exists()
    assert [
        notes(f"break_glass_{what}").count() for what in ("asked", "confirmed")
    ] == [
        1,
        1,
    ]
    page = client_of(house, "auditor").get("/office/").text
    assert "启用了应急程序" in page
    assert "应急：清除第二重验证并重设密码" in page
    assert tables_with("水仓") == []


def test_a_stand_in_ends_by_itself(house):
    unit = house.units["party"]
    proposal = asked(
        house, KINDS.STAND_IN, "mate", role="COORDINATOR", unit=unit, hours=2
    )
    agreed(house, proposal, "auditor")
    assert Role.COORDINATOR in house.standing("mate").roles

    assert end_stand_ins(now=now() + timedelta(hours=1)) == 0
    assert end_stand_ins(now=now() + timedelta(hours=2, minutes=1)) == 1

    assert Role.COORDINATOR not in house.standing("mate").roles
    assert notes("break_glass_ended").count() == 1
    assert end_stand_ins(now=now() + timedelta(hours=3)) == 0


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("mate", {"role": "SECADMIN", "hours": 2}),
        ("mate", {"role": "COORDINATOR", "hours": 73}),
        ("mate", {"role": "COORDINATOR", "hours": None}),
        ("mate", {"role": "KING", "hours": 2}),
        ("auditor", {"role": "COORDINATOR", "hours": 2}),
    ],
)
def test_break_glass_lets_no_administrator_read(house, who, told):
    with pytest.raises(ProposalRefused):
        asked(house, KINDS.STAND_IN, who, unit=house.units["party"], **told)


def test_another_mine_is_not_ours(house):
    other = build_house("OTHER")

    with pytest.raises(ProposalRefused):
        propose(
            KINDS.RESET,
            other.people["handler"],
            reason=REASON,
            by=house.standing("sysadmin"),
            now=now(),
        )
    proposal = asked(house, KINDS.RESET)
    with pytest.raises(NotPermitted):
        confirm(proposal, by=other.standing("secadmin"), now=now())
    client = client_of(other, "secadmin")
    assert client.get(f"/office/proposals/{proposal.pk}/").status_code == 404
    person = house.people["handler"].pk
    assert client.get(f"/office/people/{person}/").status_code == 404


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Role.SYSADMIN, Role.SECADMIN),
        (Role.AUDITOR, Role.SYSADMIN),
        (Role.SECADMIN, Role.MEMBER),
        (Role.COORDINATOR, Role.AUDITOR),
    ],
)
def test_administrators_are_three_people_and_nothing_else(house, first, second):
    person = enter_person("new", name="新某", password=None)
    appoint(person, role=first, unit=house.units["party"])

    with pytest.raises(NotApart):
        appoint(person, role=second, unit=house.units["party"])


def test_the_database_too_keeps_administrators_apart(house):
    held = house.people["sysadmin"].posts.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            mine=held.mine, unit=held.unit, person=held.person, role="AUDITOR"
        )


def test_security_grants_plain_posts_alone_and_grave_ones_with_another(house):
    by, unit = house.standing("secadmin"), house.units["two"]
    person = house.people["mate"]
    running(person, second=False)

    grant_post(person, role=Role.UNIT_HEAD, unit=unit, by=by, now=now())
    assert Role.UNIT_HEAD in standing_of(person).roles
    assert not Session.objects.filter(person=person, ended_at=None).exists()
    with pytest.raises(Refused):
        grant_post(person, role=Role.COORDINATOR, unit=unit, by=by, now=now())
    proposal = asked(
        house, KINDS.GRANT, "mate", "secadmin", role="COORDINATOR", unit=unit
    )
    agreed(house, proposal, "sysadmin")

    assert Role.COORDINATOR in standing_of(person).roles
    assert notes("post_granted").count() == 2


def test_security_gives_itself_nothing_and_takes_no_administrator_away(house):
    by = house.standing("secadmin")
    with pytest.raises(Refused):
        grant_post(
            house.people["secadmin"],
            role=Role.MEMBER,
            unit=house.units["one"],
            by=by,
            now=now(),
        )
    with pytest.raises(Refused):
        withdraw_post(house.people["auditor"].posts.get(), by=by, now=now())
    with pytest.raises(Refused):
        let_go(house.people["auditor"], by=house.standing("sysadmin"), now=now())

    assert house.standing("auditor").roles == {Role.AUDITOR}


def test_two_relieve_an_administrator_and_the_auditor_is_told(house):
    proposal = asked(house, KINDS.RELIEVE, "sysadmin", "secadmin", role="SYSADMIN")
    with pytest.raises(NotPermitted):
        agreed(house, proposal, "sysadmin")
    agreed(house, proposal, "auditor")

    assert not house.standing("sysadmin").roles
    assert Telling.objects.filter(person=house.people["auditor"]).exists()


def test_a_withdrawn_post_ends_the_sessions(house):
    client = client_of(house, "handler")

    withdraw_post(
        house.people["handler"].posts.get(), by=house.standing("secadmin"), now=now()
    )

    assert client.get("/accounts/").status_code == 302


def test_a_platform_half_set_up_says_what_is_missing(client, settings):
    house = build_house()
    told = {"SHUOSHI_QQ_APPID": "102"}
    found = {one: account(one, told) for one in PLATFORMS}
    settings.SHUOSHI_PLATFORMS = found
    client.force_login(house.people["sysadmin"])

    page = client.get("/office/").content.decode()

    assert "QQ 还没有接通，缺少：SHUOSHI_QQ_SECRET。" in page
    client.force_login(house.people["auditor"])
    assert "SHUOSHI_QQ_SECRET" not in client.get("/office/").content.decode()
