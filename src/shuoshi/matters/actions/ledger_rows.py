"""Make matters with their whole history out of the rows of an old ledger, in bulk."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.sealing import Box, new_box
from shuoshi.matters.actions.clock import classes_of, clock_row
from shuoshi.matters.actions.ledger_history import history_of
from shuoshi.matters.actions.numbers import next_number
from shuoshi.matters.actions.raising import NobodyReceives
from shuoshi.matters.actions.search import index_matters
from shuoshi.matters.models import Claim, ClockEntry, Dirty, Matter, Origin, Speaker
from shuoshi.matters.queries.clock import MineClock, limit_from
from shuoshi.matters.queries.ledger import row_digests
from shuoshi.matters.rules.clock import Entry, EntryKind, Limit, Reckoning
from shuoshi.matters.rules.ladder import next_rung
from shuoshi.matters.rules.ledger_codes import GRADES, channel_from, request_type_from
from shuoshi.matters.rules.ledger_rows import LedgerRow, answered_moment
from shuoshi.matters.rules.numbers import MATTERS
from shuoshi.matters.rules.sayings import title_of
from shuoshi.matters.rules.states import DISSATISFIED, Identity, State
from shuoshi.org.models import Category, Unit
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.limits import categories_of
from shuoshi.org.queries.people import people_with
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.limits import LimitUnit
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import append_many
from shuoshi.trail.models import Event


class Intake:
    """What all rows of one import have in common."""

    def __init__(self, unit: Unit, *, by: Standing, now: datetime, serial: int) -> None:
        """
        Look up the receiver, the units, the categories and the clock of the mine.

        :raises NobodyReceives: if the mine has nobody who could be the first receiver.
        """
        at = generation()
        self.unit, self.mine_id, self.now, self.serial = unit, unit.mine_id, now, serial
        self.by = by.on_record
        self.clock = MineClock(self.mine_id, at=at)
        self.receiver_id, self.receiving_unit_id = _receiver(unit, by)
        units = tree_of(self.mine_id, at=at).units.values()
        self.units: dict[str, Unit] = {one.name: one for one in units}
        self.units |= {one.code: one for one in units}
        categories = categories_of(self.mine_id, at=at)
        self.categories: dict[str, Category] = {one.name: one for one in categories}
        self._ends: dict[tuple[Limit, date], Reckoning] = {}

    def total_clock(self, start: datetime, matter: Matter) -> tuple[Entry, Reckoning]:
        """Return the START of a matter's clock; days that begin alike are reckoned once."""
        limit = limit_from(self.clock.template("ANSWER", **classes_of(matter)))
        entry = Entry(start, EntryKind.START, limit)
        if limit.unit == LimitUnit.MINUTES:
            return entry, self.clock.reckon([entry])
        key = (limit, localdate(start))
        if key not in self._ends:
            self._ends[key] = self.clock.reckon([entry])
        return entry, self._ends[key]


