from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from shuoshi.common.refusals import Outdated
from shuoshi.trail.actions import append, append_many, events, linked, record
from shuoshi.trail.models import Event
from shuoshi.trail.queries import events_about, head_of
from shuoshi.trail.rules.chain import FIRST, Head, event_hash
from tests.trail.factories import NOW


pytestmark = pytest.mark.django_db
ABOUT = UUID(int=5)
PLAIN = {"mine_id": 1, "verb": "matters.raised", "by": "speaker", "at": NOW}


def test_append_begins_a_chain():
    event = append(Head(ABOUT), **PLAIN, detail={"number": "2026-0001"}, words="AQ")

    kept = Event.objects.get()
    assert kept == event
    assert (kept.about, kept.seq, kept.prev_hash) == (ABOUT, 1, FIRST)
    assert (kept.mine_id, kept.verb, kept.by, kept.at) == tuple(PLAIN.values())
    assert (kept.detail, kept.words) == ({"number": "2026-0001"}, "AQ")
    assert kept.hash == event_hash(kept)


def test_append_takes_an_event_as_head():
    first = append(Head(ABOUT), **PLAIN)

    second = append(first, **PLAIN)

    assert (second.seq, second.prev_hash) == (2, first.hash)


def test_append_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        append(Head(ABOUT), **PLAIN)


def test_append_hashes_the_moment_whatever_its_zone():
    there = NOW.astimezone(ZoneInfo("Asia/Shanghai"))

    event = append(Head(ABOUT), **{**PLAIN, "at": there})

    assert event_hash(Event.objects.get()) == event.hash


def test_two_who_saw_the_same_head_cannot_both_append():
    append(Head(ABOUT), **PLAIN)

    with pytest.raises(IntegrityError), transaction.atomic():
        append(Head(ABOUT), **PLAIN)

    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("detail", "error"),
    [
        ({"at": datetime(2026, 1, 1)}, TypeError),  # noqa: DTZ001
        ({"share": 0.5}, TypeError),
        ({1: "key"}, TypeError),
        ({"who": ABOUT}, TypeError),
        ({"both": (1, 2)}, TypeError),
        ({"a": ["\0"]}, ValueError),
        ({"a\0": 1}, ValueError),
        ({"a": "\ud800"}, ValueError),
    ],
)
def test_append_refuses_what_would_not_come_back_as_is(detail, error):
    with pytest.raises(error):
        append(Head(ABOUT), **PLAIN, detail=detail)

    assert not Event.objects.exists()


def test_append_many_keeps_linked_events(django_assert_max_num_queries):
    head, chain = Head(ABOUT), []
    for _place in range(150):
        head = linked(head, **PLAIN)
        chain.append(head)

    with django_assert_max_num_queries(5):
        assert append_many(chain) == 150

    kept = list(events_about(ABOUT))
    assert [event.hash for event in kept] == [event.hash for event in chain]
    assert all(event_hash(event) == event.hash for event in kept)


def test_record_finds_the_head_by_itself():
    record(ABOUT, **PLAIN)
    record(UUID(int=6), **PLAIN)

    second = record(ABOUT, **PLAIN)

    assert second.seq == 2
    assert head_of(ABOUT) == Head(ABOUT, 2, second.hash)


def test_record_gives_up_in_plain_words_when_it_is_always_late(monkeypatch):
    record(ABOUT, **PLAIN)
    monkeypatch.setattr(events, "head_of", Head)

    with pytest.raises(Outdated, match="请再试一次"):
        record(ABOUT, **PLAIN)

    assert Event.objects.count() == 1
