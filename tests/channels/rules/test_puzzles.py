from datetime import UTC, datetime

import pytest

from shuoshi.channels.rules.puzzles import (
    EASIEST,
    HARDEST,
    HOLDS,
    Puzzle,
    bits_for,
    new_puzzle,
    puzzle_of,
)


NOW = datetime(2026, 9, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("load", "bits"),
    [
        (0, 0),
        (19, 0),
        (20, EASIEST + 1),
        (39, EASIEST + 1),
        (40, EASIEST + 2),
        (10**9, HARDEST),
    ],
)
def test_the_busier_the_harder(load, bits):
    assert bits_for(load, 20) == bits


def test_a_puzzle_is_believed_for_its_purpose_and_time():
    text = new_puzzle("speak", bits=0, now=NOW)

    puzzle = puzzle_of(text, purpose="speak", now=NOW)

    assert puzzle.bits == EASIEST
    assert puzzle.until == NOW + HOLDS
    assert puzzle_of(text, purpose="receipt", now=NOW) is None
    assert puzzle_of(text, purpose="speak", now=NOW + HOLDS) is None


@pytest.mark.parametrize(
    "made_up",
    ["", ".", "speak", "speak.1.9999999999.ab.cd", "说" * 9, "x" * 1000, "a.b.c.d.e.f"],
)
def test_a_puzzle_that_is_not_ours_is_none(made_up):
    assert puzzle_of(made_up, purpose="speak", now=NOW) is None


def test_an_easier_copy_of_ours_is_none():
    text = new_puzzle("speak", bits=20, now=NOW)

    assert puzzle_of(text.replace(".20.", ".14."), purpose="speak", now=NOW) is None


def test_the_answer_gives_so_many_zero_bits():
    puzzle = Puzzle("abc", 12, NOW)

    right = [n for n in range(20_000) if puzzle.is_solved_by(str(n))]

    assert right
    assert not puzzle.is_solved_by(str(right[0] + 1)) or right[1] == right[0] + 1
    assert not Puzzle("abc", 40, NOW).is_solved_by(str(right[0]))
