"""Show the deadlines of matters as people read them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuoshi.common.frame import ClockFace
from shuoshi.common.workdays import MIDNIGHT
from shuoshi.matters.queries.clock import MineClock
from shuoshi.matters.rules.ladder import COLOURS, colour
from shuoshi.matters.rules.states import OPEN


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter

# Farther away than this, nobody counts working days.
FAR = 30


@dataclass(frozen=True)
class Faces:
    """The calendar and ladder of a mine at one moment, ready to show many deadlines."""

    clock: MineClock
    now: datetime

    def of(self, matter: "Matter") -> ClockFace:
        """Return the face of the matter's running deadline."""
        if matter.state not in OPEN or matter.due_at is None:
            return ClockFace("stopped", matter.ended_at)
        if matter.suspended_at is not None:
            return ClockFace("paused", matter.suspended_until, _("预计恢复"))
        shown = colour(
            self.now, matter.due_from, matter.due_at, self.clock.ladder or COLOURS
        )
        return ClockFace(
            str(shown.value),
            matter.due_at,
            self.left(matter.due_at),
            matter.due_is_provisional,
        )

    def until(self, due_at: datetime, *, since: datetime) -> ClockFace:
        """Return the face of a deadline that is none of a matter's own."""
        shown = colour(self.now, since, due_at, self.clock.ladder or COLOURS)
        return ClockFace(str(shown.value), due_at, self.left(due_at))

    def left(self, due_at: datetime) -> str:
        """Say how much time is left, or how much it is over, in working days."""
        today, due_on = localdate(self.now), localdate(due_at)
        if due_at < self.now:
            return self._over(due_on, today)
        if due_on == today:
            due = localtime(due_at).time()
            if due >= MIDNIGHT:
                return _("今天到期")
            return _("今天%(time)s到期") % {"time": due.strftime("%H:%M")}
        if (due_on - today).days > FAR:
            days = (due_on - today).days
            return ngettext("还剩%(n)d天", "还剩%(n)d天", days) % {"n": days}
        days = self.clock.calendar.count_after(today, due_on)
        if not days:
            return _("还剩不到1个工作日")
        return ngettext("还剩%(n)d个工作日", "还剩%(n)d个工作日", days) % {"n": days}

    def _over(self, due_on: date, today: date) -> str:
        if (today - due_on).days > FAR:
            days = (today - due_on).days
            return ngettext("超期%(n)d天", "超期%(n)d天", days) % {"n": days}
        days = self.clock.calendar.count_after(due_on, today)
        if not days:
            return _("刚超期")
        return ngettext("超期%(n)d个工作日", "超期%(n)d个工作日", days) % {"n": days}


def faces_for(mine_id: int, *, now: datetime) -> Faces:
    return Faces(MineClock(mine_id), now)
