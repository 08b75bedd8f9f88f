"""Say what stands around the pages of the people who work."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.frame import DueSoon, Frame, Link, OnDuty
from shuoshi.common.workdays import end_of
from shuoshi.duty.queries.turns import on_duty
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.faces import Faces, faces_for
from shuoshi.matters.queries.inbox import unread_by
from shuoshi.matters.queries.lines import listed, title_of_line
from shuoshi.matters.queries.matters import waiting_for
from shuoshi.matters.queries.workbench import waiting_by_zone
from shuoshi.matters.rules.access import may_register, may_see_figures
from shuoshi.matters.rules.states import Zone
from shuoshi.org.queries.units import mines
from shuoshi.org.rules.roles import ADMINISTRATORS


if TYPE_CHECKING:
    from shuoshi.org.rules.standing import Standing

SOON_ROWS = 5
SOON_DAYS = 3
# The zones that have a place on the screen; what has ended is found in the ledger.
DESK_ZONES = tuple(zone for zone in Zone if zone is not Zone.ARCHIVE)


@dataclass(frozen=True)
class Desk:
    """Somebody at their desk, at the moment of one request."""

    standing: "Standing"
    now: datetime
    path: str = ""

    @property
    def is_at_work(self) -> bool:
        """True for those who deal with matters; administrators and strangers do not."""
        return self.standing.mine_id is not None and not (
            self.standing.roles <= ADMINISTRATORS
        )

    @cached_property
    def faces(self) -> Faces:
        return faces_for(self.standing.mine_id or 0, now=self.now)


def frame_of(desk: Desk) -> Frame:
    """Return the frame around a page of this desk."""
    person = desk.standing
    if person.mine_id is None:
        return Frame(home_url=_url("workbench"), person_name=person.name)
    named = {mine.pk: mine.name for mine in mines()}
    plain = Frame(
        room_name=_("%(mine)s党员说事室") % {"mine": named.get(person.mine_id, "")},
        home_url=_url("workbench"),
        person_name=person.name,
        post_title=person.title,
        today=localdate(desk.now),
        places=_places(desk),
        duty_today=_on_duty(desk),
    )
    if not desk.is_at_work:
        return plain
    return replace(
        plain,
        zones=_zones(desk),
        register_url=_url("register") if may_register(person) else "",
        search_url=_url("search"),
        inbox_url=reverse("notices:inbox"),
        unread=unread_by(person),
        due_soon=_due_soon(desk),
    )


def _url(name: str, *args: str) -> str:
    return reverse(f"matters:{name}", args=args)


def _zones(desk: Desk) -> tuple[Link, ...]:
    waiting = waiting_by_zone(desk.standing)
    return tuple(
        _link(
            desk,
            str(zone.label),
            _url("zone", zone.lower()),
            zone.lower(),
            waiting=waiting.get(zone, 0),
            keys=f"g {place}",
        )
        for place, zone in enumerate(DESK_ZONES, start=1)
    )


def _places(desk: Desk) -> tuple[Link, ...]:
    links = [_link(desk, _("工作台"), _url("workbench"), "workbench", keys="g w")]
    if desk.is_at_work:
        links.append(_link(desk, _("台账"), _url("ledger"), "ledger", keys="g l"))
        if may_see_figures(desk.standing):
            url = reverse("insight:figures")
            links.append(_link(desk, _("统计"), url, "figures", keys="g f"))
    return tuple(links)


def _link(
    desk: Desk, label: str, url: str, icon: str, *, keys: str, waiting: int = 0
) -> Link:
    return Link(label, url, icon, waiting, current=desk.path == url, keys=keys)


def _on_duty(desk: Desk) -> tuple[OnDuty, ...]:
    if desk.standing.mine_id is None:
        return ()
    turns = on_duty(mine_id=desk.standing.mine_id, day=localdate(desk.now))
    return tuple(OnDuty(turn.person.name, turn.unit.name) for turn in turns)


def _due_soon(desk: Desk) -> tuple[DueSoon, ...]:
    calendar = desk.faces.clock.calendar
    last = calendar.add_working(localdate(desk.now), SOON_DAYS).day
    soon = waiting_for(desk.standing).filter(
        due_at__lte=end_of(last, ZONE), suspended_at=None
    )
    return tuple(
        DueSoon(
            title_of_line(matter),
            _url("matter", matter.number),
            matter.number,
            desk.faces.of(matter),
        )
        for matter in listed(soon)[:SOON_ROWS]
    )
