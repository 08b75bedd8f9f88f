"""Plan a leader's open day, announce it, put somebody in their place, report of it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.personal_data import found_in
from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.words import checked_words
from shuoshi.notices.actions import queue_word
from shuoshi.org.queries.meant import people_named_in
from shuoshi.org.queries.people import heads_of
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import CLOCK, Kind, Standing
from shuoshi.reception.actions.waiting import CANCELLED, tell_booker
from shuoshi.reception.models import Booking, OpenDay
from shuoshi.reception.queries.open_days import (
    dates_to_plan,
    days_to_announce,
    leaders_of,
    open_day_rule_of,
)
from shuoshi.reception.rules.access import may_plan_open_days, may_receive
from shuoshi.reception.rules.bookings import OPEN, BookingState
from shuoshi.reception.rules.open_days import OpenDayState
from shuoshi.trail.actions import note


if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_REPORT, MOST_REASON = 3000, 200


class OpenDayRefused(Refused):
    """This open day cannot be had, or not like this."""


@transaction.atomic
def plan_open_day(
    month: str,
    *,
    leader_id: int,
    departments: "Iterable[int]" = (),
    day: date | None = None,
    by: Standing,
    now: datetime,
) -> OpenDay:
    """
    Plan the open day of a month, by the rule unless ``day`` says otherwise.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises OpenDayRefused: with the field to blame.
    """
    mine_id = _planner(by)
    today = localdate(now)
    usual = {one.month: one for one in dates_to_plan(mine_id, today=today)}.get(month)
    if usual is None:
        raise OpenDayRefused(_("这个月已经安排过，或者已经过去。"), field="month")
    chosen = day or usual.day
    if chosen is None:
        raise OpenDayRefused(_("这天不上班，请定一个日子。"), field="day")
    if chosen < today:
        raise OpenDayRefused(_("这一天已经过去。"), field="day")
    _check_leader(leader_id, mine_id, field="leader")
    rule = open_day_rule_of(mine_id)
    planned = OpenDay(
        mine_id=mine_id,
        month=month,
        day=chosen,
        moved_from=usual.moved_from if chosen != usual.moved_from else None,
        leader_id=leader_id,
        starts_at=rule.starts_at,
        ends_at=rule.ends_at,
        minutes=rule.slot_minutes,
    )
    try:
        with transaction.atomic():
            planned.save(force_insert=True)
    except IntegrityError:
        raise OpenDayRefused(
            _("这个月已经安排过，或者已经过去。"), field="month"
        ) from None
    here = tree_of(mine_id).units
    planned.departments.set([pk for pk in departments if pk in here])
    _note("planned", planned, by, now)
    return planned


@transaction.atomic
def announce_open_day(open_day: OpenDay, *, by: Standing, now: datetime) -> OpenDay:
    """
    Tell the public: the day stands on the home page, and its times can be booked.

    Who receives and the heads of the departments beside them are told so.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises Outdated: if it was announced or cancelled meanwhile.
    """
    if by.kind is not Kind.CLOCK:
        _planner(by, open_day)
    _go(open_day, [OpenDayState.PLANNED], OpenDayState.ANNOUNCED, announced_at=now)
    _note("announced", open_day, by, now)
    beside = [head for one in open_day.departments.all() for head in heads_of(one.pk)]
    told = [open_day.leader_id, open_day.substitute_id, *beside]
    queue_word(
        to=[one for one in told if one is not None and one != by.person_id],
        kind="open_day_announced",
        mine_id=open_day.mine_id,
        number=open_day.day.isoformat(),
        now=now,
    )
    return open_day


def announce_due(mine_id: int, *, now: datetime) -> int:
    """Announce what is planned and near enough by the mine's rule; return how many."""
    due = days_to_announce(mine_id, today=localdate(now))
    announced = 0
    for one in due:
        try:
            announce_open_day(one, by=CLOCK, now=now)
        except Outdated:
            # Somebody announced or cancelled it a moment ago.
            continue
        announced += 1
    return announced


@transaction.atomic
def name_substitute(
    open_day: OpenDay, *, person_id: int | None, by: Standing, now: datetime
) -> OpenDay:
    """
    Let somebody receive in the leader's place, or the leader again.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises OpenDayRefused: for somebody who leads nothing, or the leader themselves.
    """
    _planner(by, open_day)
    if person_id is not None:
        _check_leader(person_id, open_day.mine_id, field="substitute")
        if person_id == open_day.leader_id:
            raise OpenDayRefused(_("替的人不能就是本人。"), field="substitute")
    _go(
        open_day,
        [OpenDayState.PLANNED, OpenDayState.ANNOUNCED],
        None,
        substitute_id=person_id,
    )
    _note("substitute_named", open_day, by, now)
    return open_day


