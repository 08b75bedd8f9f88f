"""Found the committee's key, unlock it, hand it on, put another in its place."""

import base64
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.throttling import TooOften, count_try, forget_tries
from shuoshi.accounts.rules.throttles import COMMITTEE
from shuoshi.common.committees import unlocked, unlocked_secret
from shuoshi.common.hashing import kept_hash
from shuoshi.common.keypairs import Secret
from shuoshi.common.refusals import Missing, NotPermitted, Outdated, Refused
from shuoshi.common.sealing import SealBroken, SealLocked
from shuoshi.matters.actions.handing_over import hand_over_rows
from shuoshi.matters.models import CommitteeHolder, CommitteeKey
from shuoshi.matters.queries.committee import (
    boxes_of_matters,
    committee_key_of,
    holder_of,
    members,
    recipient_of,
    sealed_matters,
)
from shuoshi.matters.rules.committee import (
    GIVEN_FOR,
    PURPOSE,
    Kept,
    checked_passphrase,
    drawn_passphrase,
    holds_the_seal,
    kept_under,
    opened_by,
    told_of_key,
)
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


class WrongPassphrase(Refused):
    """This passphrase does not open the committee's key."""


@dataclass(frozen=True)
class Unlocked:
    """A key that somebody has opened, and its secret half."""

    key: CommitteeKey
    secret: Secret


@transaction.atomic
def found_committee_key(passphrase: str, *, by: Standing, now: datetime) -> Unlocked:
    """
    Draw the mine's key and keep its secret half under the passphrase of who founds it.

    What was sealed before is sealed to it by ``hand_over_waiting``.

    :raises NotPermitted: if this person is not of the committee.
    :raises PassphraseRefused: if the passphrase is too easy.
    :raises Outdated: if there is a key already.
    """
    mine_id, _person = _member(by)
    checked_passphrase(passphrase)
    secret = Secret.draw()
    key = _enter(secret, mine_id, now=now)
    _keep(key, secret, _person, passphrase, now=now)
    _note("founded", key, by=by, now=now)
    return Unlocked(key, secret)


def _enter(secret: Secret, mine_id: int, *, now: datetime) -> CommitteeKey:
    public = base64.b64encode(secret.public).decode()
    try:
        with transaction.atomic():
            key = CommitteeKey.objects.create(
                mine_id=mine_id, public=public, created_at=now
            )
    except IntegrityError:
        raise Outdated(_("纪委密钥已经有人建好了，请刷新页面。")) from None
    _vouch_for(key)
    return key


def _vouch_for(key: CommitteeKey) -> None:
    vouch = kept_hash(PURPOSE, told_of_key(key))
    CommitteeKey.objects.filter(pk=key.pk).update(vouch=vouch)
    key.vouch = vouch


def unlock(typed: str, *, by: Standing, now: datetime) -> Unlocked:
    """
    Return the secret half for one's own passphrase, or for the copy on paper.

    Not to be called inside a transaction: a refusal must not undo the count.

    :raises NotPermitted: if this person is not of the committee.
    :raises Missing: if the mine has no key.
    :raises TooOften: if it was tried too often.
    :raises WrongPassphrase: if it opens nothing.
    """
    mine_id, person_id = _member(by)
    key = _current(mine_id)
    counted = f"{key.pk}:{person_id}"
    try:
        for throttle in COMMITTEE:
            count_try(throttle, counted, now=now)
    except TooOften as often:
        often.field = "passphrase"
        raise
    secret = _on_paper(key, typed) or _by_passphrase(key, person_id, typed, now=now)
    if secret is None:
        _note("refused", key, by=by, now=now)
        raise WrongPassphrase(
            _("口令不对，没有解锁。忘了口令，可以输入打印保存的恢复件。"),
            field="passphrase",
        )
    for throttle in COMMITTEE:
        forget_tries(throttle, counted)
    _note("unlocked", key, by=by, now=now)
    return Unlocked(key, secret)


def _on_paper(key: CommitteeKey, typed: str) -> Secret | None:
    secret = Secret.from_paper(typed)
    if secret is None or secret.public != recipient_of(key).public:
        return None
    return secret


def _by_passphrase(
    key: CommitteeKey, person_id: int, typed: str, *, now: datetime
) -> Secret | None:
    kept = holder_of(key, person_id)
    if kept is None or (kept.expires_at is not None and kept.expires_at <= now):
        return None
    try:
        return opened_by(
            Kept(kept.cost, kept.salt, kept.sealed), typed, owner=_owner(key, person_id)
        )
    except SealBroken:
        return None


