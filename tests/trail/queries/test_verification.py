from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from shuoshi.trail.actions import append, seal_day
from shuoshi.trail.models import Event
from shuoshi.trail.queries import rows, verification, verify_chains
from shuoshi.trail.rules.chain import Head
from tests.trail.factories import NOW, by_force, chain, heads_of, last_of


pytestmark = pytest.mark.django_db


@pytest.fixture
def chains():
    return [chain(number, length) for number, length in [(1, 4), (2, 1), (3, 6)]]


@pytest.fixture
def heads(chains):
    return heads_of(*chains)


def first_bad(heads, **options):
    bad = verify_chains(heads, **options).first_bad
    return bad and (bad.about, bad.seq, bad.event, bad.why)


def test_whole_histories_are_good_and_counted(heads):
    verdict = verify_chains(iter(heads))

    assert (verdict.chains, verdict.events, verdict.first_bad) == (3, 11, None)
    assert verdict.ok


def test_an_empty_record_is_good():
    assert verify_chains([]).ok
    assert verify_chains([Head(UUID(int=1))]).ok


TOUCHES = [
    ("mine_id", "mine_id + 1"),
    ("at", "'2026-03-04 05:06:07.000088'"),
    ("verb", "'matters.note.adde'"),
    ('"by"', "'person:9'"),
    ("detail", "'{}'"),
    ("words", "'AR'"),
    ("prev_hash", f"'{'0' * 64}'"),
    ("hash", f"'{'0' * 64}'"),
]


@pytest.mark.parametrize(("column", "value"), TOUCHES)
def test_a_touched_column_is_named(chains, heads, column, value):
    event = chains[2][3]

    by_force(f"UPDATE trail_event SET {column} = {value} WHERE id = {event.pk}")

    assert first_bad(heads) == (str(event.about), 4, event.pk, "changed")
    assert verify_chains(heads).first_bad.as_dict() == {
        "about": str(event.about),
        "seq": 4,
        "event": event.pk,
        "why": "changed",
    }


# SQLite keeps whatever bytes it is given, in any column.
RUBBISH = [
    ("mine_id", "'one'"),
    ("mine_id", "1.5"),
    ("at", "'yesterday'"),
    ("at", "replace(at, ' ', 'T')"),
    ("at", "x'FF'"),
    ("verb", "x'6D'"),
    ("verb", "CAST(x'FF' AS TEXT)"),
    ('"by"', "x'FF'"),
    ("detail", "replace(detail, ': ', ':')"),
    ("detail", "replace(detail, 'MINE', '\\u004dINE')"),
    ("detail", "replace(detail, '1', '1e0')"),
    ("detail", "'{'"),
    ("detail", "CAST(x'FF' AS TEXT)"),
    ("words", "1"),
    ("words", "x'FF'"),
    ("prev_hash", "x'FF'"),
    ("hash", "x'FF'"),
    ("hash", "upper(hash)"),
]


@pytest.mark.parametrize(("column", "value"), RUBBISH)
@pytest.mark.parametrize("place", [0, 3])
@pytest.mark.sqlite("PostgreSQL keeps types")
def test_rubbish_in_a_column_is_named(chains, heads, column, value, place):
    event = chains[2][place]

    by_force(f"UPDATE trail_event SET {column} = {value} WHERE id = {event.pk}")

    assert first_bad(heads) == (str(event.about), place + 1, event.pk, "changed")


@pytest.mark.parametrize("value", ["upper(about)", "'nobody'", "CAST(x'FF' AS TEXT)"])
@pytest.mark.sqlite("PostgreSQL keeps types")
def test_rubbish_in_the_name_of_the_thing_is_found(chains, heads, value):
    event = chains[2][5]

    by_force(f"UPDATE trail_event SET about = {value} WHERE id = {event.pk}")

    assert not verify_chains(heads).ok


def test_an_event_moved_to_another_history_is_found(chains, heads):
    other = chains[1][0].about

    by_force(
        "UPDATE trail_event SET about = %s, seq = 2 WHERE id = %s",
        other.hex,
        chains[2][5].pk,
    )

    assert first_bad(heads) == (str(other), 2, chains[2][5].pk, "changed")


def test_two_events_that_changed_places_are_found(chains, heads):
    two, three = chains[0][1], chains[0][2]

    for event, seq in [(two, 99), (three, 2), (two, 3)]:
        by_force("UPDATE trail_event SET seq = %s WHERE id = %s", seq, event.pk)

    assert first_bad(heads) == (str(two.about), 2, three.pk, "changed")


@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_deleted_event_is_named(chains, heads, place):
    event = chains[2][place]

    by_force("DELETE FROM trail_event WHERE id = %s", event.pk)

    assert first_bad(heads) == (str(event.about), place + 1, None, "missing")


