"""Promises: on a working day, reported by one, checked by another, seen as the matter is."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from shuoshi.common.committees import unlocked
from shuoshi.common.refusals import NotPermitted, Outdated
from shuoshi.common.sealing import SealLocked
from shuoshi.matters.actions.committee import found_committee_key
from shuoshi.matters.actions.erasing import erase_matter
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.reception.actions.promises import (
    PromiseRefused,
    check_promise,
    report_promise,
    write_promise,
)
from shuoshi.reception.models import Promise
from shuoshi.reception.queries.promises import (
    matter_for_promise,
    promise_seen_by,
    promises_seen_by,
    promises_shown,
)
from shuoshi.trail.models import Event
from tests.matters.evidence import tables_with
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
WORDS = "三天内把澡堂的锅炉修好"
TODAY = localdate(NOW)


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house)


@pytest.fixture
def desk(house):
    return house.standing("receiver")


@pytest.fixture
def promise(house, story, desk):
    return write(house, story, desk)


def workday(house, ahead=3):
    """The next working day, so many days ahead."""
    calendar = work_calendar(house.mine.pk, generation())
    day = TODAY + timedelta(days=ahead)
    while not calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def write(house, story, by, **how):
    given = {
        "words": WORDS,
        "unit_id": house.units["one"].pk,
        "due_on": workday(house),
    }
    return write_promise(story.matter, **given | how, by=by, now=NOW)


def test_the_words_lie_sealed(promise, house, desk):
    assert tables_with(WORDS) == []

    (shown,) = promises_shown(desk, today=TODAY)
    assert (shown.words, shown.is_late) == (WORDS, False)
    assert promises_shown(desk, today=promise.due_on + timedelta(days=1))[0].is_late


def test_a_day_that_is_over_or_not_worked_is_refused(house, story, desk):
    saturday = TODAY + timedelta(days=(5 - TODAY.weekday()) % 7 + 7)
    calendar = work_calendar(house.mine.pk, generation())
    while calendar.is_workday(saturday):
        saturday += timedelta(days=7)
    for day in (TODAY - timedelta(days=1), saturday):
        with pytest.raises(PromiseRefused) as refused:
            write(house, story, desk, due_on=day)
        assert refused.value.field == "due_on"
    with pytest.raises(PromiseRefused):
        write(house, story, desk, unit_id=0)


def test_what_one_reports_another_checks(promise, desk, house):
    report_promise(promise, kept=True, words="锅炉换了。", by=desk, now=NOW)
    with pytest.raises(Outdated):
        report_promise(promise, kept=True, words="又换了。", by=desk, now=NOW)
    with pytest.raises(NotPermitted):
        check_promise(promise, is_so=True, by=desk, now=NOW)

    check_promise(promise, is_so=True, by=house.standing("coordinator"), now=NOW)

    assert promise.state == "KEPT"
    assert promises_shown(desk, today=TODAY)[0].outcome == "锅炉换了。"


def test_what_is_not_so_goes_back(promise, desk, house):
    coordinator = house.standing("coordinator")
    report_promise(promise, kept=True, words="修好了。", by=desk, now=NOW)

    check_promise(promise, is_so=False, by=coordinator, now=NOW)

    assert (promise.state, promise.reported_by) == ("OPEN", None)
    report_promise(promise, kept=False, words="没有零件。", by=coordinator, now=NOW)
    check_promise(promise, is_so=True, by=desk, now=NOW)
    assert promise.state == "BROKEN"


def test_who_does_not_see_the_matter_sees_no_promise_of_it(promise, house, story):
    for name in house.people:
        standing = house.standing(name)
        seen = matter_for_promise(story.matter.number, standing) is not None
        assert promises_seen_by(standing).exists() == seen, name
        assert (promise_seen_by(promise.uid, standing) is not None) == seen, name
    assert not promises_seen_by(build_house("ELSEWHERE").standing("receiver")).exists()


def test_strangers_neither_write_nor_report(promise, house, story):
    leader = house.standing("leader")
    with pytest.raises(NotPermitted):
        write(house, story, leader)
    with pytest.raises(NotPermitted):
        report_promise(promise, kept=True, words="好了。", by=leader, now=NOW)

    assert Promise.objects.get().state == "OPEN"


def test_of_a_sealed_matter_nobody_outside_the_committee_reads_one(
    promise, house, story
):
    story.take("hand_to_discipline", "receiver", reason="检举")

    for name in ("receiver", "coordinator", "chief"):
        assert not promises_seen_by(house.standing(name)).exists(), name
    assert promises_seen_by(house.standing("discipline")).get() == promise


def test_what_was_promised_goes_under_the_committees_key_with_the_matter(
    promise, house, story
):
    discipline = house.standing("discipline")
    one = found_committee_key("井口的风每天早上都很凉，要加衣", by=discipline, now=NOW)
    story.take("hand_to_discipline", "receiver", reason="检举")

    (locked,) = promises_shown(discipline, today=TODAY)
    with unlocked({str(one.key.pk): one.secret}):
        (shown,) = promises_shown(discipline, today=TODAY)

    assert (locked.words, shown.words) == (SealLocked().message, WORDS)


def test_what_was_promised_is_erased_with_the_matter(promise, house):
    story = Story(house).closed()
    other = write(house, story, house.standing("receiver"))

    erase_matter(story.matter, by="clock", now=NOW, why="retention")

    other.refresh_from_db()
    promise.refresh_from_db()
    assert (other.words, other.key) == ("", "")
    assert promise.words
    told = Event.objects.filter(
        verb="note.keys.erased", detail__box=Promise._meta.label
    )
    assert told.count() == 1
