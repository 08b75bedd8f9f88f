"""Send accusations of cadres whom a higher level manages up, and keep nothing of them."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.hashing import kept_hashes
from shuoshi.common.hours import hour_of
from shuoshi.common.refusals import Missing, NotPermitted, Outdated, Refused
from shuoshi.matters.actions.erasing import erase_matter
from shuoshi.matters.actions.numbers import next_number
from shuoshi.matters.actions.raising import RECEIPT, receipt_digest
from shuoshi.matters.models import HigherOrgan, Matter, Referral
from shuoshi.matters.queries.referrals import (
    Where,
    higher_organ_of,
    letters_here,
    referral_with_digests,
)
from shuoshi.matters.rules.receipts import cleaned, with_check_digit
from shuoshi.matters.rules.referrals import (
    SERIES,
    due_on,
    may_go_up,
    may_pass_up,
    may_take_letters,
)
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.standing import Kind, Standing
from shuoshi.trail.actions import note


@dataclass(frozen=True)
class Taken:
    """A referral, and its receipt that is shown this once."""

    referral: Referral
    receipt: str


def referral_of_receipt(receipt: str) -> Referral | None:
    """Return the referral of a receipt, if it is one's."""
    return referral_with_digests(kept_hashes(RECEIPT, receipt))


@transaction.atomic
def refer(*, mine_id: int, channel: str, now: datetime) -> Taken:
    """
    Give a receipt to whoever accuses a cadre of a higher level, and keep nothing else.

    The letter itself is still to come, or goes there without us.
    """
    return _taken(mine_id, channel, by=str(Kind.SPEAKER), now=hour_of(now))


@transaction.atomic
def take_letter(
    *, channel: str, by: Standing, now: datetime, receipt: str = ""
) -> Taken:
    """
    Take a closed letter in at the desk: from today it waits to be passed up.

    With the receipt of somebody who was referred before, it is theirs; the receipt that is
    returned is then empty.

    :raises NotPermitted: if this person takes no letters in.
    :raises Missing: if there is no such receipt in this mine.
    :raises Outdated: if that letter has come already.
    """
    if not may_take_letters(by) or by.mine_id is None:
        raise NotPermitted(_("只有接待人员可以登记。"))
    if not receipt:
        taken = _taken(by.mine_id, channel, by=by.on_record, now=now)
        _enter_letter(taken.referral, by=by, now=now)
        return taken
    referral = referral_of_receipt(cleaned(receipt))
    if referral is None or referral.mine_id != by.mine_id:
        raise Missing(_("没有找到这个回执号，请核对号码。"), field="receipt")
    _enter_letter(referral, by=by, now=now)
    return Taken(referral, "")


@transaction.atomic
def pass_up(uid: UUID, *, by: Standing, now: datetime) -> Referral:
    """
    Enter that a letter went up today, by whom.

    :raises NotPermitted: if this person is not of the committee.
    :raises Missing: if there is no such letter in this mine.
    :raises Outdated: if somebody entered it already.
    """
    found = Referral.objects.filter(uid=uid, mine_id=_committee_of(by)).first()
    if found is None:
        raise Missing(_("没有这封信。"))
    today = localdate(now)
    if (
        not letters_here(by)
        .filter(pk=found.pk)
        .update(passed_on=today, passed_by=by.person_id)
    ):
        raise Outdated(_("这封信已经登记过上交。"))
    _note("passed_up", found, by=by.on_record, now=now)
    found.refresh_from_db()
    return found


@transaction.atomic
def send_matter_up(matter: Matter, *, by: Standing, now: datetime) -> Referral:
    """
    Take a sealed matter for one of a higher level: all it says is erased here.

    What was printed of it before is the letter, and is to be passed up in five working
    days. The matter's number, dates and record stay, and its receipt still finds it.

    :raises NotPermitted: if this person is not of the committee, or it is not theirs.
    :raises Refused: if it is no accusation under seal, or went up already.
    """
    if matter.mine_id != _committee_of(by):
        raise NotPermitted(_("只有纪委人员可以这样做。"))
    if Referral.objects.filter(matter=matter).exists():
        raise Outdated(_("这件事已经上交。"))
    if not may_go_up(matter):
        raise Refused(_("只有移交纪委的检举控告可以上交。"))
    referral = _begun(matter.mine_id, matter.channel, now=now)
    referral.matter = matter
    referral.save(force_insert=True)
    _note("taken", referral, by=by.on_record, now=now)
    _enter_letter(referral, by=by, now=now)
    erase_matter(matter, by=by.on_record, now=now, why="passed_up")
    return referral


@transaction.atomic
def name_higher_organ(where: Where, *, by: Standing, now: datetime) -> None:
    """
    Say where such letters go from now on.

    :raises NotPermitted: if this person is not of the committee.
    """
    mine_id = _committee_of(by)
    HigherOrgan.objects.update_or_create(
        mine_id=mine_id,
        defaults={
            "name": where.name,
            "address": where.address,
            "telephone": where.telephone,
        },
    )
    note("matters.higher_organ_named", by=by.on_record, at=now, mine_id=mine_id)


def _committee_of(by: Standing) -> int:
    """Return the mine whose committee somebody is of."""
    if not may_pass_up(by) or by.mine_id is None or by.person_id is None:
        raise NotPermitted(_("只有纪委人员可以这样做。"))
    return by.mine_id


def _taken(mine_id: int, channel: str, *, by: str, now: datetime) -> Taken:
    receipt = with_check_digit(f"{secrets.randbelow(10**15):015}")
    referral = _begun(mine_id, channel, now=now)
    referral.receipt_digest = receipt_digest(receipt)
    referral.save(force_insert=True)
    _note("taken", referral, by=by, now=now)
    return Taken(referral, receipt)


def _begun(mine_id: int, channel: str, *, now: datetime) -> Referral:
    today = localdate(now)
    return Referral(
        mine_id=mine_id,
        year=today.year,
        serial=next_number(mine_id, SERIES, today.year),
        channel=channel,
        organ=higher_organ_of(mine_id).name,
        taken_on=today,
    )


def _enter_letter(referral: Referral, *, by: Standing, now: datetime) -> None:
    today = localdate(now)
    calendar = work_calendar(referral.mine_id, generation())
    come = {"letter_on": today, "due_on": due_on(calendar, today)}
    if not Referral.objects.filter(pk=referral.pk, letter_on=None).update(**come):
        raise Outdated(_("这封信已经登记过了。"), field="receipt")
    _note("letter_taken", referral, by=by.on_record, now=now)
    referral.refresh_from_db()


def _note(what: str, referral: Referral, *, by: str, now: datetime) -> None:
    note(
        f"matters.referral_{what}",
        by=by,
        at=now,
        mine_id=referral.mine_id,
        detail={"number": referral.number, "channel": referral.channel},
    )
