"""The sheet of a matter: what is on it for whom, and what nobody else learns."""

import re

import pytest

from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.notices.models import Notice
from shuoshi.trail.models import Reading
from tests.matters.house import Story, raised


def url_of(matter):
    return f"/desk/matters/{matter.number}/"


def bare(answer, number):
    """Return the page without what differs in every answer."""
    text = answer.content.decode().replace(number, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_sheet_shows_the_matter(house, sign_in):
    story = Story(house).answered()

    text = sign_in("handler").get(url_of(story.matter)).content.decode()

    for shown in (
        "食堂晚班没有热饭",
        "已查清并办好",
        "张三丰",
        "13800000000",
        "食堂管理办法",
    ):
        assert shown in text


def test_stranger_gets_the_words_for_what_is_not_there(house, sign_in):
    matter, client = raised(house), sign_in("other")

    hidden, missing = client.get(url_of(matter)), client.get("/desk/matters/2026-9999/")

    assert hidden.status_code == missing.status_code == 404
    assert bare(hidden, matter.number) == bare(missing, "2026-9999")


def test_visitor_is_asked_to_sign_in(house, client):
    answer = client.get(url_of(raised(house)))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/?next=/desk/matters/")


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_administrators_see_no_matter(house, sign_in, who):
    assert sign_in(who).get(url_of(raised(house))).status_code == 404


def test_sheet_is_only_read(house, sign_in):
    assert sign_in("receiver").post(url_of(raised(house))).status_code == 405


@pytest.mark.parametrize(
    "who", ["receiver", "coordinator", "head", "handler", "leader", "chief"]
)
def test_buttons_are_the_open_steps(house, sign_in, who):
    story = Story(house).handling()
    matter = for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()

    text = sign_in(who).get(url_of(matter)).content.decode()

    shown = set(re.findall(r'hx-get="/desk/matters/[\d-]+/do/(\w+)/"', text))
    assert shown == {
        step.name for step in steps_open_to(house.standing(who), matter, now=story.now)
    }


def test_opening_the_sheet_reads_its_notices(house, sign_in):
    matter = raised(house)
    assert Notice.objects.filter(to=house.people["receiver"], read_at=None).exists()

    sign_in("receiver").get(url_of(matter))

    assert not Notice.objects.filter(to=house.people["receiver"], read_at=None).exists()


def test_looking_at_a_confidential_speaker_goes_on_record(house, sign_in):
    matter = raised(house, identity="CONFIDENTIAL")
    client = sign_in("receiver")
    assert "张三丰" not in client.get(url_of(matter)).content.decode()
    assert [one.field for one in Reading.objects.all()] == ["words"]

    answer = client.post(f"{url_of(matter)}speaker/")

    assert "张三丰" in answer.content.decode()
    reading = Reading.objects.latest("seq")
    assert (reading.thing, reading.field) == (matter.uid, "speaker")
    assert reading.by == f"person:{house.people['receiver'].pk}"
    assert "no-store" in answer["Cache-Control"]


def test_a_name_that_is_shown_goes_on_record_each_time(house, sign_in):
    matter = raised(house)
    client = sign_in("receiver")

    for _time in range(2):
        assert "张三丰" in client.get(url_of(matter)).content.decode()

    assert [
        (reading.thing, reading.field, reading.why) for reading in Reading.objects.all()
    ] == [(matter.uid, "speaker", "sheet")] * 2


def test_what_cannot_be_recorded_is_not_shown(house, sign_in, monkeypatch):
    matter = raised(house)
    monkeypatch.setattr("shuoshi.trail.actions.events.TRIES", 0)
    client = sign_in("receiver")
    client.raise_request_exception = False

    answer = client.get(url_of(matter))

    assert answer.status_code == 500
    assert "张三丰" not in answer.content.decode()


def test_handler_does_not_learn_a_confidential_speaker(house, sign_in):
    story = Story(house, identity="CONFIDENTIAL").handling()
    client = sign_in("handler")

    assert "张三丰" not in client.get(url_of(story.matter)).content.decode()
    assert client.post(f"{url_of(story.matter)}speaker/").status_code == 403
    assert client.get(f"{url_of(story.matter)}speaker/").status_code == 405
    assert [one.field for one in Reading.objects.all()] == ["words"]


def test_anonymous_speaker_is_nobody(house, sign_in):
    matter = raised(house, identity="ANONYMOUS")

    text = sign_in("receiver").get(url_of(matter)).content.decode()

    assert "没有留下任何能认出人的信息" in text


def sealed(house):
    return (
        Story(house)
        .take("hand_to_discipline", "receiver", reason="属于检举控告")
        .matter
    )


def test_sealed_matter_is_a_receipt_for_others(house, sign_in):
    matter = sealed(house)

    text = sign_in("receiver").get(url_of(matter)).content.decode()

    assert "已密封移送纪委" in text
    for kept in ("热饭", "张三丰", "属于检举控告", "do/"):
        assert kept not in text


def test_discipline_reads_what_is_sealed_on_record(house, sign_in):
    matter = sealed(house)

    text = sign_in("discipline").get(url_of(matter)).content.decode()

    assert "食堂晚班没有热饭" in text
    assert "属于检举控告" in text
    assert Reading.objects.get().field == "text"


def test_merged_matters_link_to_each_other_where_both_are_seen(house, sign_in):
    older, story = raised(house), Story(house)
    story.take("merge", "coordinator", into=older, reason="同一件事")

    text = sign_in("coordinator").get(url_of(older)).content.decode()

    assert f'href="{url_of(story.matter)}"' in text


def test_sheet_asks_as_much_for_a_long_history(house, sign_in, queries):
    story = Story(house).handling()
    client = sign_in("handler")
    once = queries(client, url_of(story.matter))
    for day in "一二三":
        story.take("report_progress", "handler", progress=f"第{day}天，正在办。")

    assert queries(client, url_of(story.matter)) == once
