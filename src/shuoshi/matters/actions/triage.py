"""Sort a matter and send it where it belongs."""

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.letters import issue_letter
from shuoshi.matters.actions.objects import check_lead, check_part, name_objects
from shuoshi.matters.actions.sealing import seal_matter
from shuoshi.matters.models import Claim, LetterKind, Part
from shuoshi.matters.queries.people import first_who_may, leader_or_next
from shuoshi.matters.rules.answers import needs_handing_over
from shuoshi.matters.rules.states import Part as PartKind
from shuoshi.matters.rules.states import PetitionClass
from shuoshi.matters.rules.table import Audience
from shuoshi.org.models import Unit


# The third return of a matter is no longer between the units.
RETURNS_TO_LEADER = 3


class TriageRefused(Refused):
    """The matter cannot be sent there."""


@effect("triage")
def triage(change: Change) -> None:
    """
    Set classes, lead and assisting units, claims and objects; choose the limit.

    :raises TriageRefused: if it is an accusation, or its own object would lead it.
    :raises ObjectRefused: if its own object's unit would have a share in it.
    """
    given = change.given
    if needs_handing_over(given.get("petition_class") or ""):
        raise TriageRefused(
            _("检举控告要密封移送纪委，不能分给其他单位。"), field="petition_class"
        )
    lead: Unit = given["lead_unit"]
    change.set(
        request_type=given["request_type"],
        petition_class=given.get("petition_class") or "",
        category=given.get("category"),
        level=given["level"],
        risk=given.get("risk") or "",
        lead_unit=lead,
        handler_id=None,
        triaged_at=change.matter.triaged_at or change.now,
    )
    name_objects(change)
    _check_lead(change, lead)
    _call_assisting(change, given.get("assisting_units") or (), lead)
    change.words = given.get("note") or ""
    _split_claims(change, given.get("claims") or ())
    change.detail |= {"lead_unit": lead.pk, "level": given["level"]}


def _check_lead(change: Change, lead: Unit) -> None:
    check_lead(change.matter, lead)
    if change.matter.designated and lead.parent_id is None:
        raise TriageRefused(_("请指定具体的主办单位。"), field="lead_unit")


def _call_assisting(
    change: Change, units: "tuple[Unit, ...] | list[Unit]", lead: Unit
) -> None:
    if lead in units:
        raise TriageRefused(_("主办单位不能同时是协办单位。"), field="assisting_units")
    for unit in units:
        check_part(change.matter, unit, field="assisting_units")
    known = {
        part.unit_id
        for part in change.matter.parts.all()
        if part.kind == PartKind.ASSIST
    }
    Part.objects.bulk_create(
        Part(matter=change.matter, unit=unit, kind=PartKind.ASSIST)
        for unit in units
        if unit.pk not in known
    )
    change.units = [unit.pk for unit in units]
    change.detail["assisting"] = change.units


def _split_claims(change: Change, texts: "tuple[str, ...] | list[str]") -> None:
    """
    Replace the claims by those the triager told apart, if any were given.

    What the speaker asked stays, in their own words, in the event.
    """
    before = [claim.text for claim in change.matter.claims.all()]
    if not texts or list(texts) == before:
        return
    asked = _("原来的诉求：%(claims)s") % {"claims": "\n".join(before)}
    change.words = "\n".join(filter(None, [change.words, asked]))
    change.matter.claims.all().delete()
    Claim.objects.bulk_create(
        Claim(matter=change.matter, place=place, text=text)
        for place, text in enumerate(texts, start=1)
    )
    change.detail["claims"] = len(texts)


@effect("hand_to_discipline")
def hand_to_discipline(change: Change) -> None:
    """Seal the words; from now on the discipline committee alone reads them."""
    name_objects(change)
    change.words = change.given["reason"]
    seal_matter(change)


@effect("send_back")
def send_back(change: Change) -> None:
    """
    Count the return; the third goes to the leader in charge, who then decides.

    :raises TriageRefused: once the time for objections is over (§23): it counts as accepted.
    """
    matter = change.matter
    if change.now > change.clock.after(matter.state_since, "OBJECT").due_at:
        raise TriageRefused(
            _("退回的期限已过，视为已经受理，请签收办理。"), field="reason"
        )
    returns = matter.returns + 1
    change.set(returns=returns)
    change.words = change.given["reason"]
    suggested = change.given.get("suggested_unit")
    change.detail = {
        "returns": returns,
        "suggested": suggested.pk if suggested else None,
    }
    if returns >= RETURNS_TO_LEADER:
        change.responsible = leader_or_next(matter)
        change.set(designated=True)
        change.tells = (Audience.LEADER_IN_CHARGE,)


@effect("accept")
def accept(change: Change) -> None:
    """
    Take the matter on and give it to a person by name; of a grievance by letter (§23).

    :raises TriageRefused: if the matter is kept from that person.
    """
    handler = change.given["handler"]
    if not first_who_may(change.matter, [handler.pk]):
        raise TriageRefused(
            _("这个人与被反映对象有关，请另选经办人。"), field="handler"
        )
    change.set(handler_id=handler.pk)
    change.responsible = handler.pk
    change.words = change.given.get("note") or ""
    change.detail = {"handler": handler.pk}
    if change.matter.petition_class == PetitionClass.GRIEVANCE:
        issue_letter(change.matter, LetterKind.ACCEPTANCE, now=change.now)
