"""What somebody needs to come in by a door, and what they are answered."""

import re
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cached_property
from typing import TYPE_CHECKING

from shuoshi.matters.rules.access import Permission, administers, gate, is_at_work


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.org.rules.roles import Role
    from shuoshi.org.rules.standing import Standing


class Answer(StrEnum):
    """What a door answers somebody."""

    OPEN = auto()
    SIGN_IN = auto()
    REFUSED = auto()
    ABSENT = auto()


class Way(StrEnum):
    """How one comes in: without saying who one is, by a session, a token or a receipt."""

    FREE = auto()
    SESSION = auto()
    TOKEN = auto()
    RECEIPT = auto()


@dataclass(frozen=True)
class Need:
    """
    What a door asks for.

    With a ``permission`` it leads to one matter; with ``roles``, to what these posts do;
    ``work`` keeps administrators out. Without any of it, the way alone is enough. What is
    ``hidden`` is not there for the others: 404 instead of 403.
    """

    way: Way
    permission: Permission | None = None
    roles: "frozenset[Role]" = frozenset()
    work: bool = False
    hidden: bool = False

    def answer(
        self,
        person: "Standing | None",
        matter: "Matter | None" = None,
        *,
        holds_receipt: bool = False,
    ) -> Answer:
        """Return what somebody is answered; without a standing they have not signed in."""
        if self.way is Way.RECEIPT:
            return Answer.OPEN if holds_receipt else Answer.ABSENT
        if self.way is Way.FREE:
            return Answer.OPEN
        if person is None:
            return Answer.SIGN_IN
        if self.permission is not None:
            return self._of_matter(person, matter)
        if self._lets_in(person):
            return Answer.OPEN
        return Answer.ABSENT if self.hidden else Answer.REFUSED

    def _lets_in(self, person: "Standing") -> bool:
        if self.work and (administers(person) or not is_at_work(person)):
            return False
        return not self.roles or person.is_any(*self.roles)

    def _of_matter(self, person: "Standing", matter: "Matter | None") -> Answer:
        if matter is None or not gate.may(person, Permission.SEE, matter):
            return Answer.ABSENT
        may = self.permission is None or gate.may(person, self.permission, matter)
        return Answer.OPEN if may and self._lets_in(person) else Answer.REFUSED


# A request that is wrong in itself is told so before anybody asks whose it is.
MALFORMED = frozenset({400, 405, 413, 415, 429})
DONE = frozenset({200, 201, 302, 303, 304, 409, 422, 503})


@dataclass(frozen=True)
class Door:
    """One way in: its methods, its address and what it asks for."""

    methods: frozenset[str]
    path: str
    need: Need

    @property
    def name(self) -> str:
        return f"{'|'.join(sorted(self.methods))} {self.path}"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What addresses lead here; a name in braces stands for anything but a slash."""
        parts = re.split(r"\{\w+\}", self.path)
        return re.compile("[^/]+".join(map(re.escape, parts)))

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    def statuses(self, answer: Answer) -> frozenset[int]:
        """Return the statuses that may go with an answer, and no others."""
        match answer:
            case Answer.SIGN_IN:
                return frozenset({401}) if self.is_api else frozenset({302})
            case Answer.REFUSED:
                return frozenset({403})
            case Answer.ABSENT if self.need.way is Way.RECEIPT and not self.is_api:
                # The form says beside its field that there is no such receipt.
                return frozenset({422})
            case Answer.ABSENT:
                return frozenset({404})
            case _ if self.need.permission is None:
                # What is nobody's secret may also be missing, or not open just now.
                return DONE | {403, 404} if self.need.way is Way.FREE else DONE | {404}
            case _:
                # Beyond the matter an address may name what does not exist.
                more = set(re.findall(r"\{(\w+)\}", self.path)) - {"number"}
                return DONE | {404} if more else DONE