def test_a_deleted_history_is_named(chains, heads):
    by_force("DELETE FROM trail_event WHERE about = %s", chains[1][0].about.hex)

    assert first_bad(heads) == (str(chains[1][0].about), 1, None, "missing")


def test_a_history_without_its_thing_is_named(chains, heads):
    for spared in range(3):
        event = chains[spared][0]
        rest = [head for head in heads if head.about != event.about]

        assert first_bad(rest) == (str(event.about), 1, event.pk, "ownerless")


def test_an_event_beyond_its_head_is_named(chains, heads):
    extra = append(heads[0], mine_id=1, verb="matters.note.added", by="clock", at=NOW)

    assert first_bad(heads) == (str(extra.about), 5, extra.pk, "extra")


def test_what_is_added_meanwhile_is_no_damage(chains, heads):
    append(heads[0], mine_id=1, verb="matters.note.added", by="clock", at=NOW)
    newcomer = chain(9, 2)

    assert verify_chains(heads, again=last_of).ok
    assert first_bad(heads, again=lambda about: None) is not None
    assert newcomer[0].about > heads[-1].about


def test_damage_is_not_taken_for_something_added(chains, heads):
    extra = append(heads[0], mine_id=1, verb="matters.note.added", by="clock", at=NOW)
    by_force("DELETE FROM trail_event WHERE id = %s", chains[0][1].pk)

    assert first_bad(heads, again=last_of) == (str(extra.about), 2, None, "missing")


def test_a_wrongly_remembered_end_is_no_missing_event(chains, heads):
    own = chains[2]

    heads[2] = Head(own[0].about, 9, "0" * 64)

    assert first_bad(heads) == (str(own[0].about), None, None, "head")


def test_an_end_remembered_under_another_name_is_no_missing_event(chains, heads):
    other = UUID(int=0)

    renamed = [Head(other, 6, chains[2][-1].hash), *heads[:2]]

    assert first_bad(renamed) == (str(other), None, None, "head")


def test_an_event_under_a_seal_is_not_extra(chains, heads):
    first = chains[2][0]
    seal_day(NOW.date(), now=NOW + timedelta(days=1))

    heads[2] = Head(first.about, 2, chains[2][1].hash)

    assert first_bad(heads) == (str(first.about), None, None, "head")


def test_a_chain_whose_end_nobody_remembers_is_named(heads):
    loose = chain(9, 3, verb="org.unit.renamed")

    assert first_bad(heads) == (str(loose[0].about), 1, loose[0].pk, "ownerless")


@pytest.mark.parametrize("page", [1, 2, 3, 4])
def test_pages_hide_nothing(monkeypatch, chains, heads, page):
    monkeypatch.setattr(verification, "PAGE", page)
    monkeypatch.setattr(rows, "PAGE", page)
    loose = chain(9, 5)

    assert first_bad(heads)[2:] == (loose[0].pk, "ownerless")
    verdict = verify_chains([*heads, *heads_of(loose)])
    assert (verdict.chains, verdict.events, verdict.ok) == (4, 16, True)
    for events in [*chains, loose]:
        for event in events:
            by_force("UPDATE trail_event SET words = 'x' WHERE id = %s", event.pk)
            assert first_bad([*heads, *heads_of(loose)])[2] == event.pk
            by_force(
                "UPDATE trail_event SET words = %s WHERE id = %s", event.words, event.pk
            )


def test_queries_do_not_grow_with_the_histories(heads, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        verify_chains(heads)

    more = [chain(number, 3) for number in range(10, 40)]

    with django_assert_max_num_queries(1):
        assert verify_chains(heads + heads_of(*more)).ok


class TestAnyByte(TestCase):
    """Whichever byte of whichever column is changed, its event is named."""

    @given(data=st.data())
    @settings(max_examples=60, deadline=None)
    def test_any_byte(self, data):
        events = chain(1, 3)
        event = data.draw(st.sampled_from(events))
        column = data.draw(
            st.sampled_from(["verb", "by", "detail", "words", "prev_hash", "hash"])
        )
        kept = Event.objects.get(pk=event.pk)
        text = getattr(kept, column)
        text = text if isinstance(text, str) else '{"unit": "MINE"}'
        place = data.draw(st.integers(0, len(text)))
        byte = data.draw(st.characters(min_codepoint=33, max_codepoint=126))
        changed = (text[:place] + byte + text[place + 1 :])[:64]
        if changed == getattr(kept, column):
            return
        if column == "detail" and connection.vendor != "sqlite":
            changed = '{"unit": "MINF"}'

        by_force(
            f'UPDATE trail_event SET "{column}" = %s WHERE id = %s',
            changed,
            event.pk,
        )

        assert first_bad(heads_of(events))[1:] == (event.seq, event.pk, "changed")