@dataclass
class Draft:
    """A matter and what hangs on it, before any of it is saved."""

    row: LedgerRow
    matter: Matter
    box: Box
    entries: list[tuple[Entry, Reckoning]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def enter_rows(rows: Sequence[LedgerRow], intake: Intake) -> None:
    """Save a batch of rows as matters with claims, people, clocks, history and index."""
    drafts = [
        _drafted(row, serial, intake)
        for row, serial in zip(rows, _serials(rows, intake), strict=True)
    ]
    Matter.objects.bulk_create(draft.matter for draft in drafts)
    Claim.objects.bulk_create(map(_claim, drafts))
    Speaker.objects.bulk_create(
        _speaker(draft) for draft in drafts if draft.matter.identity == Identity.NAMED
    )
    Origin.objects.bulk_create(_origin(draft, intake) for draft in drafts)
    ClockEntry.objects.bulk_create(
        clock_row(draft.matter.pk, *entry)
        for draft in drafts
        for entry in draft.entries
    )
    append_many(event for draft in drafts for event in draft.events)
    index_matters((draft.matter.pk, draft.row.request) for draft in drafts)
    days = {draft.matter.received_on for draft in drafts}
    Dirty.objects.bulk_create(
        Dirty(mine_id=intake.mine_id, day=day) for day in sorted(days)
    )


def _receiver(unit: Unit, by: Standing) -> tuple[int, int]:
    if by.person_id is not None:
        return by.person_id, min(by.units)
    for role in (Role.COORDINATOR, Role.CHIEF):
        for person_id in people_with(role, mine_id=unit.mine_id):
            return person_id, min(standing_of(User.objects.get(pk=person_id)).units)
    raise NobodyReceives(_("本单位还没有统筹人员，没有办结的事无人负责，不能导入。"))


def _serials(rows: Sequence[LedgerRow], intake: Intake) -> list[int]:
    """Return a number for each row, without gaps in the year of its visit."""
    counts = Counter(row.raised.at.year for row in rows)
    following = {
        year: next_number(intake.mine_id, MATTERS, year, count=count) - count
        for year, count in sorted(counts.items())
    }
    serials = []
    for row in rows:
        following[row.raised.at.year] += 1
        serials.append(following[row.raised.at.year])
    return serials


def _drafted(row: LedgerRow, serial: int, intake: Intake) -> Draft:
    year = row.raised.at.year
    place = intake.units.get(row.place)
    uid = uuid4()
    box = new_box(uid)
    matter = Matter(
        uid=uid,
        key=box.wrapped,
        mine_id=intake.mine_id,
        year=year,
        serial=serial,
        number=f"{year}-{serial:04}",
        channel=channel_from(row.channel),
        identity=Identity.NAMED if row.name or row.contact else Identity.ANONYMOUS,
        unit=place,
        unit_text="" if place else row.place,
        title=title_of(row.request),
        text=row.request,
        request_type=request_type_from(row.category),
        category=intake.categories.get(row.category),
        # A visit at three that is entered at two the same day is a slip of the pen.
        received_at=min(row.raised.at, intake.now),
        received_on=row.raised.at.date(),
        first_receiver_id=intake.receiver_id,
        source_number=row.number,
        source_digest=row_digests(row, mine_id=intake.mine_id)[0],
    )
    draft = Draft(row, matter, box)
    (_finish if row.finished else _leave_open)(draft, intake)
    draft.events = history_of(
        row, matter, box, by=intake.by, now=intake.now, serial=intake.serial
    )
    matter.version, matter.head_hash = draft.events[-1].seq, draft.events[-1].hash
    return draft


def _finish(draft: Draft, intake: Intake) -> None:
    """Enter a matter that was answered long ago; its clock has stopped."""
    matter, row = draft.matter, draft.row
    start, reckoning = intake.total_clock(matter.received_at, matter)
    answered_at = answered_moment(row)
    ended_at = min(answered_at or intake.now, intake.now)
    draft.entries = [(start, reckoning), (Entry(ended_at, EntryKind.STOP), reckoning)]
    matter.state = State.CLOSED
    matter.lead_unit = intake.units.get(row.unit, intake.unit)
    matter.answer_due_at, matter.due_from = reckoning.due_at, matter.received_at
    matter.state_since = ended_at
    # Where the ledger has no day of the answer, nobody knows whether it was in time.
    matter.answered_at = ended_at if answered_at else None
    matter.on_time = ended_at <= reckoning.due_at if answered_at else None
    matter.ended_at = ended_at
    if row.grade is not None:
        matter.is_rated = True
        matter.satisfied = GRADES[row.grade] not in DISSATISFIED


def _leave_open(draft: Draft, intake: Intake) -> None:
    """
    Enter a matter that still waits: somebody answers for it from now on.

    Its clock begins now, with who now answers; the years before are on the old paper.
    """
    matter, clock, now = draft.matter, intake.clock, intake.now
    start, total = intake.total_clock(now, matter)
    triage = clock.after(now, "TRIAGE", **classes_of(matter))
    draft.entries = [(start, total)]
    matter.state = State.RECEIVED
    matter.lead_unit_id = intake.receiving_unit_id
    matter.responsible_id = intake.receiver_id
    matter.answer_due_at = total.due_at
    matter.due_from = matter.state_since = now
    matter.due_at = min(triage.due_at, total.due_at)
    matter.provisional = total.provisional or triage.provisional
    rung = next_rung(clock.ladder, 0, clock.span(now, matter.due_at))
    matter.next_rung_at = rung.at if rung else None


def _claim(draft: Draft) -> Claim:
    row = draft.row
    return Claim(
        matter=draft.matter,
        place=1,
        text=row.request,
        facts=row.reply if row.finished else "",
        grade=GRADES[row.grade] if row.grade is not None else "",
    )


def _speaker(draft: Draft) -> Speaker:
    box = new_box(f"speaker:{draft.matter.uid}")
    row = draft.row
    return Speaker(
        matter=draft.matter,
        name=box.seal(row.name, "name") if row.name else "",
        contact=box.seal(row.contact, "contact") if row.contact else "",
        key=box.wrapped,
    )


def _origin(draft: Draft, intake: Intake) -> Origin:
    row = draft.row
    return Origin(
        matter=draft.matter,
        year=localdate(intake.now).year,
        serial=intake.serial,
        sheet=row.sheet[:40],
        row=row.row,
        channel=row.channel,
        category=row.category,
        handling_unit=row.unit,
    )
