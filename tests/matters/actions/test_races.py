"""Many at once: no gap, no double, one wins, and nobody meets a locked database."""

from datetime import timedelta
from itertools import chain

import pytest
from django.conf import settings
from django.db import IntegrityError

from shuoshi.common.refusals import Outdated
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.actions.warnings import climb_ladder, recalculate_deadlines
from shuoshi.matters.models import Letter, Matter
from shuoshi.matters.queries.heads import all_heads
from shuoshi.matters.rules.sayings import Saying
from shuoshi.notices.models import Notice
from shuoshi.org.models import CalendarYear
from shuoshi.trail.models import Event
from shuoshi.trail.queries import verify_chains
from tests.matters.house import NOW, Story, build_house, raised
from tests.support.crowd import processes, together


pytestmark = pytest.mark.django_db(transaction=True)

EIGHT = range(8)


@pytest.fixture
def house():
    return build_house()


def every_chain_is_good():
    return verify_chains(all_heads()).first_bad is None


def numbers():
    return sorted(Matter.objects.values_list("serial", flat=True))


def test_eight_writers_leave_no_gap_and_no_double(house):
    def speak(who):
        def work():
            receipts = []
            for time in range(4):
                saying = Saying(f"第{who}人第{time}件", name="张")
                raised_ = raise_matter(
                    saying, mine_id=house.mine.pk, channel="WEB", now=NOW
                )
                receipts.append(raised_.receipt)
            return receipts

        return work

    receipts = list(chain.from_iterable(together(*(speak(who) for who in EIGHT))))

    assert len(set(receipts)) == 32
    assert numbers() == list(range(1, 33))
    assert every_chain_is_good()


SCRIPT = """
import json, sys
import django
django.setup()
from datetime import datetime, timezone
from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.rules.sayings import Saying

mine, who = int(sys.argv[1]), sys.argv[2]
now = datetime(2026, 9, 9, 1, 0, tzinfo=timezone.utc)
numbers = []
for time in range(10):
    text = "" if time % 4 == 3 else f"{who}/{time}"
    try:
        saying = Saying(text, name="张")
        raised = raise_matter(saying, mine_id=mine, channel="API", now=now)
    except Refused:
        continue
    numbers.append(raised.matter.number)
print(json.dumps(numbers))
"""


def test_processes_too_with_refusals_in_between(house, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", settings.SETTINGS_MODULE)

    allotted = processes(SCRIPT, str(house.mine.pk), count=3)

    assert sorted(chain.from_iterable(allotted)) == [
        f"2026-{number:04}" for number in range(1, 25)
    ]
    assert numbers() == list(range(1, 25))
    assert every_chain_is_good()


def test_one_form_sent_by_eight_at_once_is_one_matter(house):
    def send():
        return raise_matter(
            Saying("热饭", name="张"),
            mine_id=house.mine.pk,
            channel="WEB",
            now=NOW,
            nonce="n-1",
        )

    raised_ = together(*[send for _one in EIGHT])

    assert len({(one.receipt, one.matter.pk) for one in raised_}) == 1
    assert numbers() == [1]
    assert Notice.objects.count() == 1


def test_a_fault_is_not_taken_for_the_same_form(house):
    with pytest.raises(IntegrityError):
        raise_matter(
            Saying("热饭", name="张", unit_id=999_999),
            mine_id=house.mine.pk,
            channel="WEB",
            now=NOW,
        )
    assert numbers() == []


def sort_out(story, who, unit):
    house = story.house
    given = {
        "lead_unit": house.units[unit],
        "request_type": "COMPLAINT",
        "petition_class": "",
        "level": "ORDINARY",
        "claims": ["热饭", "开门"],
        "assisting_units": [house.units["party"]],
    }
    by, version = house.standing(who), story.matter.version

    def work():
        return take_step(
            story.matter, "triage", by=by, now=NOW, given=given, version=version
        )

    return work


def test_of_two_who_sort_it_at_once_one_wins(house):
    for _time in range(4):
        story = Story(house)

        came = together(
            sort_out(story, "receiver", "one"), sort_out(story, "coordinator", "two")
        )

        (won,) = [one for one in came if isinstance(one, Matter)]
        (lost,) = [one for one in came if not isinstance(one, Matter)]
        assert isinstance(lost, Outdated)
        fresh = Matter.objects.get(pk=story.matter.pk)
        assert (fresh.lead_unit, fresh.version) == (won.lead_unit, 2)
        assert fresh.claims.count() == 2
        assert fresh.parts.count() == 1
        assert Event.objects.filter(about=fresh.uid).count() == 2
        assert fresh.clock.count() == 2
    assert every_chain_is_good()


def test_who_did_not_say_what_they_saw_is_refused_in_plain_words_too(house):
    story = Story(house).handling()

    def note(who):
        def work():
            return take_step(
                story.matter,
                "add_note",
                by=house.standing(who),
                now=NOW + timedelta(hours=1),
                given={"note": f"{who}说"},
            )

        return work

    who = ["receiver", "coordinator", "head", "handler", "leader", "chief"]
    came = together(*(note(one) for one in who))

    taken = [one for one in came if isinstance(one, Matter)]
    refused = [one for one in came if not isinstance(one, Matter)]
    assert taken
    assert all(isinstance(one, Outdated) for one in refused)
    notes = Event.objects.filter(about=story.matter.uid, verb="add_note")
    assert notes.count() == len(taken)
    assert every_chain_is_good()


def test_letters_of_eight_at_once_have_no_gap(house):
    matters = [raised(house) for _one in EIGHT]
    given = {"ground": "NOT_OURS", "reason": "不归我们", "other_road": "镇里"}

    def decline(matter):
        by = house.standing("receiver")
        return lambda: take_step(matter, "decline", by=by, now=NOW, given=given)

    together(*(decline(matter) for matter in matters))

    serials = sorted(Letter.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 9))


def test_two_workers_climb_each_matter_once(house):
    stories = [Story(house) for _one in range(4)]
    late = stories[0].matter.next_rung_at

    moved = together(*[lambda: climb_ladder(now=late) for _worker in range(3)])

    assert sum(moved) == 4
    assert Event.objects.filter(verb="climb").count() == 4
    assert Notice.objects.filter(kind="climb").count() == 4


def test_two_workers_recalculate_each_matter_once(house):
    for _one in range(3):
        raised(house)
    # From now on no year at all is known but an old one.
    CalendarYear.objects.create(year=2020, source="示例", loaded_at=NOW, loaded_by="x")
    since = NOW.date()

    moved = together(
        *[lambda: recalculate_deadlines(now=NOW, since=since) for _worker in range(2)]
    )

    assert all(isinstance(one, int) for one in moved)
    assert Event.objects.filter(verb="recalculate").count() == sum(moved)
    assert every_chain_is_good()


def test_a_climb_and_a_person_at_once_leave_one_good_chain(house):
    story = Story(house).handling()
    late = story.matter.next_rung_at
    by = house.standing("handler")

    came = together(
        lambda: climb_ladder(now=late),
        lambda: take_step(
            story.matter, "report_progress", by=by, now=late, given={"progress": "去"}
        ),
    )

    assert all(isinstance(one, Outdated | int | Matter) for one in came)
    assert every_chain_is_good()
