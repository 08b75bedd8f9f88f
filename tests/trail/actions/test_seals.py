from datetime import date, timedelta
from uuid import UUID

import pytest

from shuoshi.trail import actions
from shuoshi.trail.actions import SealRefused, seal_day
from shuoshi.trail.models import Seal
from shuoshi.trail.queries import (
    Printed,
    latest_seal,
    proof_for,
    seals,
    verify_seals,
)
from shuoshi.trail.rules.chain import FIRST
from shuoshi.trail.rules.merkle import root_of
from tests.trail.factories import NOW, by_force, chain


pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


def days(number):
    return DAY + timedelta(days=number)


def seal(number):
    return seal_day(days(number), now=NOW + timedelta(days=number))


def test_a_seal_is_the_root_of_all_that_was_recorded():
    events = chain(1, 3) + chain(2, 2)

    sealed = seal(0)

    assert sealed == latest_seal()
    assert (sealed.day, sealed.sealed_at, sealed.leaves) == (DAY, NOW, 5)
    assert sealed.root == root_of(bytes.fromhex(event.hash) for event in events).hex()
    assert sealed.prev_hash == FIRST


def test_seals_follow_each_other_and_cover_each_event_once():
    chain(1, 3)
    first = seal(0)
    chain(2, 2)

    second, third = seal(1), seal(5)

    # Each seal covers what the record says of the one before.
    assert (second.after_id, second.leaves) == (first.last_id, 3)
    assert second.prev_hash == first.hash
    assert (third.after_id, third.last_id, third.leaves) == (
        second.last_id,
        second.last_id + 1,
        1,
    )
    assert verify_seals().seals == 3


def test_a_day_is_sealed_once():
    chain(1, 1)
    first = seal(0)
    chain(2, 1)

    assert seal(0) == first
    assert seal(1).leaves == 2
    assert seal(0) == first
    assert Seal.objects.count() == 2


def test_a_day_before_the_last_seal_is_refused():
    seal(3)

    with pytest.raises(SealRefused, match="更晚的日期已经封存"):
        seal(2)

    assert Seal.objects.count() == 1


def test_the_faster_of_two_workers_seals(monkeypatch):
    settled_id = actions.seals.settled_id

    def overtaken():
        monkeypatch.setattr(actions.seals, "settled_id", settled_id)
        seal(0)
        return settled_id()

    monkeypatch.setattr(actions.seals, "settled_id", overtaken)

    assert seal(0) == Seal.objects.get()


def test_a_seal_costs_what_the_day_costs(django_assert_max_num_queries):
    for number in range(1, 30):
        chain(number, 3)
    seal(0)
    chain(99, 1)

    with django_assert_max_num_queries(16):
        assert seal(1).leaves == 2


def test_a_matter_is_proved_by_its_latest_seal():
    events = {number: chain(number, number) for number in range(1, 6)}
    seal(0)
    events[6] = chain(6, 6)
    seal(1)

    for number, history in events.items():
        proof = proof_for(history[0].about)
        assert proof.holds()
        assert (proof.seq, proof.leaf) == (number, history[-1].hash)
        assert proof.day == days(number // 6)
        assert proof.seal == Seal.objects.get(day=proof.day).hash


def test_no_proof_before_the_first_seal_nor_for_what_came_after():
    about = chain(1, 1)[0].about
    assert proof_for(about) is None
    seal(0)

    assert proof_for(chain(2, 1)[0].about) is None
    assert proof_for(UUID(int=99)) is None
    assert proof_for(about).holds()


def test_a_proof_of_something_else_does_not_hold():
    one, two = chain(1, 1), chain(2, 1)
    seal(0)
    proof = proof_for(one[0].about)

    changed = {**proof.__dict__, "leaf": two[0].hash}

    assert not type(proof)(**changed).holds()


@pytest.mark.parametrize(
    ("statement", "bad"),
    [
        (
            "UPDATE trail_seal SET leaves = leaves + 1 WHERE day = '2026-03-05'",
            "changed",
        ),
        ("UPDATE trail_seal SET root = hash WHERE day = '2026-03-05'", "changed"),
        ("UPDATE trail_seal SET hash = root WHERE day = '2026-03-05'", "changed"),
        ("DELETE FROM trail_event WHERE mine_id = 1 AND seq = 2", "events"),
        ("UPDATE trail_event SET hash = prev_hash WHERE seq = 2", "events"),
        ("UPDATE trail_event SET hash = 'rubbish' WHERE seq = 2", "events"),
    ],
)
def test_verify_seals_names_the_first_bad_day(statement, bad):
    chain(1, 1)
    seal(0)
    chain(2, 2)
    seal(1)
    seal(2)
    assert verify_seals().first_bad is None

    by_force(statement)

    verdict = verify_seals()
    assert (verdict.seals, verdict.first_bad) == (1, {"day": "2026-03-05", "why": bad})


@pytest.mark.sqlite("PostgreSQL keeps types")
@pytest.mark.parametrize("column", ["root", "last_id", "day"])
def test_a_seal_that_cannot_be_read_is_named_by_the_record(column):
    seal(0)
    seal(1)

    by_force(
        f"UPDATE trail_seal SET {column} = CAST(x'FF' AS TEXT) WHERE day = '2026-03-05'"
    )

    assert verify_seals().first_bad == {"day": "2026-03-05", "why": "changed"}


def test_verify_seals_misses_a_seal_that_is_gone():
    for number in range(3):
        seal(number)

    by_force("DELETE FROM trail_seal WHERE day = '2026-03-05'")

    assert verify_seals().first_bad == {"day": "2026-03-06", "why": "missing"}


def test_many_events_are_read_page_by_page(monkeypatch):
    monkeypatch.setattr(seals, "PAGE", 3)
    events = chain(1, 7)

    sealed = seal(0)

    assert sealed.root == root_of(bytes.fromhex(event.hash) for event in events).hex()
    assert proof_for(events[0].about).holds()
    assert verify_seals().first_bad is None


def test_a_seal_taken_off_the_end_is_missed():
    chain(1, 1)
    seal(0), seal(1)
    by_force("DELETE FROM trail_seal WHERE day = '2026-03-05'")

    assert verify_seals().first_bad == {"day": "2026-03-05", "why": "missing"}


def test_a_seal_on_paper_is_found_again():
    chain(1, 1)
    first, second = seal(0), seal(1)

    assert verify_seals(Printed(DAY, first.hash[:16])).first_bad is None
    assert verify_seals(Printed(DAY, second.hash[:16])).first_bad == {
        "day": "2026-03-04",
        "why": "printed",
    }
