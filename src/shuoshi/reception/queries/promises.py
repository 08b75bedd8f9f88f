"""Find promises: only those on matters that a person may see."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from shuoshi.common.sealing import SealBroken, open_box
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by, numbered, read_by
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Promise
from shuoshi.reception.rules.promises import WAITING


ROWS = 200


@dataclass(frozen=True)
class PromiseShown:
    """A promise out of its seal, and whether its day is over."""

    promise: Promise
    words: str
    outcome: str
    is_late: bool


def promises_seen_by(person: Standing) -> QuerySet[Promise]:
    """Return the promises on matters whose words the person may read: sealed ones are not."""
    seen = read_by(person).filter(uid=OuterRef("matter"))
    here = Promise.objects.filter(mine_id=person.mine_id or 0)
    return here.filter(Exists(seen)).select_related("unit")


def promises_shown(person: Standing, *, today: date) -> list[PromiseShown]:
    """Return them in words, what is open first and the earliest day before."""
    seen = promises_seen_by(person).order_by("due_on", "pk")
    open_ones = list(seen.filter(state__in=WAITING)[:ROWS])
    ended = list(seen.exclude(state__in=WAITING).order_by("-due_on")[:ROWS])
    return [_shown(one, today) for one in [*open_ones, *ended]]


def promise_seen_by(uid: UUID, person: Standing) -> Promise | None:
    return promises_seen_by(person).filter(uid=uid).first()


def matter_for_promise(number: str, person: Standing) -> Matter | None:
    """Return the matter with this number, if the person sees it and it is not sealed."""
    return numbered(matters_seen_by(person), number).filter(sealed=False).first()


def _shown(promise: Promise, today: date) -> PromiseShown:
    words, outcome = _opened(promise, "words"), _opened(promise, "outcome")
    late = promise.state in WAITING and promise.due_on < today
    return PromiseShown(promise, words, outcome, late)


def _opened(promise: Promise, name: str) -> str:
    sealed: str = getattr(promise, name)
    if not sealed:
        return ""
    try:
        return open_box(f"promise:{promise.uid}", promise.key).open(sealed, name)
    except SealBroken as broken:
        return broken.message
