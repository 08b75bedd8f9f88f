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
from shuoshi.duty.queries.months import clashes_soon, swaps_waiting_for
from shuoshi.duty.queries.turns import on_duty
from shuoshi.duty.rules.access import may_plan
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.faces import Faces, faces_for
from shuoshi.matters.queries.inbox import unread_by
from shuoshi.matters.queries.lines import listed, title_of_line
from shuoshi.matters.queries.matters import waiting_for
from shuoshi.matters.queries.referrals import letters_due
from shuoshi.matters.queries.workbench import waiting_by_zone
from shuoshi.matters.rules.access import (
    is_at_work,
    may_print_duty,
    may_register,
    may_see_figures,
)
from shuoshi.matters.rules.committee import holds_the_seal
from shuoshi.matters.rules.states import Zone
from shuoshi.org.queries.units import mines
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.privacy.rules.access import may_answer, may_review


if TYPE_CHECKING:
    from shuoshi.org.rules.standing import Standing

# Who may write what everybody is to read.
WRITING = (Role.RECEPTION, Role.COORDINATOR, Role.UNIT_HEAD, Role.CHIEF, Role.LEADER)
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
        return is_at_work(self.standing)

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
        menu=(Link(_("我的信息"), reverse("rights:my_data"), "person"),),
    )
    if not desk.is_at_work:
        return plain
    return replace(
        plain,
        zones=_zones(desk),
        register_url=_url("register") if may_register(person) else "",
        search_url=_url("search"),
        duty_url=_url("duty_sheet") if may_print_duty(person) else "",
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
        links.append(_roster(desk))
        if may_register(desk.standing):
            url = reverse("reception:bookings")
            links.append(_link(desk, _("预约"), url, "clock", keys="g y"))
            url = reverse("reception:queue")
            links.append(_link(desk, _("叫号"), url, "bell", keys="g q"))
            url = reverse("reception:open_days")
            links.append(_link(desk, _("接待日"), url, "people", keys="g x"))
            url = reverse("reception:promises")
            links.append(_link(desk, _("答应的事"), url, "good", keys="g d"))
            url = reverse("reception:handovers")
            links.append(_link(desk, _("交接班"), url, "reply", keys="g b"))
        links += _published(desk)
    if holds_the_seal(desk.standing):
        url = _url("committee")
        links.append(_link(desk, _("纪委密钥"), url, "lock", keys="g k"))
        due = letters_due(desk.standing, localdate(desk.now))
        url = _url("referrals")
        links.append(_link(desk, _("上交信件"), url, "file", keys="g j", waiting=due))
    if may_answer(desk.standing) or may_review(desk.standing):
        url = reverse("rights:room")
        links.append(_link(desk, _("个人信息"), url, "person", keys="g i"))
    if desk.standing.is_any(Role.AUDITOR):
        links.append(_link(desk, _("审计"), reverse("audit:trail"), "ledger", keys=""))
    return tuple(links) + _office(desk)


def _published(desk: Desk) -> list[Link]:
    """Return the ways to what is made public: the column, and the rules of the room."""
    links = []
    if desk.standing.is_any(*WRITING):
        url = reverse("disclosure:desk")
        links.append(_link(desk, _("公开稿"), url, "link", keys="g n"))
    if desk.standing.is_any(Role.COORDINATOR):
        url = reverse("disclosure:publish", args=["talk"])
        links.append(_link(desk, _("制度"), url, "file", keys="g r"))
    return links


def _roster(desk: Desk) -> Link:
    """Return the way to the roster: swaps to answer, and what is wrong with the week ahead."""
    today, person_id = localdate(desk.now), desk.standing.person_id or 0
    waiting = len(swaps_waiting_for(person_id, today=today))
    if may_plan(desk.standing):
        waiting += len(clashes_soon(desk.standing.mine_id or 0, today=today))
    url = reverse("duty:roster")
    return _link(desk, _("值班表"), url, "calendar", keys="g z", waiting=waiting)


def _office(desk: Desk) -> tuple[Link, ...]:
    """Return the pages of those who run the house, each their own."""
    held = desk.standing.roles & ADMINISTRATORS
    if not held:
        return ()
    pages = [(_("管理"), "office", "lock", "g o")]
    if held & {Role.SYSADMIN, Role.SECADMIN}:
        pages.append((_("人员"), "people", "people", "g p"))
    pages.append((_("双人事项"), "proposals", "handling", "g d"))
    if Role.SYSADMIN in held:
        pages.append((_("单位"), "units", "triage", "g u"))
    return tuple(
        _link(desk, label, reverse(f"administrators:{name}"), icon, keys=keys)
        for label, name, icon, keys in pages
    )


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
