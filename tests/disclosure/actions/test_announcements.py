"""One writes, another checks, a leader approves: nobody makes something public alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.common.words import WordsRefused
from shuoshi.disclosure.actions.announcements import (
    AnnouncementRefused,
    check_announcement,
    publish_announcement,
    withdraw_announcement,
    write_announcement,
)
from shuoshi.disclosure.models import Announcement
from shuoshi.disclosure.queries.announcements import announcements_seen_by, column_of
from shuoshi.disclosure.rules.announcements import AnnouncementState
from shuoshi.trail.models import Event
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
TODAY = localdate(NOW)


@pytest.fixture
def house():
    return build_house()


def write(house, who="head", **how):
    given = {"category": "LIFE", "title": "澡堂修好了", "body": "从今天起有热水。"}
    return write_announcement(**given | how, by=house.standing(who), now=NOW)


def check(house, one, who="coordinator"):
    return check_announcement(one.uid, by=house.standing(who), now=NOW)


def publish(house, one, who="chief", **how):
    return publish_announcement(one.uid, **how, by=house.standing(who), now=NOW)


def published(house, **how):
    one = write(house, **how)
    check(house, one)
    return publish(house, one)


def test_three_people_make_it_public_for_fifteen_days(house):
    one = published(house)

    assert one.until == TODAY + timedelta(days=14)
    for day, stands in ((TODAY, True), (one.until, True)):
        assert (one in column_of(house.mine.pk, today=day)) == stands
    assert column_of(house.mine.pk, today=one.until + timedelta(days=1)) == []
    verbs = [
        event.verb.rpartition("_")[2]
        for event in Event.objects.filter(thing=one.uid).order_by("id")
    ]
    assert verbs == ["written", "checked", "published"]


def test_the_author_neither_checks_nor_approves(house):
    one = write(house, "coordinator")
    with pytest.raises(NotPermitted, match="写稿的人不行"):
        check(house, one)

    two = write(house, "chief")
    check(house, two)
    with pytest.raises(NotPermitted, match="写稿的人不行"):
        publish(house, two)


@pytest.mark.parametrize("who", ["receiver", "head"])
def test_who_may_neither_check_nor_approve_does_not(house, who):
    one = write(house, who)
    for act in (check, publish):
        with pytest.raises(NotPermitted):
            act(house, one, who)


@pytest.mark.parametrize("who", ["handler", "discipline", "sysadmin", "auditor"])
def test_others_do_not_write(house, who):
    with pytest.raises(NotPermitted):
        write(house, who)


def test_what_was_not_checked_is_not_published(house):
    with pytest.raises(Outdated):
        publish(house, write(house))


def test_what_was_changed_after_the_check_is_checked_anew(house):
    one = write(house)
    check(house, one)

    write(house, uid=one.uid, body="改了一句。")

    with pytest.raises(Outdated):
        publish(house, one)
    one.refresh_from_db()
    assert (one.state, one.checked_by) == (AnnouncementState.DRAFT, None)


def test_numbers_of_people_are_not_published(house):
    one = write(house, body="有事打13800138000。")
    check(house, one)

    with pytest.raises(AnnouncementRefused, match="手机号 138…00"):
        publish(house, one, names_meant=True)


def test_staff_are_named_only_on_purpose(house):
    one = write(house, body="handler某连夜抢修。")
    check(house, one)

    with pytest.raises(AnnouncementRefused, match="handler某") as refused:
        publish(house, one)
    assert refused.value.field == "names_meant"
    publish(house, one, names_meant=True)


@pytest.mark.parametrize("days", [0, 14, 5000])
def test_it_stands_fifteen_days_at_least(house, days):
    one = write(house)
    check(house, one)

    with pytest.raises(AnnouncementRefused, match="公开 15 到"):
        publish(house, one, days=days)


def test_withdrawn_with_a_reason_it_stays_on_record(house, client):
    one = published(house)
    with pytest.raises(WordsRefused):
        withdraw_announcement(
            one.uid, reason=" ", by=house.standing("coordinator"), now=NOW
        )
    with pytest.raises(NotPermitted):
        withdraw_announcement(
            one.uid, reason="写错了", by=house.standing("head"), now=NOW
        )

    withdraw_announcement(
        one.uid, reason="写错了", by=house.standing("coordinator"), now=NOW
    )

    assert column_of(house.mine.pk, today=TODAY) == []
    assert client.get(f"/column/{one.uid}/").status_code == 404
    assert Announcement.objects.get().reason == "写错了"


def test_drafts_of_others_are_seen_by_who_checks_and_in_the_own_mine_alone(house):
    write(house)
    other = build_house("ELSEWHERE")

    def many(who, where=house):
        return announcements_seen_by(where.standing(who)).count()

    assert [many(who) for who in ("head", "coordinator", "chief")] == [1, 1, 1]
    assert [many(who) for who in ("other_head", "handler", "sysadmin")] == [0, 0, 0]
    assert many("coordinator", other) == 0
