"""What has been kept long enough: which rows, kind by kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.timezone import get_current_timezone, localtime

from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter, Speaker
from shuoshi.notices.models import Notice
from shuoshi.privacy.models import RightsRequest
from shuoshi.privacy.queries.retention import PeriodOf, periods_of
from shuoshi.privacy.rules.kinds import Kept
from shuoshi.privacy.rules.purposes import Fate


# A figure below this could point at somebody.
FEW = 5


@dataclass(frozen=True)
class Due:
    """The rows of one kind whose time is over."""

    period: PeriodOf
    rows: "QuerySet[Any]"
    since: str

    def ids(self) -> Iterator[Any]:
        """Yield the ids of the rows, in order."""
        yield from self.rows.order_by("pk").values_list("pk", flat=True).iterator()

    def as_line(self) -> dict[str, Any]:
        """Return what is shown of it: how many, since when, and what would happen."""
        oldest: datetime | None = self.rows.aggregate(oldest=Min(self.since))["oldest"]
        return {
            "kind": str(self.period.kind),
            "months": self.period.months,
            "fate": self.period.fate,
            "count": self.rows.count(),
            "oldest": localtime(oldest).date().isoformat() if oldest else "",
        }


def months_before(moment: datetime, months: int) -> datetime:
    """Return the beginning of the day so many months before; a short month ends earlier."""
    day = localtime(moment).date()
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            earlier = date(year, month + 1, last)
        except ValueError:
            continue
        break
    return datetime.combine(earlier, time(), tzinfo=get_current_timezone())


def due_in(mine_id: int, *, until: datetime) -> list[Due]:
    """Return what of a mine has been kept long enough, kind by kind."""
    return [
        _due(mine_id, period, months_before(until, period.months))
        for period in periods_of(mine_id)
    ]


def _due(mine_id: int, period: PeriodOf, before: datetime) -> Due:
    match period.kind:
        case Kept.SPEAKER:
            speakers = Speaker.objects.filter(
                matter__mine=mine_id, matter__ended_at__lt=before
            ).exclude(key="")
            if period.fate == Fate.RESTRICT:
                speakers = speakers.filter(restricted_at=None)
            return Due(period, speakers, "matter__ended_at")
        case Kept.FILES:
            ended = Matter.objects.filter(mine=mine_id, ended_at__lt=before)
            files = Attachment.objects.filter(
                mine_id=mine_id,
                removed_at=None,
                added_at__lt=before,
                about__in=ended.values("uid"),
            )
            return Due(period, files, "added_at")
        case Kept.NOTICES:
            told = Notice.objects.filter(mine_id=mine_id, at__lt=before)
            return Due(period, told, "at")
        case Kept.REQUESTS:
            answered = RightsRequest.objects.filter(
                mine_id=mine_id, answered_at__lt=before
            ).exclude(key="")
            return Due(period, answered, "answered_at")


def digest_of(due: Iterable[Due]) -> str:
    """Return a digest of exactly these rows and what would happen to them."""
    digest = sha256()
    for one in due:
        digest.update(f"{one.period.kind}:{one.period.fate}\n".encode())
        for row in one.ids():
            digest.update(f"{row}\n".encode())
    return digest.hexdigest()


def shown_count(count: int) -> str:
    """Return a figure as it may be shown: none, fewer than five, or the number."""
    return str(count) if count == 0 or count >= FEW else f"<{FEW}"
