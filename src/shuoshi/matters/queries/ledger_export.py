"""Write matters down as the lines of a ledger, as far as the reader may read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.ledger_codes import grade_word, masked_contact, masked_name
from shuoshi.matters.rules.ledger_columns import Column
from shuoshi.matters.rules.states import ENDED, Identity, State
from shuoshi.org.models import Unit
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import Kind, Standing


if TYPE_CHECKING:
    from shuoshi.matters.models import Claim


CHUNK = 500
Cell = str | datetime | None


@dataclass(frozen=True)
class Line:
    """A line of the ledger; ``named`` is the matter if it bears its speaker's name."""

    cells: dict[Column, Cell]
    named: UUID | None = None


def matters_of_year(unit: Unit, year: int) -> QuerySet[Matter]:
    """Return what a unit, with all below it, led in a year, in the order of the numbers."""
    matters = Matter.objects.filter(mine_id=unit.mine_id, year=year)
    if unit.parent_id is not None:
        units = tree_of(unit.mine_id).at_and_below(frozenset({unit.pk}))
        matters = matters.filter(lead_unit__in=units)
    return matters.order_by("serial", "pk")


def ledger_lines_of(matters: QuerySet[Matter], *, reader: Standing) -> Iterator[Line]:
    """Yield a line for each matter, in their order, a few hundred in memory at a time."""
    whole = matters.select_related(
        "lead_unit", "unit", "category", "speaker", "origin", "merged_into"
    ).prefetch_related("claims", "parts", "objects_named")
    for matter in whole.iterator(chunk_size=CHUNK):
        yield _line(matter, reader)


def _line(matter: Matter, reader: Standing) -> Line:
    name, contact, told = _speaker(matter, reader)
    return Line(_cells(matter, reader, name, contact), matter.uid if told else None)


def _cells(
    matter: Matter, reader: Standing, name: str, contact: str
) -> dict[Column, Cell]:
    readable = _may_read(matter, reader)
    ended = matter.state in ENDED
    at = matter.answered_at or (
        matter.ended_at if ended and not _imported(matter) else None
    )
    return {
        Column.NUMBER: matter.source_number or matter.number,
        Column.RAISED: _local(matter.received_at),
        Column.NAME: name,
        Column.CONTACT: contact,
        Column.PLACE: (matter.unit.name if matter.unit else matter.unit_text)
        or matter.place,
        Column.CHANNEL: _said(matter, "channel") or matter.get_channel_display(),
        Column.CATEGORY: _category(matter),
        Column.REQUEST: matter.text if readable else str(_withheld(matter)),
        Column.UNIT: _said(matter, "handling_unit") or matter.lead_unit.name,
        Column.REPLY: _reply(matter, reader) if readable else _ending(matter, reader),
        Column.ANSWERED: _local(at) if at else None,
        Column.FINISHED: "是" if ended else "否",
        Column.GRADE: _grade(matter) if readable else "",
    }


def _imported(matter: Matter) -> bool:
    return matter.source_digest is not None


def _said(matter: Matter, what: str) -> str:
    """Return what the old ledger said, if the matter comes from one."""
    origin = getattr(matter, "origin", None)
    return str(getattr(origin, what)) if origin else ""


def _category(matter: Matter) -> str:
    return (
        _said(matter, "category")
        or (matter.category.name if matter.category else "")
        or (str(matter.get_request_type_display()) if matter.request_type else "")
    )


def _may_read(matter: Matter, reader: Standing) -> bool:
    # The console is run by whoever keeps the machine: not for their eyes. What came from
    # a ledger goes back as it came.
    if reader.kind is Kind.CLOCK:
        open_words = _imported(matter) or matter.identity == Identity.NAMED
        return open_words and not matter.sealed and not matter.names_objects
    return not matter.sealed and gate.may(reader, Permission.READ, matter)


def _withheld(matter: Matter) -> str:
    if matter.sealed:
        return _("检举控告，已密封移送，不在台账中列出")
    if matter.names_objects:
        return _("涉及被反映对象，不在此处列出")
    return _("说事人没有具名，内容不在此处列出")


def _speaker(matter: Matter, reader: Standing) -> tuple[str, str, bool]:
    """Return name and contact as the line shows them, and whether they tell who it is."""
    if matter.identity == Identity.ANONYMOUS:
        return "匿名", "", False
    # A list passes from hand to hand: who asked for confidence stays out of it.
    if matter.identity == Identity.CONFIDENTIAL or matter.sealed:
        return "保密", "", False
    who = speaker_of_sheet(matter)
    if who is None:
        return "", "", False
    if reader.kind is not Kind.CLOCK and gate.may(
        reader, Permission.SEE_SPEAKER, matter
    ):
        return who.name, who.contact, True
    return masked_name(who.name), masked_contact(who.contact), False


def _reply(matter: Matter, reader: Standing) -> str:
    claims = sorted(matter.claims.all(), key=lambda claim: claim.place)
    answers = [answer for claim in claims if (answer := _answer(claim))]
    if len(answers) > 1:
        answers = [
            f"{place}. {answer}" for place, answer in enumerate(answers, start=1)
        ]
    told = matter.state != State.CLOSED or not answers
    ending = _ending(matter, reader) if told else ""
    return "\n".join(filter(None, [*answers, ending]))


def _answer(claim: "Claim") -> str:
    if not claim.facts:
        return ""
    basis = _("依据：%(basis)s") % {"basis": claim.basis} if claim.basis else ""
    return "\n".join(filter(None, [claim.facts, basis]))


def _ending(matter: Matter, reader: Standing) -> str:
    """Say how a matter ended that was not answered like others."""
    if matter.state not in ENDED:
        return ""
    said = [str(matter.get_state_display())]
    if matter.ground:
        said.append(str(matter.get_ground_display()))
    into = matter.merged_into
    # The one that goes on may be kept from who reads of the one that was merged.
    if into and (reader.kind is Kind.CLOCK or gate.may(reader, Permission.SEE, into)):
        said.append(into.number)
    return "：".join(said)


def _grade(matter: Matter) -> str:
    """Return the grade; of several claims, the worst: none may hide behind another."""
    return grade_word(claim.grade for claim in matter.claims.all())


def _local(moment: datetime) -> datetime:
    return localtime(moment).replace(microsecond=0, tzinfo=None)