@transaction.atomic
def cancel_open_day(
    open_day: OpenDay, *, reason: str, by: Standing, now: datetime
) -> OpenDay:
    """
    Cancel it with a reason, and what was booked; another can be planned for the month.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises WordsRefused: without a reason.
    :raises Outdated: if it is over or cancelled already.
    """
    _planner(by, open_day)
    kept = checked_words(reason, most=MOST_REASON, field="reason")
    _go(
        open_day,
        [OpenDayState.PLANNED, OpenDayState.ANNOUNCED],
        OpenDayState.CANCELLED,
        reason=kept,
    )
    booked = Booking.objects.filter(line=open_day.line, state__in=OPEN)
    for one in booked.order_by("pk"):
        tell_booker(one, CANCELLED, now=now)
    booked.update(state=BookingState.CANCELLED)
    _note("cancelled", open_day, by, now)
    return open_day


@transaction.atomic
def write_report(
    open_day: OpenDay, *, report: str, by: Standing, now: datetime
) -> OpenDay:
    """
    Write what became of the day, once it is there; somebody else publishes it.

    :raises NotPermitted: unless the person plans this mine's open days.
    :raises OpenDayRefused: before the day, or if it would give a person away.
    :raises WordsRefused: if there is nothing to read.
    :raises Outdated: if it is published or cancelled already.
    """
    mine_id = _planner(by, open_day)
    if localdate(now) < open_day.day:
        raise OpenDayRefused(_("接待日还没有到。"), field="report")
    kept = checked_words(report, most=MOST_REPORT, field="report")
    _check_nobody_is_told(kept, open_day, mine_id)
    _go(
        open_day,
        [OpenDayState.ANNOUNCED],
        None,
        report=kept,
        reported_by_id=by.person_id,
    )
    _note("report_written", open_day, by, now)
    return open_day


@transaction.atomic
def publish_report(open_day: OpenDay, *, by: Standing, now: datetime) -> OpenDay:
    """
    Publish the report that somebody else wrote.

    :raises NotPermitted: unless the person receives people here and did not write it.
    :raises Outdated: if there is no report, or it is published or cancelled already.
    """
    if not may_receive(by) or by.mine_id != open_day.mine_id:
        raise NotPermitted(_("民主接待日由统筹人员安排。"))
    if not open_day.report:
        raise Outdated(_("这个接待日刚才有人改过，请刷新看看。"))
    if open_day.reported_by_id == by.person_id:
        raise NotPermitted(_("写的人不能自己公布，请另一个人看过再公布。"))
    read = OpenDay.objects.filter(pk=open_day.pk, report=open_day.report)
    if not read.filter(state=OpenDayState.ANNOUNCED).update(
        state=OpenDayState.PUBLISHED, published_at=now
    ):
        raise Outdated(_("这个接待日刚才有人改过，请刷新看看。"))
    open_day.refresh_from_db()
    _note("report_published", open_day, by, now)
    return open_day


def _check_nobody_is_told(text: str, open_day: OpenDay, mine_id: int) -> None:
    known = {open_day.leader_id, open_day.substitute_id}
    people = people_named_in(text, mine_id=mine_id)
    names = [one.name for one in people if one.pk not in known]
    if found := found_in(text, names=names):
        told = "、".join(f"{one.what} {one.shown}" for one in found)
        raise OpenDayRefused(
            _("这些会让人认出谁，请删去：%(found)s。") % {"found": told}, field="report"
        )


def _planner(by: Standing, open_day: OpenDay | None = None) -> int:
    elsewhere = open_day is not None and open_day.mine_id != by.mine_id
    if not may_plan_open_days(by) or by.mine_id is None or elsewhere:
        raise NotPermitted(_("民主接待日由统筹人员安排。"))
    return by.mine_id


def _check_leader(person_id: int, mine_id: int, *, field: str) -> None:
    if person_id not in {one.pk for one in leaders_of(mine_id)}:
        raise OpenDayRefused(_("请选本单位的领导。"), field=field)


def _go(
    open_day: OpenDay,
    sources: list[OpenDayState],
    to: OpenDayState | None,
    **changes: object,
) -> None:
    if to is not None:
        changes["state"] = to
    here = OpenDay.objects.filter(pk=open_day.pk, state__in=sources)
    if not here.update(**changes):
        raise Outdated(_("这个接待日刚才有人改过，请刷新看看。"))
    open_day.refresh_from_db()


def _note(what: str, open_day: OpenDay, by: Standing, now: datetime) -> None:
    note(
        f"reception.open_day_{what}",
        by=by.on_record,
        at=now,
        mine_id=open_day.mine_id,
        detail={"month": open_day.month, "day": open_day.day.isoformat()},
    )
