"""No administrator becomes somebody else, nor opens the house to somebody, alone."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now

from shuoshi.accounts.actions.invitations import invite, take_invitation
from shuoshi.accounts.actions.people import enter_person, give_token
from shuoshi.accounts.actions.sessions import begin_session
from shuoshi.accounts.models import Invitation, Telling, Token, Told, User
from shuoshi.accounts.rules.sessions import How
from shuoshi.common.refusals import Missing, NotPermitted, Refused
from shuoshi.config.console import main
from shuoshi.org.actions.posts import (
    PostRefused,
    enter,
    grant_post,
    invite_again,
    read_first_half,
    sign_out_everywhere,
)
from shuoshi.org.actions.proposals import confirm, propose
from shuoshi.org.actions.structure import found_unit
from shuoshi.org.models import Post, Unit, UnitKind
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.proposals import ProposalKind
from shuoshi.org.rules.roles import Role
from tests.accounts.views.test_second import with_app
from tests.matters.evidence import tables_with
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
NEW = "a sentence nobody else knows"


@pytest.fixture
def house(db):
    return build_house()


def test_nobody_with_a_post_gets_a_first_link(house):
    system = house.standing("sysadmin")

    for person in house.people.values():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        with pytest.raises(Refused, match="两名管理员"):
            invite_again(person, by=system, now=now())
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("trace", ["factor", "session"])
def test_nor_does_who_was_here_before_without_a_post(house, trace):
    person = enter_person("wang", name="王某", password=None)
    if trace == "factor":
        with_app(person)
    else:
        begin_session(person, how=How.COMPANY, device="", now=now())

    with pytest.raises(Refused, match="两名管理员"):
        invite(person, by="person:1", now=now())


def test_who_makes_a_first_link_never_sees_its_half(house):
    system, security = house.standing("sysadmin"), house.standing("secadmin")
    person, invited = enter("wang", name="王某", by=system, now=now())
    assert invited.half == ""
    with pytest.raises(NotPermitted):
        read_first_half(person, by=system, now=now())
    for half in ("", "00000000"):
        with pytest.raises(Refused):
            take_invitation(invited.link_part, password=NEW, half=half, now=now())

    half = read_first_half(person, by=security, now=now())

    assert tables_with(half) == []
    with pytest.raises(Missing):
        read_first_half(person, by=security, now=now())
    take_invitation(invited.link_part, password=NEW, half=half, now=now())
    assert User.objects.get(pk=person.pk).check_password(NEW)


def test_a_new_link_ends_the_half_of_the_one_before(house):
    system, security = house.standing("sysadmin"), house.standing("secadmin")
    person, _invited = enter("wang", name="王某", by=system, now=now())
    half = read_first_half(person, by=security, now=now())

    again = invite_again(person, by=system, now=now())

    with pytest.raises(Refused):
        take_invitation(again.link_part, password=NEW, half=half, now=now())


def test_who_heads_units_below_takes_two(house):
    person, security = house.people["handler"], house.standing("secadmin")
    root = Unit.objects.get(mine=house.mine, parent=None)
    below = house.units["one"]
    leaf = found_unit("L", name="班", under=below, kind=UnitKind.DISTRICT)
    for unit in (root, below):
        with pytest.raises(PostRefused, match="系统管理员确认"):
            grant_post(person, role=Role.UNIT_HEAD, unit=unit, by=security, now=now())
    grant_post(person, role=Role.UNIT_HEAD, unit=leaf, by=security, now=now())

    kind, asked = ProposalKind.GRANT, {"role": Role.UNIT_HEAD, "unit": root}
    proposal = propose(kind, person, reason="机关", by=security, now=now(), **asked)
    confirm(proposal, by=house.standing("sysadmin"), now=now())

    assert Post.objects.filter(person=person, unit=root, ended_on=None).exists()


@pytest.mark.parametrize("who", ["handler", "head", "receiver", "auditor"])
def test_every_post_demands_a_second_factor(house, who):
    client = Client()
    client.force_login(house.people[who])
    session = begin_session(
        house.people[who], how=How.PASSWORD, device="", now=now(), second=False
    )
    kept = client.session
    kept["signed_in"] = str(session.pk)
    kept.save()

    assert "/accounts/sign-in/" in client.get("/accounts/").url


def reads_by(token):
    return (
        Client()
        .get("/api/v1/matters", headers={"Authorization": f"Bearer {token}"})
        .status_code
    )


def test_a_token_without_the_second_factor_is_none(house, settings):
    person = house.people["receiver"]
    plain = give_token(person, purpose="", now=now())[0]
    shown = give_token(person, purpose="", now=now(), second=True)[0]
    assert (reads_by(plain), reads_by(shown)) == (401, 200)

    settings.SHUOSHI_SECOND_FACTOR = False

    assert reads_by(plain) == 200


def test_tokens_end_with_the_sessions(house):
    person, security = house.people["receiver"], house.standing("secadmin")
    token = give_token(person, purpose="", now=now(), second=True)[0]
    client = Client()
    client.force_login(house.people["secadmin"])
    assert "1 个程序" in client.get(f"/office/people/{person.pk}/").text

    sign_out_everywhere(person, by=security, now=now())

    assert reads_by(token) == 401
    assert not Token.objects.exists()


def test_the_console_gives_no_post_past_three_administrators(house, capsys):
    unit = Unit.objects.get(mine=house.mine, parent=None)
    given = ["appoint", house.people["handler"].username, "--role", "CHIEF"]
    given += ["--unit", unit.code]
    with pytest.raises(SystemExit):
        call_command(*given)
    assert "三名管理员" in capsys.readouterr().err

    call_command(*given, "--break-glass")

    assert Role.CHIEF in standing_of(house.people["handler"]).roles
    auditor = house.people["auditor"]
    assert Telling.objects.filter(person=auditor, kind=Told.BREAK_GLASS).exists()


@pytest.mark.parametrize("name", ["changepassword", "createsuperuser", "token"])
def test_the_console_sets_no_password_and_gives_no_token(name, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["shuoshi", name, "somebody"])

    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 2
    assert name in capsys.readouterr().err