@transaction.atomic
def change_passphrase(passphrase: str, *, by: Standing, now: datetime) -> None:
    """
    Keep the unlocked key under a new passphrase of one's own; the former counts no more.

    :raises SealLocked: if the key is not unlocked here.
    :raises PassphraseRefused: if the passphrase is too easy.
    """
    opened = _opened(by)
    _keep(
        opened.key,
        opened.secret,
        _member(by)[1],
        checked_passphrase(passphrase),
        now=now,
    )
    _note("passphrase_changed", opened.key, by=by, now=now)


@transaction.atomic
def share_key(person_id: int, *, by: Standing, now: datetime) -> str:
    """
    Return a passphrase under which a colleague opens the key, for some days.

    It is theirs alone, and to be changed by them.

    :raises SealLocked: if the key is not unlocked here.
    :raises Missing: if it is nobody of the committee, or oneself.
    """
    opened = _opened(by)
    mine_id, own_id = _member(by)
    if person_id == own_id or person_id not in {one.pk for one in members(mine_id)}:
        raise Missing(_("纪委没有这个人，请从名单里选。"), field="person")
    passphrase = drawn_passphrase()
    _keep(
        opened.key,
        opened.secret,
        person_id,
        passphrase,
        now=now,
        until=now + GIVEN_FOR,
    )
    _note("shared", opened.key, by=by, now=now, person=person_id)
    return passphrase


@transaction.atomic
def rotate_committee_key(passphrase: str, *, by: Standing, now: datetime) -> Unlocked:
    """
    Put a new key in the place of the unlocked one and wrap every box to it.

    Nobody else's passphrase and no older copy on paper opens anything any more.

    :raises SealLocked: if the key is not unlocked here.
    :raises PassphraseRefused: if the passphrase is too easy.
    :raises Outdated: if somebody else did so at the same moment.
    """
    opened = _opened(by)
    mine_id, person_id = _member(by)
    checked_passphrase(passphrase)
    former = opened.key
    same = CommitteeKey.objects.filter(pk=former.pk, retired_at=None)
    if not same.update(retired_at=now):
        raise Outdated(_("刚才有人换过密钥，请重新解锁。"))
    former.retired_at = now
    _vouch_for(former)
    secret = Secret.draw()
    key = _enter(secret, mine_id, now=now)
    _keep(key, secret, person_id, passphrase, now=now)
    old, done = recipient_of(former), 0
    with unlocked({old.id: opened.secret}):
        for boxes, rows in boxes_of_matters(sealed_matters(mine_id)):
            mine = rows.filter(**{f"{boxes.key}__startswith": old.prefix})
            done += hand_over_rows(boxes, mine, key)
    former.holders.all().delete()
    _note("rotated", key, by=by, now=now, former=former.pk, count=done)
    return Unlocked(key, secret)


def _current(mine_id: int) -> CommitteeKey:
    key = committee_key_of(mine_id)
    if key is None:
        raise Missing(_("还没有建纪委密钥。"))
    return key


def _opened(by: Standing) -> Unlocked:
    key = _current(_member(by)[0])
    secret = unlocked_secret(str(key.pk))
    if secret is None:
        raise SealLocked
    return Unlocked(key, secret)


def _member(by: Standing) -> tuple[int, int]:
    if not holds_the_seal(by) or by.mine_id is None or by.person_id is None:
        raise NotPermitted(_("只有纪委人员可以这样做。"))
    return by.mine_id, by.person_id


def _owner(key: CommitteeKey, person_id: int) -> str:
    return f"committee:{key.pk}:{person_id}"


def _keep(
    key: CommitteeKey,
    secret: Secret,
    person_id: int,
    passphrase: str,
    *,
    now: datetime,
    until: datetime | None = None,
) -> None:
    kept = kept_under(secret, passphrase, owner=_owner(key, person_id))
    CommitteeHolder.objects.update_or_create(
        key=key,
        person_id=person_id,
        defaults={
            "cost": kept.cost,
            "salt": kept.salt,
            "sealed": kept.sealed,
            "made_at": now,
            "expires_at": until,
        },
    )


def _note(
    what: str, key: CommitteeKey, *, by: Standing, now: datetime, **more: int
) -> None:
    note(
        f"matters.committee_key_{what}",
        by=by.on_record,
        at=now,
        mine_id=key.mine_id,
        detail={"key": key.pk, **more},
    )
