from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.common.sealing import open_box
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.actions.raising import (
    NobodyReceives,
    raise_matter,
    receipt_digest,
    register_matter,
)
from shuoshi.matters.models import ClockEntry, Dirty, Matter, Series, Speaker
from shuoshi.matters.queries.search import matters_found
from shuoshi.matters.rules.receipts import is_well_formed
from shuoshi.matters.rules.sayings import Saying
from shuoshi.notices.models import Notice
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Post
from shuoshi.trail.models import Event
from tests.matters.evidence import name_of, said, tables_with, told, verbs
from tests.matters.house import NOW, TEXT, build_house, raised


pytestmark = pytest.mark.django_db

NAMED = Saying(TEXT, name="张三丰", contact="13800000000")


@pytest.fixture
def house():
    return build_house()


def speak(house, saying=NAMED, *, nonce="", now=NOW):
    return raise_matter(
        saying, mine_id=house.mine.pk, channel="WEB", now=now, nonce=nonce
    )


def test_a_matter_is_taken_down(house):
    raised_ = speak(house)
    matter = Matter.objects.get()

    assert raised_.matter == matter
    assert (matter.number, matter.state, matter.channel) == (
        "2026-0001",
        "RECEIVED",
        "WEB",
    )
    assert (matter.text, matter.title) == (TEXT, TEXT)
    assert name_of(matter.first_receiver) == name_of(matter.responsible) == "receiver"
    assert matter.lead_unit == house.units["party"]
    assert [claim.text for claim in matter.claims.all()] == [TEXT]
    assert Dirty.objects.get().day == matter.received_on


def test_the_receipt_is_kept_as_a_digest_only(house):
    receipt = speak(house).receipt

    assert is_well_formed(receipt)
    assert Matter.objects.get().receipt_digest == receipt_digest(receipt)
    assert tables_with(receipt) == []


def test_its_clocks_start_on_the_day_it_came(house):
    matter = speak(house).matter

    # Fifteen days for the answer, one working day to sort it; day 0 is not counted.
    assert matter.answer_due_at == datetime(2026, 9, 24, 15, 59, 59, tzinfo=UTC)
    assert matter.due_at == datetime(2026, 9, 10, 15, 59, 59, tzinfo=UTC)
    assert matter.next_rung_at == NOW + (matter.due_at - NOW) / 2
    entry = ClockEntry.objects.get()
    assert (entry.kind, entry.amount, entry.unit) == ("START", 15, "CALENDAR")


def test_it_is_on_record(house):
    matter = speak(house).matter
    event = Event.objects.get(about=matter.uid)

    assert (event.seq, event.verb, event.by, event.at) == (
        1,
        "register",
        "speaker",
        NOW,
    )
    assert event.detail["number"] == "2026-0001"
    assert event.detail["responsible"] == house.people["receiver"].pk
    assert TEXT not in str(event.detail)
    assert said(matter, event) == ""


def test_who_is_on_duty_is_told_and_nobody_else(house):
    assert told(speak(house).matter, "register") == ["receiver"]


def test_it_can_be_found_at_once(house):
    matter = speak(house).matter

    assert list(matters_found(house.standing("receiver"), "热饭")) == [matter]


def test_claims_are_taken_down_one_by_one(house):
    matter = speak(house, Saying(TEXT, name="张", claims=("热饭", "开门"))).matter

    assert [(c.place, c.text) for c in matter.claims.order_by("place")] == [
        (1, "热饭"),
        (2, "开门"),
    ]
    assert list(matters_found(house.standing("receiver"), "开门")) == [matter]


@pytest.mark.parametrize("identity", ["NAMED", "CONFIDENTIAL"])
def test_who_speaks_is_sealed_under_a_key_of_its_own(house, identity):
    matter = raised(house, identity=identity)
    speaker = Speaker.objects.get(matter=matter)
    box = open_box(f"speaker:{matter.uid}", speaker.key)

    assert box.open(speaker.name, "name") == "张三丰"
    assert box.open(speaker.contact, "contact") == "13800000000"
    assert tables_with("张三丰") == tables_with("13800000000") == []


def test_a_contact_may_stand_alone(house):
    raised(house, identity="CONFIDENTIAL", name="")

    assert Speaker.objects.get().name == ""


