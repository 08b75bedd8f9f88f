import pytest

from shuoshi.accounts.models import Tally
from shuoshi.channels.actions.proofs import (
    ASKING,
    MISSES,
    SPEAKING,
    STRETCH,
    WITHOUT,
    ProofNeeded,
    matter_behind,
    pass_for,
)
from shuoshi.common.hashing import kept_hashes
from shuoshi.matters.actions.raising import RECEIPT
from tests.channels.puzzling import solved
from tests.channels.spoken import Spoken
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(settings):
    settings.SHUOSHI_CALM = 2
    for _time in range(2):
        SPEAKING.let_in("", now=NOW)
        SPEAKING.count(NOW)
    for _time in range(WITHOUT):
        SPEAKING.let_in("", now=NOW)


def guess(times, *, now=NOW):
    for number in range(times):
        assert matter_behind(f"{number:016}", proof="", now=now) is None


def test_while_it_is_calm_nobody_is_asked_for_anything(settings):
    settings.SHUOSHI_CALM = 3
    for _time in range(2):
        SPEAKING.count(NOW)

    SPEAKING.let_in("", now=NOW)


def test_when_it_is_busy_a_few_go_in_without_and_then_nobody(busy):
    with pytest.raises(ProofNeeded):
        SPEAKING.let_in("", now=NOW)

    SPEAKING.let_in("", now=NOW + STRETCH)


def test_a_proof_always_goes_in_and_once_only(busy):
    proof = solved(SPEAKING.puzzle(NOW))

    SPEAKING.let_in(proof, now=NOW)

    with pytest.raises(ProofNeeded):
        SPEAKING.let_in(proof, now=NOW)


def test_no_stretch_ends_before_a_proof_was_used_up(busy):
    late = NOW + STRETCH * 11
    proof = solved(SPEAKING.puzzle(NOW))
    SPEAKING.let_in(proof, now=NOW)
    for _time in range(2):
        SPEAKING.count(late)
    for _time in range(WITHOUT):
        SPEAKING.let_in("", now=late)

    with pytest.raises(ProofNeeded):
        SPEAKING.let_in(proof, now=late)


@pytest.mark.parametrize("bad", ["", ":", "x:1", "speak.14.1.a.b:1"])
def test_what_is_no_proof_does_not_help(busy, bad):
    with pytest.raises(ProofNeeded):
        SPEAKING.let_in(bad, now=NOW)


def test_a_wrong_answer_and_another_door_do_not_help(busy):
    for bad in (f"{SPEAKING.puzzle(NOW)}:no", solved(ASKING.puzzle(NOW))):
        with pytest.raises(ProofNeeded):
            SPEAKING.let_in(bad, now=NOW)


def test_what_was_much_too_easy_does_not_help(busy):
    easy = solved(SPEAKING.puzzle(NOW - STRETCH))
    for _time in range(2 * 2**4):
        SPEAKING.count(NOW)

    with pytest.raises(ProofNeeded):
        SPEAKING.let_in(easy, now=NOW)


def test_who_guesses_is_slowed_and_the_owner_gets_in(house):
    spoken = Spoken(house)
    guess(MISSES + WITHOUT)

    with pytest.raises(ProofNeeded):
        matter_behind("0" * 16, proof="", now=NOW)
    with pytest.raises(ProofNeeded):
        matter_behind(spoken.receipt, proof="", now=NOW)
    proof = solved(ASKING.puzzle(NOW))
    assert matter_behind(spoken.receipt, proof=proof, now=NOW) == spoken.matter


def test_who_was_let_in_goes_on_while_others_guess(house):
    spoken = Spoken(house)
    guess(MISSES + WITHOUT)
    seen = pass_for(spoken.receipt, now=NOW)

    found = matter_behind(spoken.receipt, proof="", now=NOW, seen=seen)

    assert found == spoken.matter
    with pytest.raises(ProofNeeded):
        matter_behind("0" * 16, proof="", now=NOW, seen=seen)


def test_right_receipts_are_not_counted(house):
    spoken = Spoken(house)

    for _time in range(MISSES + WITHOUT + 1):
        assert matter_behind(spoken.receipt, proof="", now=NOW) == spoken.matter


def test_nothing_is_kept_of_where_somebody_sits(busy):
    guess(3)

    assert set(Tally.objects.values_list("kind", flat=True)) == {
        "speak",
        "speak.without",
        "receipt",
    }


def test_a_receipt_hashed_with_an_old_key_is_found_and_hashed_anew(house, settings):
    spoken = Spoken(house)
    key = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
    settings.SHUOSHI_HASH_KEYS = f"h1:sm3:{key}"

    found = matter_behind(spoken.receipt, proof="", now=NOW)

    assert found == spoken.matter
    spoken.matter.refresh_from_db()
    assert spoken.matter.receipt_digest == kept_hashes(RECEIPT, spoken.receipt)[0]
    assert spoken.matter.receipt_digest.startswith("h1.")
    assert matter_behind(spoken.receipt, proof="", now=NOW) == spoken.matter
