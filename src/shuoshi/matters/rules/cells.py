"""
Which numbers of one cell may stand side by side. Pure.

A cell is a unit, or a source, in a stretch of time. Its numbers count sets that lie within
each other, so that two of them tell a third: 40 answered of whom 38 in time tell of 2 that
were late.
"""

from collections.abc import Mapping
from typing import Final

from shuoshi.matters.rules.figures import OVERDUE


# Fewer people than this behind a number could be guessed at.
FEWEST: Final = 5

# A number is shown only beside the one that it is a part of. What was ever replied to is
# no part of what stands answered, but tells nothing without it.
PART_OF: Final = {
    "triaged": "raised",
    "answered": "raised",
    "said": "answered",
    "solved": "said",
    "timed": "answered",
    "on_time": "timed",
    "rated": "answered",
    "satisfied": "rated",
    "unanswered": "raised",
    OVERDUE: "unanswered",
    "ended": "raised",
    "on_the_spot": "raised",
    "replied": "answered",
    "reopened": "replied",
    "extended": "triaged",
}
# Where two cannot be shown together, the one that stands first here is.
ORDER: Final = ("raised", *PART_OF)

# What can be told from the numbers beside it, as sums: every set of matters that adding
# and subtracting can single out is one of these or made of several of them. A test works
# them out anew from what can be true of a matter at all. Each stands under the last of
# the numbers that it needs.
_TOLD: Final[dict[str, tuple[str, ...]]] = {
    "raised": ("raised",),
    "triaged": ("triaged", "raised -triaged"),
    "answered": ("answered", "raised -answered"),
    "said": ("said", "answered -said"),
    "solved": ("solved", "said -solved"),
    "timed": ("timed", "answered -timed"),
    "on_time": ("on_time", "timed -on_time"),
    "rated": ("rated", "answered -rated"),
    "satisfied": ("satisfied", "rated -satisfied"),
    "unanswered": (
        "unanswered",
        "raised -unanswered",
        "raised -answered -unanswered",
    ),
    OVERDUE: ("overdue", "unanswered -overdue"),
    "ended": ("ended", "raised -ended", "raised -unanswered -ended"),
    "on_the_spot": (
        "on_the_spot",
        "raised -on_the_spot",
        "answered -on_the_spot",
        "raised -on_the_spot -unanswered",
        "raised -triaged -on_the_spot",
    ),
    "replied": ("replied", "raised -replied", "replied -answered"),
    "reopened": ("reopened", "replied -reopened", "answered -replied reopened"),
    "extended": ("extended", "triaged -extended"),
}


Told = tuple[frozenset[str], tuple[tuple[str, int], ...]]


def _terms(sum_of: str) -> tuple[tuple[str, int], ...]:
    return tuple(
        (term.lstrip("-"), -1 if term.startswith("-") else 1) for term in sum_of.split()
    )


def _told(sum_of: str) -> Told:
    terms = _terms(sum_of)
    return frozenset(name for name, _sign in terms), terms


TOLD: Final = {
    name: tuple(_told(sum_of) for sum_of in sums) for name, sums in _TOLD.items()
}
# What a number cannot exceed, by the ones that stand before it.
AT_MOST: Final = {name: [_terms(whole)] for name, whole in PART_OF.items()} | {
    "unanswered": [_terms("raised"), _terms("raised -answered")],
    "ended": [_terms("raised"), _terms("raised -unanswered")],
    "on_the_spot": [_terms("answered"), _terms("raised -triaged")],
    "replied": [_terms("raised")],
}
_EVERYTHING: Final = frozenset(ORDER)


def is_few(count: int) -> bool:
    """True for one to four; behind a zero there is nobody."""
    return 0 < count < FEWEST


def tellable(counts: Mapping[str, int]) -> frozenset[str]:
    """Return the numbers of a cell that may be shown together: none tells of a few."""
    if not counts["raised"]:
        return _EVERYTHING
    shown: set[str] = set()
    for name in ORDER:
        if PART_OF.get(name, "raised") not in shown and shown:
            continue
        shown.add(name)
        if _tells_of_few(name, shown, counts):
            shown.remove(name)
            if not shown:
                break
    return frozenset(shown)


def _tells_of_few(name: str, shown: set[str], counts: Mapping[str, int]) -> bool:
    return any(
        is_few(sum(sign * counts[term] for term, sign in terms))
        for names, terms in TOLD[name]
        if names <= shown
    )
