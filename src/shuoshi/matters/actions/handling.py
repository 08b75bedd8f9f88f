"""Do the work: progress, extension, suspension, handing over, joint handling."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import end_of
from shuoshi.matters.actions.attaching import attach_files
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.clock import extension
from shuoshi.matters.actions.letters import issue_letter
from shuoshi.matters.actions.objects import check_part
from shuoshi.matters.models import LetterKind, Part
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.people import first_who_may
from shuoshi.matters.rules.days import check_extension, check_not_after, check_not_past
from shuoshi.matters.rules.states import Part as PartKind


class HandlingRefused(Refused):
    """The work cannot go on like this."""


@effect("report_progress")
def report_progress(change: Change) -> None:
    """Keep what has been done; the speaker reads it if the handler says so."""
    change.words = change.given["progress"]
    change.detail = {"public": bool(change.given.get("tell_speaker"))}
    attach_files(change)


@effect("ask_extension")
def ask_extension(change: Change) -> None:
    """
    Ask the leader in charge for a later day.

    :raises DayRefused: if the law does not allow the day.
    """
    until = change.given["until"]
    check_extension(
        until,
        due_on=localdate(change.matter.answer_due_at),
        today=localdate(change.now),
        most=change.clock.template("EXTEND").amount,
    )
    change.set(asked_until=until)
    change.words = change.given["reason"]
    change.detail = {"until": until.isoformat()}


@effect("grant_extension")
def grant_extension(change: Change) -> None:
    """Move the total clock; the speaker is told why, by a numbered letter."""
    until = change.matter.asked_until
    change.entries = [extension(change.matter, now=change.now)]
    change.detail = {"until": until.isoformat() if until else None}
    change.words = change.given["reason"]
    change.set(asked_until=None, extensions=change.matter.extensions + 1)
    issue_letter(change.matter, LetterKind.EXTENSION, now=change.now)


@effect("refuse_extension")
def refuse_extension(change: Change) -> None:
    """Leave the deadline as it is."""
    change.set(asked_until=None)
    change.words = change.given["reason"]


@effect("suspend")
def suspend(change: Change) -> None:
    """
    Let the clock rest until a named day.

    :raises DayRefused: if that day is not to come.
    """
    until = change.given["until"]
    check_not_past(until, today=localdate(change.now), field="until")
    change.set(suspended_at=change.now, suspended_until=until)
    change.words = change.given["reason"]
    change.detail = {"until": until.isoformat()}


@effect("resume")
def resume(change: Change) -> None:
    """Let the clock run again; the time between does not count."""
    change.set(suspended_at=None, suspended_until=None)
    change.words = change.given["reason"]


@effect("hand_over")
def hand_over(change: Change) -> None:
    """
    Give the matter to another person; the clock does not notice.

    :raises HandlingRefused: if it is the same person, or one from whom it is kept.
    """
    handler = change.given["handler"]
    if handler.pk == change.matter.handler_id:
        raise HandlingRefused(_("现在就是这个人在办。"), field="handler")
    if not first_who_may(change.matter, [handler.pk]):
        raise HandlingRefused(_("这个人与被反映对象有关，请另选。"), field="handler")
    change.detail = {"handler": handler.pk, "before": change.matter.handler_id}
    change.set(handler_id=handler.pk)
    change.responsible = handler.pk
    change.words = change.given["reason"]


@effect("ask_part")
def ask_part(change: Change) -> None:
    """
    Ask another unit to do a share by a day of its own.

    :raises HandlingRefused: if it is the lead unit itself.
    :raises ObjectRefused: if the matter is kept from whoever heads the unit.
    :raises DayRefused: if the day is past or after the matter's own deadline.
    """
    unit, finish_on = change.given["unit"], change.given["finish_on"]
    matter = change.matter
    if unit.pk == matter.lead_unit_id:
        raise HandlingRefused(_("主办单位自己的事不用另请。"), field="unit")
    check_part(matter, unit, field="unit")
    today = localdate(change.now)
    check_not_past(finish_on, today=today, field="finish_on")
    check_not_after(
        finish_on, last=max(localdate(matter.answer_due_at), today), field="finish_on"
    )
    Part.objects.create(
        matter=matter,
        unit=unit,
        kind=PartKind.JOINT,
        task=change.given["task"],
        due_at=end_of(finish_on, ZONE),
    )
    change.units = [unit.pk]
    change.detail = {"unit": unit.pk, "finish_on": finish_on.isoformat()}
    change.words = change.given["task"]


@effect("deliver_part")
def deliver_part(change: Change) -> None:
    """
    Hand in the share of the unit that this person heads.

    :raises HandlingRefused: if it is not theirs or already done.
    """
    part: Part = change.given["part"]
    done = Part.objects.filter(
        pk=part.pk,
        matter=change.matter,
        kind=PartKind.JOINT,
        unit__in=change.by.heads,
        done_at=None,
    ).update(
        result=change.given["result"], done_at=change.now, done_by=change.person_id
    )
    if not done:
        raise HandlingRefused(_("这一件不归您，或者已经交过了。"), field="part")
    change.detail = {"unit": part.unit_id}
    change.words = change.given["result"]
    attach_files(change)


@effect("add_note")
def add_note(change: Change) -> None:
    """Keep a note among those who work on the matter."""
    change.words = change.given["note"]


@effect("attach")
def attach(change: Change) -> None:
    """Add files to the matter."""
    attach_files(change)
