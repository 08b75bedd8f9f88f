"""Ask those above what a person is in the house; this room only knows accounts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from shuoshi.accounts.models import User


@dataclass(frozen=True)
class Belonging:
    """The mine on whose record a person stands, if any, and what their posts demand."""

    mine_id: int = 0
    needs_second: bool = False
    holds_post: bool = False


_asked: list[Callable[[User], Belonging]] = []


def ask_belonging(answer: Callable[[User], Belonging]) -> None:
    """Let a room above answer; for its ``apps.py``."""
    if answer not in _asked:
        _asked.append(answer)


def belonging_of(person: User) -> Belonging:
    """Return what the room above says; without one, nobody needs anything."""
    return _asked[0](person) if _asked else Belonging()


def needs_second(person: User) -> bool:
    """True if the person's posts demand a second factor, and the house does."""
    return bool(settings.SHUOSHI_SECOND_FACTOR) and belonging_of(person).needs_second