def test_nothing_is_kept_of_an_anonymous_speaker(house):
    raised(house, identity="ANONYMOUS")

    assert not Speaker.objects.exists()
    assert tables_with("张三丰") == tables_with("13800000000") == []


def test_the_same_form_sent_twice_is_one_matter(house):
    first = speak(house, nonce="n-1")
    again = speak(house, nonce="n-1", now=NOW + timedelta(minutes=1))

    assert (again.receipt, again.matter) == (first.receipt, first.matter)
    assert Matter.objects.count() == Notice.objects.count() == 1
    assert Series.objects.get().last == 1


def test_another_form_or_other_words_are_another_matter(house):
    receipts = {
        speak(house, nonce="n-1").receipt,
        speak(house, nonce="n-2").receipt,
        speak(house, Saying("别的事", name="张"), nonce="n-1").receipt,
        speak(house).receipt,
        speak(house).receipt,
    }

    assert len(receipts) == Matter.objects.count() == 5


def without(house, who):
    for post in Post.objects.filter(person=house.people[who]):
        end_post(post, on=NOW.date())


def receiver_of(matter):
    return (name_of(matter.first_receiver), matter.lead_unit.name)


def test_with_nobody_on_duty_the_coordinator_receives(house):
    matter = raised(house, now=NOW + timedelta(days=1))

    assert receiver_of(matter) == ("coordinator", "party队")


def test_who_is_on_duty_but_no_longer_here_is_passed_over(house):
    put_on_duty(house.people["mate"], unit=house.units["one"], day=NOW.date())

    without(house, "receiver")
    assert receiver_of(raised(house)) == ("mate", "one队")
    house.people["mate"].is_active = False
    house.people["mate"].save()
    put_on_duty(house.people["other"], unit=house.units["two"], day=NOW.date())
    assert receiver_of(raised(house)) == ("other", "two队")


def test_without_a_coordinator_the_chief_receives(house):
    without(house, "coordinator")

    matter = raised(house, now=NOW + timedelta(days=1))

    assert receiver_of(matter) == ("chief", "MINE煤矿")


def test_without_anybody_it_is_refused_in_plain_words(house):
    without(house, "coordinator")
    without(house, "chief")

    with pytest.raises(NobodyReceives, match="还没有安排接待人员"):
        raised(house, now=NOW + timedelta(days=1))
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    "saying",
    [
        Saying(""),
        Saying(TEXT),
        Saying("字" * 5001, name="张"),
        Saying("\ud800", name="张"),
    ],
)
def test_what_is_refused_takes_no_number(house, saying):
    with pytest.raises(Refused) as refusal:
        speak(house, saying)

    assert refusal.value.field in {"text", "name"}
    assert not Matter.objects.exists()
    assert not Series.objects.exists()
    assert speak(house).matter.number == "2026-0001"


def test_endless_words_are_taken_down(house):
    matter = speak(house, Saying("a" * 5000, name="张")).matter

    assert list(matters_found(house.standing("receiver"), "aaaa")) == [matter]


def test_numbers_go_by_mine_and_by_the_year_in_the_zone(house):
    # The last hour of the year in UTC is already the new year in Shanghai.
    new_year = datetime(2026, 12, 31, 23, tzinfo=UTC)

    assert raised(house).number == "2026-0001"
    assert raised(house).number == "2026-0002"
    assert raised(house, now=new_year).number == "2027-0001"
    assert raised(build_house("NORTH")).number == "2026-0001"


def test_who_registers_at_the_desk_is_its_first_receiver(house):
    by = house.standing("coordinator")

    matter = register_matter(NAMED, channel="WALK_IN", by=by, now=NOW).matter

    assert receiver_of(matter) == ("coordinator", "party队")
    assert name_of(matter.responsible) == "coordinator"
    assert (matter.channel, verbs(matter)) == ("WALK_IN", ["register"])
    assert Event.objects.get(about=matter.uid).by == by.on_record


@pytest.mark.parametrize(
    "who",
    [
        "head",
        "handler",
        "leader",
        "chief",
        "discipline",
        "sysadmin",
        "secadmin",
        "auditor",
    ],
)
def test_whoever_does_not_receive_cannot_register(house, who):
    with pytest.raises(NotPermitted):
        register_matter(NAMED, channel="PHONE", by=house.standing(who), now=NOW)

    assert not Matter.objects.exists()
