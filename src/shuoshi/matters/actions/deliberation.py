"""Call the units together, hear them, conclude."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import end_of
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.objects import check_lead, check_part
from shuoshi.matters.models import Part
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.people import first_who_may
from shuoshi.matters.rules.days import check_not_after, check_not_past
from shuoshi.matters.rules.states import Part as PartKind


class DeliberationRefused(Refused):
    """The deliberation cannot be called or concluded like this."""


@effect("call_deliberation")
def call_deliberation(change: Change) -> None:
    """
    Invite the units to give their opinion and name who convenes them.

    :raises DeliberationRefused: if the convener may not know of the matter.
    :raises ObjectRefused: if the matter is kept from whoever heads one of the units.
    """
    given = change.given
    convener = given["convener"]
    if not first_who_may(change.matter, [convener.pk]):
        raise DeliberationRefused(
            _("这个人与被反映对象有关，请另选召集人。"), field="convener"
        )
    for unit in given["units"]:
        check_part(change.matter, unit, field="units")
    if given.get("meet_on"):
        today = localdate(change.now)
        check_not_past(given["meet_on"], today=today, field="meet_on")
        change.finish_by = end_of(given["meet_on"], ZONE)
    Part.objects.bulk_create(
        Part(
            matter=change.matter,
            unit=unit,
            kind=PartKind.OPINION,
            task=given["question"],
        )
        for unit in given["units"]
    )
    change.units = [unit.pk for unit in given["units"]]
    change.set(convener_id=convener.pk)
    change.responsible = convener.pk
    change.words = given["question"]
    change.detail = {
        "convener": convener.pk,
        "units": change.units,
        "meet_on": given["meet_on"].isoformat() if given.get("meet_on") else None,
    }


@effect("give_opinion")
def give_opinion(change: Change) -> None:
    """Enter the opinion of the unit that this person heads."""
    owed = [
        part
        for part in change.matter.parts.all()
        if part.kind == PartKind.OPINION
        and part.done_at is None
        and part.unit_id in change.by.heads
    ]
    Part.objects.filter(pk__in=[part.pk for part in owed], done_at=None).update(
        result=change.given["opinion"],
        dissents=bool(change.given.get("dissents")),
        done_at=change.now,
        done_by=change.person_id,
    )
    change.detail = {
        "units": [part.unit_id for part in owed],
        "dissents": bool(change.given.get("dissents")),
    }
    change.words = change.given["opinion"]


@effect("conclude")
def conclude(change: Change) -> None:
    """
    Decide who does what by when; dissent is kept beside the conclusion.

    :raises DeliberationRefused: if the handler may not know of the matter.
    :raises ObjectRefused: if the heads of the lead unit may not.
    :raises DayRefused: if the day is past or after the matter's own deadline.
    """
    given, matter = change.given, change.matter
    handler = given["handler"]
    if not first_who_may(matter, [handler.pk]):
        raise DeliberationRefused(
            _("这个人与被反映对象有关，请另选经办人。"), field="handler"
        )
    check_not_past(given["finish_on"], today=localdate(change.now), field="finish_on")
    last = localdate(matter.answer_due_at)
    if last >= localdate(change.now):
        check_not_after(given["finish_on"], last=last, field="finish_on")
    check_lead(matter, given["lead_unit"])
    change.set(lead_unit=given["lead_unit"], handler_id=handler.pk)
    change.units = [
        part.unit_id for part in matter.parts.all() if part.kind == PartKind.OPINION
    ]
    change.responsible = handler.pk
    change.finish_by = end_of(given["finish_on"], ZONE)
    change.words = "\n".join(filter(None, [given["conclusion"], given.get("dissent")]))
    change.detail = {
        "handler": handler.pk,
        "lead_unit": given["lead_unit"].pk,
        "finish_on": given["finish_on"].isoformat(),
        "dissent": bool(given.get("dissent")),
    }
