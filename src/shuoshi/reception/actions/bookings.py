"""Book a time, move it, give it back; receive whoever comes."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.sealing import keyed_hash, new_box
from shuoshi.common.words import checked_words
from shuoshi.matters.rules.receipts import with_check_digit
from shuoshi.matters.rules.sayings import MOST_CONTACT, MOST_NAME
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.actions.tellings import enter_submission
from shuoshi.privacy.queries.tellings import telling_shown
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.reception.actions.waiting import give_next, hold_line
from shuoshi.reception.models import Booking, OpenDay
from shuoshi.reception.queries.bookings import (
    booking_of_receipt,
    contact_digests,
    has_begun,
    receipt_digest,
    times_of,
)
from shuoshi.reception.rules.access import may_receive
from shuoshi.reception.rules.bookings import (
    HOLDING,
    MOST_OPEN,
    MOST_UNIT,
    MOST_WORDS,
    ON_DUTY,
    OPEN,
    BookingState,
    Party,
)
from shuoshi.reception.rules.open_days import OpenDayState
from shuoshi.trail.actions import note


class BookingRefused(Refused):
    """This time cannot be had, or not like this."""


@dataclass(frozen=True)
class Wish:
    """Who would like to come when, and what about if they say so."""

    day: date
    # None: in line, where all times of an open day are taken.
    starts_at: time | None
    name: str
    contact: str
    party: str = Party.PERSON
    unit: str = ""
    words: str = ""
    # Which text about personal information stood beside the form.
    told: int | None = None
    # Whose time: of a leader's open day, else of whoever is on duty.
    open_day: OpenDay | None = None


@dataclass(frozen=True)
class Booked:
    """A time that is kept, and the receipt that is shown this once."""

    booking: Booking
    receipt: str


def book(wish: Wish, *, mine_id: int, now: datetime, nonce: str = "") -> Booked:
    """
    Keep a time for somebody, without an account.

    However many ask at the same moment, one has it: the database says who. The same form
    sent twice, as its ``nonce`` tells, is one booking with one receipt.

    :raises BookingRefused: with the field to blame; the time may just have gone.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    """
    said = _checked(wish)
    receipt = _receipt_for(nonce, wish)
    if nonce and (mine := booking_of_receipt(receipt)):
        return Booked(mine, receipt)
    _check_wish(wish, mine_id, now)
    booking = _sealed(wish, said, mine_id, now)
    booking.receipt_digest = receipt_digest(receipt)
    booking.contact_digest = contact_digests(said["contact"])[0]
    for _try in range(MOST_OPEN + 1):
        booking.place = _place_left(said["contact"], mine_id, now)
        if booking.place is None:
            break
        refusal = None
        try:
            if _entered(booking, wish):
                return Booked(booking, receipt)
        except BookingRefused as refused:
            refusal = refused
        if nonce and (mine := booking_of_receipt(receipt)):
            return Booked(mine, receipt)
        if refusal is not None:
            raise refusal
        if _is_taken(booking):
            raise _gone()
        # Else the same contact booked at this very moment: look for another place.
    raise BookingRefused(
        _("这个联系方式已经约了 %(most)d 个时间，请先取消一个。") % {"most": MOST_OPEN},
        field="contact",
    )


def _place_left(contact: str, mine_id: int, now: datetime) -> int | None:
    """Return a place of the few that a contact may have open; None if all are taken."""
    open_ones = Booking.objects.filter(
        mine_id=mine_id,
        contact_digest__in=contact_digests(contact),
        state__in=OPEN,
        day__gte=localdate(now),
    )
    taken = list(open_ones.values_list("place", flat=True))
    free = [place for place in range(MOST_OPEN) if place not in taken]
    return free[0] if free and len(taken) < MOST_OPEN else None


def _entered(booking: Booking, wish: Wish) -> bool:
    """
    Enter it; False if the time or the place went to somebody else just now.

    :raises BookingRefused: if a time came free, or the day was called off, just now.
    """
    telling = telling_shown(wish.told, Purpose.SPEAK, mine_id=booking.mine_id)
    try:
        with transaction.atomic():
            if wish.open_day is not None:
                day = hold_line(booking.line, mine_id=booking.mine_id)
                held = replace(wish, open_day=day)
                _check_wish(held, booking.mine_id, booking.booked_at)
                _check_waits_once(booking, wish.contact)
            # What lies behind no longer counts, and holds no place.
            Booking.objects.filter(
                mine_id=booking.mine_id,
                contact_digest=booking.contact_digest,
                state__in=OPEN,
                day__lt=localdate(booking.booked_at),
            ).update(place=None)
            booking.save(force_insert=True)
            enter_submission(booking.uid, mine_id=booking.mine_id, telling=telling)
    except IntegrityError:
        return False
    return True


def _is_taken(booking: Booking) -> bool:
    held = Booking.objects.filter(
        mine_id=booking.mine_id,
        line=booking.line,
        day=booking.day,
        starts_at=booking.starts_at,
        state__in=HOLDING,
    )
    return booking.starts_at is not None and held.exists()


def _check_wish(wish: Wish, mine_id: int, now: datetime) -> None:
    if wish.starts_at is None:
        _check_line(wish.open_day, mine_id, now)
    else:
        _check_time(wish.day, wish.starts_at, mine_id, now, open_day=wish.open_day)


def _check_line(open_day: OpenDay | None, mine_id: int, now: datetime) -> None:
    """Refuse to wait in line where there is none, or a time can still be had."""
    if open_day is None or open_day.state != OpenDayState.ANNOUNCED:
        raise BookingRefused(_("请选一个时间。"), field="time")
    if open_day.day < localdate(now):
        raise BookingRefused(_("这个接待日已经过去。"), field="time")
    if any(one.free for one in times_of(mine_id, now=now, open_day=open_day)):
        raise BookingRefused(_("还有空着的时间，请选一个。"), field="time")


def _check_waits_once(booking: Booking, contact: str) -> None:
    waits = Booking.objects.filter(
        mine_id=booking.mine_id,
        line=booking.line,
        contact_digest__in=contact_digests(contact),
        state=BookingState.WAITING,
    )
    if booking.starts_at is None and waits.exists():
        raise BookingRefused(
            _("这个联系方式已经在这一天排着队，不用再排。"), field="contact"
        )


@transaction.atomic
def cancel_booking(booking: Booking, *, now: datetime) -> Booking:
    """
    Give a time, or a place in line, back: who waits longest has the time at once.

    :raises BookingRefused: once the time has come.
    :raises Outdated: if it was cancelled or used meanwhile.
    """
    hold_line(booking.line, mine_id=booking.mine_id)
    _read_again(booking)
    if booking.state == BookingState.WAITING:
        _go(booking, BookingState.CANCELLED, of=BookingState.WAITING)
        return booking
    _check_open(booking, now)
    _go(booking, BookingState.CANCELLED)
    give_next(booking, now=now)
    return booking


def move_booking(
    booking: Booking, *, day: date, starts_at: time, now: datetime
) -> Booking:
    """
    Take another time in place of the one there is: never neither, never both.

    :raises BookingRefused: if that time is none or has gone; the old one then stands.
    :raises Outdated: if it was cancelled or used meanwhile.
    """
    kept = Booking.objects.filter(pk=booking.pk, state=BookingState.BOOKED)
    try:
        with transaction.atomic():
            open_day = hold_line(booking.line, mine_id=booking.mine_id)
            _read_again(booking)
            _check_open(booking, now)
            _check_time(day, starts_at, booking.mine_id, now, open_day=open_day)
            moved = kept.update(day=day, starts_at=starts_at, reminded_at=None)
            if moved:
                give_next(booking, now=now)
    except IntegrityError:
        raise _gone() from None
    if not moved:
        raise _outdated()
    booking.day, booking.starts_at = day, starts_at
    return booking


@transaction.atomic
def enter_came(booking: Booking, *, came: bool, by: Standing, now: datetime) -> Booking:
    """
    Enter whether somebody came.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises BookingRefused: that nobody came, before the time has come.
    :raises Outdated: if it was cancelled or entered meanwhile.
    """
    if not may_receive(by) or by.mine_id != booking.mine_id:
        raise NotPermitted(_("只有接待人员可以这样做。"))
    if not came and not has_begun(booking, now=now):
        raise BookingRefused(_("还没有到约好的时间。"))
    _go(booking, BookingState.CAME if came else BookingState.NO_SHOW)
    note(
        "reception.came" if came else "reception.did_not_come",
        by=by.on_record,
        at=now,
        mine_id=booking.mine_id,
        about=booking.uid,
    )
    return booking


def end_missed(*, now: datetime) -> int:
    """Enter for days that are over that nobody came, where nothing was; return how many."""
    day_over = Booking.objects.filter(day__lt=localdate(now))
    day_over.filter(state=BookingState.WAITING).update(state=BookingState.CANCELLED)
    over = day_over.filter(state=BookingState.BOOKED)
    return over.update(state=BookingState.NO_SHOW)


def _receipt_for(nonce: str, wish: Wish) -> str:
    token = keyed_hash(
        "booking receipt", f"{nonce or secrets.token_urlsafe(16)}\x00{wish!r}"
    )
    return with_check_digit(f"{int(token, 16) % 10**15:015}")


def _checked(wish: Wish) -> dict[str, str]:
    if wish.party not in Party.values:
        raise BookingRefused(_("请选个人还是单位。"), field="party")
    of_unit = wish.party == Party.UNIT
    return {
        "name": checked_words(wish.name, most=MOST_NAME, field="name"),
        "contact": checked_words(wish.contact, most=MOST_CONTACT, field="contact"),
        "unit": checked_words(wish.unit, most=MOST_UNIT, field="unit", required=of_unit)
        if of_unit
        else "",
        "words": checked_words(
            wish.words, most=MOST_WORDS, field="words", required=False
        ),
    }


def _check_time(
    day: date,
    starts_at: time,
    mine_id: int,
    now: datetime,
    *,
    open_day: OpenDay | None,
) -> None:
    """Refuse what is no time ahead, or is taken as far as one can see."""
    if open_day is not None and open_day.state != OpenDayState.ANNOUNCED:
        raise BookingRefused(_("这个接待日现在不能约。"), field="time")
    for one in times_of(mine_id, now=now, open_day=open_day):
        if (one.day, one.starts_at) == (day, starts_at):
            if one.free:
                return
            raise _gone()
    raise BookingRefused(_("这个时间不能约，请另选一个。"), field="time")


def _sealed(wish: Wish, said: dict[str, str], mine_id: int, now: datetime) -> Booking:
    uid = uuid4()
    box = new_box(f"booking:{uid}")
    sealed = {name: box.seal(text, name) if text else "" for name, text in said.items()}
    return Booking(
        uid=uid,
        mine_id=mine_id,
        line=wish.open_day.line if wish.open_day else ON_DUTY,
        day=wish.day,
        starts_at=wish.starts_at,
        state=BookingState.BOOKED if wish.starts_at else BookingState.WAITING,
        party=wish.party,
        key=box.wrapped,
        booked_at=now,
        **sealed,
    )


def _read_again(booking: Booking) -> None:
    """Once its line is held: it may have been moved, or given a time, in another window."""
    booking.refresh_from_db(fields=["state", "day", "starts_at"])


def _check_open(booking: Booking, now: datetime) -> None:
    if booking.state != BookingState.BOOKED:
        raise _outdated()
    if has_begun(booking, now=now):
        raise BookingRefused(_("约好的时间已经到了，请直接来。"))


def _go(
    booking: Booking, to: BookingState, *, of: BookingState = BookingState.BOOKED
) -> None:
    kept = Booking.objects.filter(pk=booking.pk, state=of)
    if not kept.update(state=to):
        raise _outdated()
    booking.state = to


def _gone() -> BookingRefused:
    return BookingRefused(_("这个时间刚刚被别人约走了，请另选一个。"), field="time")


def _outdated() -> Outdated:
    return Outdated(_("这个预约已经取消或者用过了。"))
