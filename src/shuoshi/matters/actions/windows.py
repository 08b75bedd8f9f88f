"""Until when a speaker may ask for what comes next."""

from datetime import datetime

from shuoshi.matters.actions.change import Change


def may_ask_until(change: Change, key: str) -> datetime:
    """Return the end of the time in which a review may be asked for (§35, §36)."""
    return change.clock.after(change.now, key).due_at
