"""Find the notices to a person: only those on matters that they may see by now."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.table import STEPS
from shuoshi.notices.queries import notices_of
from shuoshi.notices.rules.kinds import KINDS


if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import QuerySet

    from shuoshi.notices.models import Notice
    from shuoshi.org.rules.standing import Standing

ROWS = 50
# Nobody reads a larger number than this off a bell.
MOST = 100
ID_DIGITS = 19


@dataclass(frozen=True)
class Told:
    """One notice, in words."""

    notice: "Notice"
    what: str
    title: str
    url: str


@dataclass(frozen=True)
class InboxPage:
    """One page of notices, and the mark of the next."""

    told: list[Told]
    older: str = ""
    newer: str = ""


def notices_to(person: "Standing") -> "QuerySet[Notice]":
    """Return the person's notices; what they are kept from tells them nothing."""
    seen = matters_seen_by(person).filter(uid=OuterRef("about"))
    return notices_of(person.person_id or 0).filter(Q(about=None) | Exists(seen))


def unread_by(person: "Standing") -> int:
    """Return how many notices the person has not opened, at most a hundred."""
    if person.person_id is None:
        return 0
    return notices_to(person).filter(read_at=None).order_by()[:MOST].count()


def inbox_page(person: "Standing", older: str) -> InboxPage:
    """Return the notices behind the one that the address names, the newest first."""
    notices = notices_to(person)
    if older.isascii() and older.isdigit() and len(older) < ID_DIGITS:
        notices = notices.filter(pk__lt=int(older))
    rows = list(notices[: ROWS + 1])
    more = str(rows[ROWS - 1].pk) if len(rows) > ROWS else ""
    return InboxPage(told(rows[:ROWS]), more)


def told(notices: "Iterable[Notice]") -> list[Told]:
    """
    Return the notices in words, with what their matters are called (one query).

    They come from ``notices_to``, so that their matters have been looked at already.
    """
    notices = list(notices)
    matters = Matter.objects.filter(uid__in={one.about for one in notices})
    titles = dict(matters.filter(sealed=False).values_list("uid", "title"))
    return [
        Told(one, what_happened(one.kind), _title(one, titles), _url(one))
        for one in notices
    ]


def _title(notice: "Notice", titles: "dict[UUID, str]") -> str:
    if notice.about is None:
        return str(KINDS[notice.kind].group.label)
    return titles.get(notice.about) or _("已密封移送纪委")


def _url(notice: "Notice") -> str:
    if notice.about is None:
        return reverse(KINDS[notice.kind].url_name)
    return reverse("matters:matter", args=[notice.number])


def what_happened(kind: str) -> str:
    """Return the words for the kind of a notice: what was done, as the record says it."""
    if kind in KINDS:
        return str(KINDS[kind].words)
    if kind == "climb":
        return _("时限预警")
    step = STEPS.get(kind)
    return str(step.past) if step else _("有新情况")
