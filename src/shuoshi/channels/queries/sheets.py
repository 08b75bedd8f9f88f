"""A matter as programs read it: only what the person behind the token may read."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.utils.timezone import localtime

from shuoshi.accounts.models import User
from shuoshi.common.sealing import SealBroken, SealLocked, open_box
from shuoshi.matters.models import Claim, Matter, Order, Part
from shuoshi.matters.queries.claims import readable_claims
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by
from shuoshi.matters.queries.search import matters_found
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import ZONES, Zone
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.models import Event
from shuoshi.trail.queries.events import events_about


if TYPE_CHECKING:
    from datetime import datetime

PERSON = "person:"


def matters_asked(
    person: Standing, *, state: str, zone: str, words: str
) -> QuerySet[Matter]:
    """Return the matters that the person sees, as far as they were asked for."""
    found = matters_found(person, words) if words else matters_seen_by(person)
    if state:
        found = found.filter(state=state)
    if zone:
        found = found.filter(state__in=ZONES[Zone(zone)])
    return found.select_related(
        "lead_unit", "first_receiver", "responsible"
    ).prefetch_related("objects_named", "parts")


def matter_seen(person: Standing, number: str) -> Matter | None:
    """Return the matter of this number if the person may see it, with all its page shows."""
    # Anything that no number can be would upset a database or two.
    if not (number.isascii() and number.replace("-", "").isdigit()):
        return None
    return for_the_page(matters_seen_by(person).filter(number=number)).first()


def receipt_of(matter: Matter) -> dict[str, Any]:
    """Return what is told of a matter that may be seen, not read: its dates alone."""
    return {
        "number": matter.number,
        "state": matter.state,
        "sealed": matter.sealed,
        "received_at": localtime(matter.received_at),
        "version": matter.version,
    }


def row_of(matter: Matter, person: Standing) -> dict[str, Any]:
    """Return the line of a matter in a list; of a sealed one, a receipt."""
    row = receipt_of(matter)
    if not gate.may(person, Permission.READ, matter):
        return row
    return row | {
        "zone": matter.zone,
        "title": matter.title,
        "channel": matter.channel,
        "identity": matter.identity,
        "due": _local(matter.due_at),
        "provisional": matter.due_is_provisional,
        "lead_unit": matter.lead_unit.code,
        "first_receiver": _log_in(matter.first_receiver),
        "responsible": _log_in(matter.responsible),
    }


def locked_sheet_of(matter: Matter, person: Standing) -> dict[str, Any]:
    """Return the receipt, and say why it is no more: no token unlocks a committee's key."""
    if not gate.may(person, Permission.READ, matter):
        return receipt_of(matter)
    return receipt_of(matter) | {"locked": SealLocked().message}


def sheet_of(matter: Matter, person: Standing) -> dict[str, Any]:
    """Return the whole of a matter as far as the person may read it (two queries)."""
    row = row_of(matter, person)
    if not gate.may(person, Permission.READ, matter):
        return row
    text = _opened(matter, matter.sealed_text, "text") if matter.sealed else matter.text
    return row | {
        "text": text,
        "place": matter.place,
        "unit": matter.unit.code if matter.unit else None,
        "request_type": matter.request_type,
        "petition_class": matter.petition_class,
        "category": matter.category.code if matter.category else None,
        "level": matter.level,
        "answer_due": localtime(matter.answer_due_at),
        "handler": _log_in(matter.handler),
        "convener": _log_in(matter.convener),
        "asked_until": matter.asked_until,
        "suspended_until": matter.suspended_until,
        "extensions": matter.extensions,
        "returns": matter.returns,
        "claims": [_claim(claim) for claim in readable_claims(matter)],
        "parts": [_part(part) for part in matter.parts.all()],
        "orders": [_order(order) for order in matter.orders.all()],
        "events": _history(matter),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.place,
        "text": claim.text,
        "facts": claim.facts,
        "basis": claim.basis,
        "outcome": claim.outcome,
        "solved": claim.solved,
        "speaker_solved": claim.speaker_solved,
        "grade": claim.grade,
        "comment": claim.comment,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "part": part.pk,
        "unit": part.unit.code,
        "kind": part.kind,
        "task": part.task,
        "due": _local(part.due_at),
        "done_at": _local(part.done_at),
        "result": part.result,
        "dissents": part.dissents,
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "kind": order.kind,
        "by": order.by.username,
        "given_at": localtime(order.given_at),
        "finish_on": order.finish_on,
        "event": order.seq,
    }


def _history(matter: Matter) -> list[dict[str, Any]]:
    events = list(events_about(matter.uid))
    ids = {
        int(event.by.removeprefix(PERSON))
        for event in events
        if event.by.startswith(PERSON)
    }
    people = {
        f"{PERSON}{pk}": log_in
        for pk, log_in in User.objects.filter(pk__in=ids).values_list("pk", "username")
    }
    return [_event(matter, event, people) for event in events]


def _event(matter: Matter, event: Event, people: Mapping[str, str]) -> dict[str, Any]:
    step = STEPS.get(event.verb)
    return {
        "seq": event.seq,
        "at": localtime(event.at),
        "action": event.verb,
        "what": str(step.past) if step else event.verb,
        "by": people.get(event.by, event.by),
        "words": _opened(matter, event.words, f"event:{event.seq}"),
    }


def _opened(matter: Matter, token: str, about: str) -> str:
    if not token:
        return ""
    try:
        return open_box(matter.uid, matter.key).open(token, about)
    except SealBroken as broken:
        return broken.message


def _local(moment: "datetime | None") -> "datetime | None":
    return localtime(moment) if moment else None


def _log_in(person: Model | None) -> str | None:
    return person.get_username() if isinstance(person, User) else None
