"""Review what was decided, and review it a last time."""

from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.letters import issue_letter
from shuoshi.matters.actions.windows import may_ask_until
from shuoshi.matters.models import LetterKind


@effect("ask_review")
def ask_review(change: Change) -> None:
    """Ask the leader to look at it again (§35)."""
    _ask(change)


@effect("ask_final_review")
def ask_final_review(change: Change) -> None:
    """Ask for the last word (§36)."""
    _ask(change)


def _ask(change: Change) -> None:
    change.set(reviews=change.matter.reviews + 1, ask_until=None)
    change.words = change.given["reason"]


@effect("uphold")
def uphold(change: Change) -> None:
    """Confirm the answer; after the first review the last one may be asked for."""
    _decide(change)
    if change.matter.reviews == 1:
        change.set(ask_until=may_ask_until(change, "ASK_FINAL"))


@effect("overturn")
def overturn(change: Change) -> None:
    """Set the answer aside: the matter is received again, with a limit of its own."""
    _decide(change)
    change.set(
        answered_at=None,
        is_rated=False,
        satisfied=None,
        solved=None,
        ground="",
        merged_into=None,
        designated=False,
    )


def _decide(change: Change) -> None:
    change.words = change.given["opinion"]
    issue_letter(change.matter, LetterKind.REVIEW, now=change.now)


@effect("withdraw")
def withdraw(change: Change) -> None:
    """Let the speaker take the matter back."""
    change.words = change.given.get("reason") or ""
