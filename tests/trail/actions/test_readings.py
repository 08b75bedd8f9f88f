from uuid import UUID

import pytest

from shuoshi.trail.actions import events, note_reading, note_readings
from shuoshi.trail.models import ChainEnd, Event
from shuoshi.trail.queries import ends, readings_about, verify_chains
from shuoshi.trail.rules.actors import chain_of
from tests.trail.factories import NOW, by_force


pytestmark = pytest.mark.django_db


def test_readings_are_listed_the_latest_first():
    for field, by in [("name", "person:1"), ("contact", "person:2")]:
        note_reading(
            mine_id=1, about=UUID(int=1), field=field, by=by, at=NOW, why="CALL_BACK"
        )
    note_reading(mine_id=1, about=UUID(int=2), field="name", by="person:3", at=NOW)

    readings = readings_about(UUID(int=1))

    assert [(r.field, r.by, r.at, r.why) for r in readings] == [
        ("contact", "person:2", NOW, "CALL_BACK"),
        ("name", "person:1", NOW, "CALL_BACK"),
    ]


def read(by="person:1", thing=1):
    return note_reading(
        mine_id=1, about=UUID(int=thing), field="name", by=by, at=NOW, why="sheet"
    )


def test_a_reading_hangs_on_the_chain_of_the_reader():
    first, other, second = read(), read("person:2"), read(thing=2)

    assert first.about == second.about == chain_of("person:1") != other.about
    assert (second.seq, second.prev_hash) == (2, first.hash)
    assert second.detail == {"field": "name", "why": "sheet", "on": str(UUID(int=2))}
    assert verify_chains(ends()).ok


def test_many_readings_are_linked_like_one(monkeypatch):
    monkeypatch.setattr(events, "BATCH", 3)
    read()
    things = [UUID(int=number) for number in range(2, 10)]

    told = note_readings(things, mine_id=1, field="speaker", by="person:1", at=NOW)

    assert told == 8
    assert [event.thing.int for event in Event.objects.order_by("seq")] == [
        *range(1, 10)
    ]
    verdict = verify_chains(ends())
    assert (verdict.ok, verdict.chains, verdict.events) == (True, 1, 9)


def test_a_changed_thing_is_found():
    event = read()
    by_force(
        "UPDATE trail_event SET thing = %s WHERE id = %s",
        UUID(int=9).hex,
        event.pk,
    )

    assert not readings_about(UUID(int=1)).exists()
    assert verify_chains(ends()).first_bad.event == event.pk


def test_a_reading_cut_off_at_the_end_is_missed():
    read()
    last = read()
    by_force("DELETE FROM trail_event WHERE id = %s", last.pk)

    bad = verify_chains(ends()).first_bad
    assert (bad.seq, bad.why) == (2, "missing")


def test_who_comes_second_adds_behind_the_first(monkeypatch):
    read()
    stale = events.head_of(chain_of("person:1"))
    read()
    heads = iter([stale])
    now = events.head_of
    monkeypatch.setattr(
        events, "head_of", lambda about: next(heads, None) or now(about)
    )

    third = read()

    assert third.seq == 3
    assert ChainEnd.objects.get().seq == 3
    assert verify_chains(ends()).ok
