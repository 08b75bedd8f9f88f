"""Look at a name and a password: the same answer and the same work for every name."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.directory import directory_accepts
from shuoshi.accounts.actions.throttling import TooOften, count_try, forget_tries
from shuoshi.accounts.actions.vouching import vouch_for_account
from shuoshi.accounts.models import User
from shuoshi.accounts.queries.belonging import belonging_of
from shuoshi.accounts.queries.people import person_named
from shuoshi.accounts.rules.throttles import (
    BLOCK,
    DEVICE,
    HELD_BACK,
    NAME,
    TOKEN_NOTED,
    Throttle,
)
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import keyed_hash
from shuoshi.trail.actions import note


class NotKnown(Refused):
    """Name and password do not belong together; which of them is wrong is not said."""

    def __init__(self) -> None:
        """Say the same, whatever was wrong."""
        super().__init__(_("登录名或者密码不对，请再试一次。"), field="password")


@dataclass(frozen=True)
class Attempt:
    """A name and a password as they were typed, and where from."""

    username: str
    password: str
    # The network it comes from, and the mark of a device that this name signed in on.
    block: str = ""
    device: str = ""


def prove_password(attempt: Attempt, *, now: datetime) -> User:
    """
    Return the person whose name and password these are.

    Not to be called inside a transaction: a refusal must not undo the count.

    :raises TooOften: if this name, or this network, tried too often.
    :raises NotKnown: otherwise, if they are nobody's.
    """
    counted = _counts(attempt)
    try:
        for throttle, key in counted:
            count_try(throttle, key, now=now)
    except TooOften:
        _note_once(attempt, now=now)
        raise
    person = person_named(attempt.username)
    if person is None:
        # As much work as for somebody who is there.
        make_password(attempt.password)
    if person is None or not _is_right(person, attempt):
        _note_refusal(attempt, person, now=now)
        raise NotKnown
    for throttle, key in counted:
        if throttle is not BLOCK:
            forget_tries(throttle, key)
    return person


def forgive(person: User) -> None:
    """Let a person try again at once, whoever tried their name before."""
    for throttle in NAME:
        forget_tries(throttle, person.username.casefold())


def _is_right(person: User, attempt: Attempt) -> bool:
    before = person.password
    if person.check_password(attempt.password):
        if person.password != before:
            # Django has hashed it anew, at the cost of today.
            vouch_for_account(person)
        return True
    return directory_accepts(attempt.username, attempt.password)


def _counts(attempt: Attempt) -> list[tuple[Throttle, str]]:
    name = attempt.username.casefold()
    if attempt.device:
        return [(BLOCK, attempt.block), (DEVICE, f"{name}\n{attempt.device}")]
    return [(BLOCK, attempt.block), *((throttle, name) for throttle in NAME)]


def tried_name(username: str) -> str:
    """Return what is kept of a name that was tried: people type passwords there."""
    return keyed_hash("tried name", username.casefold())[:16]


def _note_refusal(attempt: Attempt, person: User | None, *, now: datetime) -> None:
    whose = {"person": person.pk} if person else {}
    note(
        "accounts.refused",
        by="nobody",
        at=now,
        mine_id=belonging_of(person).mine_id if person else 0,
        detail={"tried": tried_name(attempt.username), **whose},
    )


def note_token_refused(block: str, *, now: datetime) -> None:
    """Put a false or ended token on record: once a network and stretch, however many."""
    try:
        count_try(TOKEN_NOTED, block, now=now)
    except TooOften:
        return
    note("accounts.token_refused", by="nobody", at=now)


def _note_once(attempt: Attempt, *, now: datetime) -> None:
    try:
        count_try(HELD_BACK, attempt.username.casefold(), now=now)
    except TooOften:
        return
    detail = {"tried": tried_name(attempt.username)}
    note("accounts.held_back", by="nobody", at=now, detail=detail)
