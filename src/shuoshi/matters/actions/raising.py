"""Take down what a person says: the beginning of every matter."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.hashing import kept_hash, kept_hashes
from shuoshi.common.hours import hour_of
from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.common.sealing import keyed_hash, new_box
from shuoshi.duty.queries.turns import on_duty
from shuoshi.matters.actions.clock import clock_row
from shuoshi.matters.actions.numbers import next_number, number_apart
from shuoshi.matters.actions.search import index_matters
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.actions.telling import tell_people
from shuoshi.matters.models import Claim, Dirty, Matter, Speaker
from shuoshi.matters.queries.clock import MineClock, limit_from
from shuoshi.matters.queries.people import discipline
from shuoshi.matters.queries.progress import matter_with_digests
from shuoshi.matters.rules.access import may_register
from shuoshi.matters.rules.clock import Entry, EntryKind, Reckoning
from shuoshi.matters.rules.ladder import next_rung
from shuoshi.matters.rules.numbers import MATTERS
from shuoshi.matters.rules.receipts import with_check_digit
from shuoshi.matters.rules.sayings import (
    Saying,
    checked_saying,
    names_somebody,
    title_of,
    words_of,
)
from shuoshi.matters.rules.states import Identity, State
from shuoshi.matters.rules.vouching import (
    CLAIMS,
    HANGING,
    HANGS,
    ROW,
    vouch_for_claims,
    vouch_for_hanging,
    vouch_for_row,
)
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.meant import people_meant_by
from shuoshi.org.queries.people import people_with
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import CLOCK, Kind, Standing
from shuoshi.privacy.actions.consents import enter_consent
from shuoshi.privacy.actions.tellings import enter_submission
from shuoshi.privacy.models import Telling
from shuoshi.privacy.queries.tellings import telling_shown
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.trail.actions import linked
from shuoshi.trail.rules.chain import Head


RECEIPT: Final = "receipt digest"


class NobodyReceives(Refused):
    """The mine has nobody who could be the first receiver."""


@dataclass(frozen=True)
class Raised:
    """A matter that was taken down, and the receipt that is shown this once."""

    matter: Matter
    receipt: str
    # Sent before, with the same words: the answer is the one already given.
    again: bool = False


@dataclass(frozen=True)
class Receiver:
    """Who receives a matter, and for which unit."""

    person_id: int
    unit_id: int


@dataclass(frozen=True)
class Arrival:
    """How a matter came in: where, by which channel, to whom, when."""

    mine_id: int
    channel: str
    receiver: Receiver
    by: str
    now: datetime
    clock: MineClock


def receipt_for(nonce: str, saying: Saying) -> str:
    """
    Return the receipt that belongs to a nonce and what was said with it.

    The same form sent twice gives the same receipt, and only who knows both can work
    it out again.
    """
    token = keyed_hash("receipt", f"{nonce}\x00{saying!r}")
    return with_check_digit(f"{int(token, 16) % 10**15:015}")


def receipt_digest(receipt: str) -> str:
    """Return what is kept of a receipt."""
    return kept_hash(RECEIPT, receipt)


def matter_of_receipt(receipt: str) -> Matter | None:
    """
    Return the matter of a receipt; one hashed with an old key is hashed anew.

    Found by a keyed hash and compared in constant time, so that neither the index nor
    the clock tells how near a guess came.
    """
    digests = kept_hashes(RECEIPT, receipt)
    matter = matter_with_digests(digests)
    if matter is None or not _is_one_of(matter.receipt_digest or "", digests):
        return None
    if matter.receipt_digest != digests[0]:
        same = Matter.objects.filter(pk=matter.pk, receipt_digest=matter.receipt_digest)
        same.update(receipt_digest=digests[0])
        matter.receipt_digest = digests[0]
    return matter


def _is_one_of(kept: str, digests: list[str]) -> bool:
    # All of them are compared, whichever fits.
    return sum(compare_digest(kept, digest) for digest in digests) > 0


def raise_matter(
    saying: Saying,
    *,
    mine_id: int,
    channel: str,
    now: datetime,
    nonce: str = "",
) -> Raised:
    """
    Take down a matter that came in without an account; who is on duty receives it.

    :raises Refused: with the field to blame, if it cannot be taken down like this.
    :raises NobodyReceives: if the mine has no receiver.
    """
    at = generation()
    arrival = Arrival(
        mine_id=mine_id,
        channel=channel,
        receiver=_receiver(mine_id, now=now, at=at),
        by=str(Kind.SPEAKER),
        now=now,
        clock=MineClock(mine_id, at=at),
    )
    return _take_down_once(saying, arrival, nonce)


def register_matter(
    saying: Saying,
    *,
    channel: str,
    by: Standing,
    now: datetime,
    nonce: str = "",
    receiver: Receiver | None = None,
) -> Raised:
    """
    Take down a matter at the desk: who registers it is its first receiver for good.

    Where somebody else listened, a leader on their open day, they are the ``receiver``.

    :raises NotPermitted: if this person does not receive matters.
    :raises Refused: with the field to blame, if it cannot be taken down like this.
    """
    if not may_register(by) or by.person_id is None or by.mine_id is None:
        raise NotPermitted(_("只有接待人员可以登记。"))
    arrival = Arrival(
        mine_id=by.mine_id,
        channel=channel,
        receiver=receiver or Receiver(by.person_id, min(by.units)),
        by=by.on_record,
        now=now,
        clock=MineClock(by.mine_id),
    )
    return _take_down_once(saying, arrival, nonce)


def _receiver(mine_id: int, *, now: datetime, at: int) -> Receiver:
    for turn in on_duty(mine_id=mine_id, day=localdate(now), at=at):
        return Receiver(turn.person_id, turn.unit_id)
    for role in (Role.COORDINATOR, Role.CHIEF):
        for person_id in people_with(role, mine_id=mine_id):
            units = standing_of(User.objects.get(pk=person_id)).units
            return Receiver(person_id, min(units or {tree_of(mine_id, at=at).root_id}))
    raise NobodyReceives(_("本单位还没有安排接待人员，请稍后再试或者打电话。"))


def _take_down_once(saying: Saying, arrival: Arrival, nonce: str) -> Raised:
    """Take down what was said, or give the answer already given to the same form."""
    saying = checked_saying(saying)
    if saying.identity == Identity.ANONYMOUS:
        # When exactly somebody stood at the gate with a phone is nobody's business.
        arrival = replace(arrival, now=hour_of(arrival.now))
    receipt = receipt_for(nonce or secrets.token_urlsafe(16), saying)
    known = Matter.objects.filter(receipt_digest__in=kept_hashes(RECEIPT, receipt))
    if nonce and (matter := known.first()):
        return Raised(matter, receipt, again=True)
    try:
        return Raised(_take_down_whole(saying, arrival, receipt), receipt)
    except IntegrityError:
        # The same form was sent twice at the same moment; the other one came first.
        if matter := known.first():
            return Raised(matter, receipt, again=True)
        raise


@transaction.atomic
def _take_down_whole(saying: Saying, arrival: Arrival, receipt: str) -> Matter:
    """Take down what was said, and keep it from whom it is about before anybody is told."""
    whole = replace(saying, text=words_of(saying))
    matter = _take_down(whole, arrival, receipt)
    if names_somebody(saying):
        named = _named(saying, arrival.mine_id)
        # Where nobody is found the committee finds out, if there is one.
        if any(named.values()) or discipline(matter):
            matter = take_step(
                matter, "name_as_told", by=CLOCK, now=arrival.now, given=named
            )
    told = dict.fromkeys([matter.first_receiver_id, matter.responsible_id])
    people = [person for person in told if person is not None]
    tell_people(matter, people, kind="register", now=arrival.now)
    return matter


def _named(saying: Saying, mine_id: int) -> dict[str, list[Any]]:
    """Return the people and units that a speaker says it is about, as far as known here."""
    people = people_meant_by(saying.about, mine_id=mine_id) if saying.about else []
    unit = tree_of(mine_id).units.get(saying.about_unit_id or 0)
    return {"objects": people, "object_units": [unit] if unit else []}


def _take_down(saying: Saying, arrival: Arrival, receipt: str) -> Matter:
    matter = _new_matter(saying, arrival, receipt)
    box = new_box(matter.uid)
    matter.key = box.wrapped
    total = _run_first_clock(matter, arrival)
    told = _told(saying, arrival.mine_id)
    event = linked(
        Head(matter.uid),
        mine_id=matter.mine_id,
        verb="register",
        by=arrival.by,
        at=arrival.now,
        detail={
            "to": str(State.RECEIVED),
            "number": matter.number,
            "channel": matter.channel,
            "identity": matter.identity,
            "due": matter.due_at.isoformat() if matter.due_at else None,
            "responsible": matter.responsible_id,
            # The words may be sealed or erased one day; the event commits to them.
            "digest": box.digest(saying.text),
            # Which texts about personal information stood beside the form.
            "told": {one.purpose: one.version for one in told},
            ROW: vouch_for_row(matter),
            HANGING: _hanging(matter, saying, total),
            CLAIMS: vouch_for_claims(box, _claims(matter, saying)),
        },
    )
    matter.version, matter.head_hash = event.seq, event.hash
    matter.save(force_insert=True)
    event.save(force_insert=True)
    _enter_rows(matter, saying, total)
    _enter_told(matter, told, now=arrival.now)
    return matter


def _hanging(
    matter: Matter, saying: Saying, total: tuple[Entry, Reckoning]
) -> dict[str, str]:
    """Return what the first event vouches for: the rows that are about to be entered."""
    rows: dict[str, list[Any]] = {kind: [] for kind in HANGS}
    rows["clock"] = [clock_row(matter.pk, *total)]
    has_speaker = saying.identity != Identity.ANONYMOUS
    return vouch_for_hanging(matter, rows, has_speaker=has_speaker)


def _told(saying: Saying, mine_id: int) -> list[Telling]:
    """Return the text that was shown, and with it the one that was agreed to."""
    told = [telling_shown(saying.told, Purpose.SPEAK, mine_id=mine_id)]
    if saying.agreed is not None:
        told.append(telling_shown(saying.agreed, Purpose.SENSITIVE, mine_id=mine_id))
    return told


def _enter_told(matter: Matter, told: list[Telling], *, now: datetime) -> None:
    shown, *agreed = told
    enter_submission(matter.uid, mine_id=matter.mine_id, telling=shown)
    for telling in agreed:
        enter_consent(matter.uid, mine_id=matter.mine_id, telling=telling, now=now)


def _new_matter(saying: Saying, arrival: Arrival, receipt: str) -> Matter:
    day = localdate(arrival.now)
    serial = (
        number_apart(arrival.mine_id, day.year)
        if names_somebody(saying) or saying.identity == Identity.ANONYMOUS
        else next_number(arrival.mine_id, MATTERS, day.year)
    )
    return Matter(
        uid=uuid4(),
        mine_id=arrival.mine_id,
        year=day.year,
        serial=serial,
        number=f"{day.year}-{serial:04}",
        state=State.RECEIVED,
        state_since=arrival.now,
        channel=arrival.channel,
        identity=saying.identity,
        unit_id=saying.unit_id,
        place=saying.place,
        title=title_of(saying.text),
        text=saying.text,
        received_at=arrival.now,
        received_on=day,
        first_receiver_id=arrival.receiver.person_id,
        responsible_id=arrival.receiver.person_id,
        lead_unit_id=arrival.receiver.unit_id,
        receipt_digest=receipt_digest(receipt),
    )


def _run_first_clock(matter: Matter, arrival: Arrival) -> tuple[Entry, Reckoning]:
    clock, now = arrival.clock, arrival.now
    entry = Entry(now, EntryKind.START, limit_from(clock.template("ANSWER")))
    total = clock.reckon([entry])
    triage = clock.after(now, "TRIAGE")
    matter.answer_due_at = total.due_at
    matter.due_at = min(triage.due_at, total.due_at)
    matter.due_from = now
    matter.provisional = total.provisional or triage.provisional
    rung = next_rung(clock.ladder, 0, clock.span(now, matter.due_at))
    matter.next_rung_at = rung.at if rung else None
    return entry, total


def _claims(matter: Matter, saying: Saying) -> list[Claim]:
    return [
        Claim(matter=matter, place=place, text=text)
        for place, text in enumerate(saying.claims or (saying.text,), start=1)
    ]


def _enter_rows(matter: Matter, saying: Saying, total: tuple[Entry, Reckoning]) -> None:
    """Enter what hangs on a new matter: claims, speaker, clock, index, figures."""
    Claim.objects.bulk_create(_claims(matter, saying))
    if saying.identity != Identity.ANONYMOUS:
        enter_speaker(matter, name=saying.name, contact=saying.contact)
    clock_row(matter.pk, *total).save(force_insert=True)
    index_matters([(matter.pk, "\n".join([saying.text, *saying.claims]))])
    Dirty.objects.bulk_create([Dirty(mine_id=matter.mine_id, day=matter.received_on)])


def enter_speaker(matter: Matter, *, name: str, contact: str) -> Speaker:
    """Keep who raised a matter, sealed under a key of its own."""
    box = new_box(f"speaker:{matter.uid}")
    speaker = Speaker(
        matter=matter,
        name=box.seal(name, "name") if name else "",
        contact=box.seal(contact, "contact") if contact else "",
        key=box.wrapped,
    )
    speaker.save(force_insert=True)
    return speaker
