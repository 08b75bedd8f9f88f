from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.trail.rules.chain import FIRST, Head, event_hash, follows
from shuoshi.trail.rules.verdicts import Illegible, judge


THING = UUID(int=1)


@dataclass(frozen=True)
class Line:
    pk: int = 1
    mine_id: int = 1
    about: UUID = THING
    seq: int = 1
    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    verb: str = "matters.raised"
    thing: UUID | None = None
    by: str = "speaker"
    detail: dict = field(default_factory=dict)
    words: str = ""
    prev_hash: str = FIRST
    hash: str = ""


def whole(line):
    return replace(line, hash=event_hash(line))


def history(length):
    lines, head = [], Head(UUID(int=1))
    for place in range(length):
        line = Line(pk=place + 1, seq=head.seq + 1, prev_hash=head.hash)
        head = whole(replace(line, detail={"place": place}))
        lines.append(head)
    return lines


def verdict(lines, *, head=None):
    bad = judge(head, lines)
    return bad and (bad.seq, bad.event, bad.why)


@pytest.mark.parametrize(
    "change",
    [
        {"mine_id": 2},
        {"about": UUID(int=2)},
        {"seq": 2},
        {"at": datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=UTC)},
        {"verb": "matters.raise"},
        {"by": "speaker "},
        {"detail": {"a": None}},
        {"words": "A"},
        {"prev_hash": "1" + FIRST[1:]},
    ],
)
def test_the_hash_covers_every_field(change):
    assert event_hash(replace(Line(), **change)) != event_hash(Line())


def test_the_hash_does_not_depend_on_how_it_is_kept():
    there = Line().at.astimezone(timezone(timedelta(hours=8)))

    assert event_hash(replace(Line(), at=there, pk=9)) == event_hash(Line())
    # The form is fixed: old records must prove for ever.
    assert event_hash(Line()) == (
        "64ffd68ecd098abd644816e813fbea79d7bbdfad69a0c279bef5615417cf8606"
    )


def test_follows_asks_for_number_and_hash():
    first, second = history(2)

    assert follows(first, Head(first.about))
    assert follows(second, first)
    assert not follows(second, Head(first.about))
    assert not follows(second, replace(first, hash=FIRST))


@given(st.integers(0, 12))
def test_a_whole_history_is_good(length):
    lines = history(length)
    head = Head(UUID(int=1), length, lines[-1].hash if lines else FIRST)

    assert verdict(lines, head=head) is None


@given(data=st.data(), length=st.integers(1, 8))
def test_the_first_changed_event_is_named(data, length):
    lines = history(length)
    head = lines[-1]
    place = data.draw(st.integers(0, length - 1))
    spoilt = replace(lines[place], by="person:1")
    # With its own hash made to fit, the next event or the head gives it away.
    forged = data.draw(st.booleans())
    lines[place] = whole(spoilt) if forged else spoilt

    # Of the last one nobody can tell which is right: it, or what is remembered of it.
    why = "head" if forged and place + 1 == length else "changed"
    assert verdict(lines, head=head) == (place + 1, place + 1, why)


@given(data=st.data(), length=st.integers(1, 8))
def test_a_missing_event_is_named(data, length):
    lines = history(length)
    head = lines[-1]
    place = data.draw(st.integers(0, length - 1))
    del lines[place:]

    assert verdict(lines, head=head) == (place + 1, None, "missing")


def test_a_missing_middle_is_named():
    first, _second, third = history(3)

    assert verdict([first, third], head=third) == (2, None, "missing")
    assert verdict([third], head=third) == (1, None, "missing")


def test_more_than_the_head_knows_is_extra():
    first, second, third = history(3)

    assert verdict([first, second, third], head=first) == (2, 2, "extra")
    assert verdict([first]) == (1, 1, "ownerless")


def test_a_touched_head_is_not_taken_for_a_touched_event():
    first, second, third = history(3)

    for seq in (1, 2, 4):
        assert (
            verdict([first, second, third], head=replace(third, seq=seq))[2] == "head"
        )
    assert verdict([first, second, third], head=replace(third, hash=FIRST)) == (
        3,
        3,
        "head",
    )
    assert verdict([], head=Head(third.about, 1, FIRST)) == (0, None, "head")


def test_a_second_event_in_the_same_place_is_named():
    first, second = history(2)

    assert verdict([first, first, second], head=second) == (1, 1, "doubled")


def test_a_first_event_that_follows_something_is_changed():
    torn = whole(Line(prev_hash="1" * 64))

    assert verdict([torn], head=torn) == (1, 1, "changed")


def test_what_cannot_be_read_or_hashed_is_changed():
    first, second = history(2)

    assert verdict([first, Illegible(7, "x", 2)], head=second) == (2, 7, "changed")
    spoilt = replace(second, detail={"a": 0.5})
    assert verdict([first, spoilt], head=second) == (2, 2, "changed")
