"""Where somebody wants to be told: proved by a code, dropped at any time."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.record import note_by
from shuoshi.accounts.actions.throttling import count_try, forget_tries
from shuoshi.accounts.models import User
from shuoshi.accounts.rules.throttles import Throttle
from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import keyed_hash, new_box, open_box
from shuoshi.jobs.actions import enqueue
from shuoshi.notices.actions.outside import send_on
from shuoshi.notices.models import Address, Muted, QuietHours
from shuoshi.notices.queries.addresses import address_on, opened
from shuoshi.notices.queries.roads import is_open
from shuoshi.notices.rules.kinds import Group
from shuoshi.notices.rules.roads import TYPED, AddressRefused, Road, checked_address
from shuoshi.notices.rules.timing import Quiet
from shuoshi.notices.rules.words import CODE_DIGITS, code_told


HOLDS: Final = timedelta(minutes=15)
# Nobody uses the house to pester a stranger's phone.
ASKED: Final = Throttle("notices.code_asked", 5, timedelta(hours=1))
TRIED: Final = Throttle("notices.code_tried", 6, timedelta(minutes=15))


class CodeRefused(Refused):
    """The code is not the one that was sent, or too old."""


def ask_for_code(person: User, *, road: str, text: str, now: datetime) -> Address:
    """
    Take an address down, unproved as yet; a task sends a code there.

    :raises AddressRefused: if the road is not set up, or this is no address of it.
    :raises TooOften: if it was asked too often in this hour.
    """
    if road not in Road.values or not is_open(road):
        raise AddressRefused(_("这里没有开通这种方式。"), field="address")
    kept = checked_address(road, text)
    count_try(ASKED, str(person.pk), now=now)
    count_try(ASKED, f"{road} {kept}", now=now)
    return _enter(person.pk, road, kept, now)


@transaction.atomic
def _enter(
    person_id: int, road: str, kept: str, now: datetime, *, sends: bool = True
) -> Address:
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    Address.objects.filter(person=person_id, road=road).delete()
    made = Address(person_id=person_id, road=road, code_until=now + HOLDS)
    box = new_box(f"address:{made.uid}")
    made.key = box.wrapped
    made.address, made.code = box.seal(kept, "address"), box.seal(code, "code")
    made.code_digest = _digest(person_id, road, code)
    made.save(force_insert=True)
    if sends:
        enqueue("notices.prove_address", {"address": made.pk})
    return made


def send_code(address_pk: int, *, now: datetime) -> None:
    """
    Send the code that proves an address; it is kept no longer.

    :raises RoadAway: if the other side is away; a later try may do.
    """
    made = Address.objects.filter(pk=address_pk, confirmed_at=None).first()
    if made is None or not made.code or made.code_until is None:
        return
    if made.code_until > now:
        box = open_box(f"address:{made.uid}", made.key)
        text = code_told(box.open(made.code, "code"))
        send_on(made.road, opened(made), text, now=now)
    Address.objects.filter(pk=made.pk).update(code="")


def confirm_address(person: User, *, road: str, code: str, now: datetime) -> None:
    """
    Take the code that came: from now on the person is told there.

    :raises CodeRefused: if it is not that code, or too old.
    :raises TooOften: if too many were tried.
    """
    count_try(TRIED, f"{person.pk} {road}", now=now)
    made = address_on(person.pk, road)
    digest = _digest(person.pk, road, "".join(code.split()))
    fresh = made is not None and made.code_until is not None and made.code_until > now
    if made is None or not fresh or not constant_time_compare(digest, made.code_digest):
        raise CodeRefused(_("验证码不对，或者已经过了15分钟。"), field="code")
    with transaction.atomic():
        Address.objects.filter(pk=made.pk).update(
            confirmed_at=now, code="", code_digest="", code_until=None
        )
        note_by(person, "notices.address_confirmed", now=now, detail={"road": road})
    forget_tries(TRIED, f"{person.pk} {road}")


def give_binding_code(person: User, *, road: str, now: datetime) -> str:
    """
    Return a code that its owner sends to the house on a platform, to be told there.

    :raises AddressRefused: if the road is not set up, or is one where addresses are typed.
    :raises TooOften: if it was asked for too often in this hour.
    """
    if road not in Road.values or road in TYPED or not is_open(road):
        raise AddressRefused(_("这里没有开通这种方式。"), field="address")
    count_try(ASKED, str(person.pk), now=now)
    made = _enter(person.pk, road, "", now, sends=False)
    box = open_box(f"address:{made.uid}", made.key)
    code = box.open(made.code, "code")
    Address.objects.filter(pk=made.pk).update(
        code="", code_digest=_binding_digest(road, code)
    )
    return code


@transaction.atomic
def bind_by_code(road: str, sender: str, *, code: str, now: datetime) -> None:
    """
    Tell whoever holds this code on the platform from where it was sent.

    :raises CodeRefused: if nobody was given such a code lately.
    """
    waiting = Address.objects.filter(
        road=road,
        code_digest=_binding_digest(road, code),
        confirmed_at=None,
        code_until__gt=now,
    ).select_related("person")
    made = waiting.first()
    if made is None:
        raise CodeRefused(_("验证码不对，或者已经过了15分钟。"), field="code")
    box = open_box(f"address:{made.uid}", made.key)
    Address.objects.filter(pk=made.pk, confirmed_at=None).update(
        address=box.seal(sender, "address"),
        confirmed_at=now,
        code_digest="",
        code_until=None,
    )
    note_by(made.person, "notices.address_confirmed", now=now, detail={"road": road})


@transaction.atomic
def drop_address(person: User, *, road: str, now: datetime) -> None:
    """Forget where somebody was told; nothing goes there any more."""
    if Address.objects.filter(person=person, road=road).delete()[0]:
        note_by(person, "notices.address_dropped", now=now, detail={"road": road})


@transaction.atomic
def choose(person: User, *, wanted: set[tuple[str, str]], quiet: Quiet) -> None:
    """Keep what a person wants to be told on which road (road, group), and when not."""
    every = {(str(road), str(group)) for road in Road for group in Group}
    Muted.objects.filter(person=person).delete()
    Muted.objects.bulk_create(
        Muted(person=person, road=road, group=group)
        for road, group in sorted(every - wanted)
    )
    QuietHours.objects.update_or_create(
        person=person, defaults={"starts": quiet.starts, "ends": quiet.ends}
    )


def _binding_digest(road: str, code: str) -> str:
    return keyed_hash("notices.binding", f"{road} {code}")


def _digest(person_id: int, road: str, code: str) -> str:
    return keyed_hash("notices.code", f"{person_id} {road} {code}")
