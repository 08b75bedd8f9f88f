"""The workbench, the zones and the frame around them."""

from datetime import timedelta

import pytest

from shuoshi.duty.actions.turns import put_on_duty
from tests.matters.house import NOW, Story, raised


@pytest.mark.parametrize("who", ["receiver", "head", "handler", "leader", "chief"])
def test_empty_desk_says_what_to_do(house, sign_in, who):
    answer = sign_in(who).get("/desk/")

    assert answer.status_code == 200
    assert "没有等您办的事" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "says"),
    [("sysadmin", "您管系统"), ("secadmin", "您管授权"), ("auditor", "您管审计")],
)
def test_administrators_have_an_idle_desk(house, sign_in, who, says):
    raised(house)
    client = sign_in(who)

    text = client.get("/desk/").content.decode()

    assert says in text
    assert "2026-0001" not in text
    for closed in (
        "ledger/",
        "search/?q=食堂",
        "zones/intake/",
        "register/",
        "notices/",
    ):
        assert client.get(f"/desk/{closed}").status_code == 403


def test_person_without_a_post_is_told_so(house, client, django_user_model):
    client.force_login(django_user_model.objects.create(username="new", name="新来的"))

    assert "您还没有岗位" in client.get("/desk/").content.decode()


def test_desk_is_for_those_who_signed_in(house, client):
    assert client.get("/desk/")["Location"].startswith("/accounts/sign-in/")


def tasks(client):
    lines = client.get("/desk/").context["lines"]
    return [(line.matter.number, line.task) for line in lines]


def waiting(client):
    zones = client.get("/desk/").context["frame"].zones
    return [zone.waiting for zone in zones]


def test_each_sees_what_waits_for_them(house, sign_in):
    story = Story(house)
    assert tasks(sign_in("receiver")) == [("2026-0001", "择事分办，或者当场办结")]
    assert waiting(sign_in("receiver")) == [1, 0, 0, 0, 0]

    story.triaged()
    assert tasks(sign_in("receiver")) == []
    assert tasks(sign_in("head")) == [("2026-0001", "签收，或者退回")]
    assert waiting(sign_in("head")) == [0, 1, 0, 0, 0]

    story.take("accept", "head", handler=house.people["handler"])
    assert tasks(sign_in("handler")) == [("2026-0001", "办理并答复")]
    assert waiting(sign_in("handler")) == [0, 0, 0, 1, 0]


def test_opinion_owed_waits_for_the_head_of_the_unit(house, sign_in):
    story = Story(house).handling()
    story.take(
        "call_deliberation",
        "leader",
        question="怎么办？",
        units=[house.units["two"]],
        convener=house.people["leader"],
    )

    assert tasks(sign_in("other_head")) == [("2026-0001", "提出本单位的意见")]
    assert waiting(sign_in("other_head")) == [0, 0, 1, 0, 0]

    story.take("give_opinion", "other_head", opinion="同意")
    assert tasks(sign_in("other_head")) == []


def test_share_owed_waits_for_the_head_of_the_unit(house, sign_in):
    story = Story(house).handling()
    story.take(
        "ask_part",
        "head",
        unit=house.units["two"],
        task="修管道",
        finish_on=(NOW + timedelta(days=2)).date(),
    )

    assert tasks(sign_in("other_head")) == [("2026-0001", "交回联合办理结果")]
    assert waiting(sign_in("other_head")) == [0, 0, 0, 1, 0]


def test_extension_asked_waits_for_the_leader_in_charge_alone(house, sign_in):
    story = Story(house).handling()
    until = (NOW + timedelta(days=20)).date()
    story.take("ask_extension", "handler", until=until, reason="等配件")

    assert tasks(sign_in("leader")) == [("2026-0001", "批准或者不批准延期")]
    assert waiting(sign_in("leader")) == [0, 0, 0, 1, 0]
    assert tasks(sign_in("chief")) == []


def test_most_pressing_comes_first(house, sign_in):
    before = NOW - timedelta(days=1)
    put_on_duty(house.people["receiver"], unit=house.units["party"], day=before.date())
    later, sooner = raised(house), raised(house, now=before)

    assert [number for number, _ in tasks(sign_in("receiver"))] == [
        sooner.number,
        later.number,
    ]


def test_zone_shows_what_lies_there_as_far_as_seen(house, sign_in):
    Story(house).handling()
    raised(house)

    page = sign_in("coordinator").get("/desk/zones/handling/")
    assert [line.matter.number for line in page.context["shown"].lines] == ["2026-0001"]
    page = sign_in("other").get("/desk/zones/handling/")
    assert "这里现在没有事" in page.content.decode()


@pytest.mark.parametrize("name", ["archive", "nowhere", "HANDLING"])
def test_unknown_zone_is_404(house, sign_in, name):
    assert sign_in("coordinator").get(f"/desk/zones/{name}/").status_code == 404


@pytest.mark.parametrize("url", ["/desk/", "/desk/zones/intake/", "/desk/ledger/"])
def test_lists_are_only_read(house, sign_in, url):
    assert sign_in("coordinator").post(url).status_code == 405


@pytest.mark.parametrize("who", ["receiver", "leader", "chief"])
@pytest.mark.parametrize("url", ["/desk/", "/desk/zones/intake/"])
def test_more_rows_ask_no_more(house, sign_in, queries, who, url):
    raised(house)
    client = sign_in(who)
    once = queries(client, url)
    raised(house)
    raised(house)

    assert queries(client, url) == once


def test_nobody_is_told_of_what_names_them(house, sign_in):
    story = Story(house).handling()
    story.take(
        "name_object",
        "receiver",
        objects=[house.people["handler"]],
        object_units=[],
        reason="被反映",
    )
    client = sign_in("handler")

    page = client.get("/desk/")
    assert page.context["frame"].unread == 0
    assert "2026-0001" not in page.content.decode()
    assert "2026-0001" not in client.get("/desk/notices/").content.decode()


def test_zone_can_be_narrowed_to_ones_own(house, sign_in):
    Story(house).handling()
    client = sign_in("coordinator")

    assert client.get("/desk/zones/handling/?mine=on").context["shown"].lines == []
    own = sign_in("handler").get("/desk/zones/handling/?mine=on").context["shown"]
    assert [line.matter.number for line in own.lines] == ["2026-0001"]
