"""The committee's key: which it is, who holds it, what still waits to be sealed to it."""

import base64
from enum import Enum
from typing import TYPE_CHECKING, Any

from shuoshi.accounts.models import User
from shuoshi.common.committees import Recipient, is_committees
from shuoshi.common.hashing import kept_hashes
from shuoshi.files.models import Attachment
from shuoshi.keys.queries.boxes import rows_of
from shuoshi.keys.rules.boxes import BOXES, Boxes, going_with
from shuoshi.matters.models import CommitteeHolder, CommitteeKey, Matter, Speaker
from shuoshi.matters.rules.committee import (
    PURPOSE,
    holds_the_seal,
    told_of_key,
)
from shuoshi.org.queries.people import people_holding
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet


def committee_key_of(mine_id: int) -> CommitteeKey | None:
    """Return the key to which this mine's accusations are sealed now."""
    return CommitteeKey.objects.filter(mine_id=mine_id, retired_at=None).first()


def is_vouched_for(key: CommitteeKey) -> bool:
    """True for a key that the house drew and nobody changed since."""
    return key.vouch in kept_hashes(PURPOSE, told_of_key(key))


def wrong_committee_keys() -> "Iterator[str]":
    """Yield the number of each key that is not as the house wrote it."""
    keys = CommitteeKey.objects.order_by("pk")
    return (str(key.pk) for key in keys if not is_vouched_for(key))


def has_no_key(mine_id: int) -> bool:
    """True while accusations are sealed to the server's own ring alone."""
    key = committee_key_of(mine_id)
    return key is None or not is_vouched_for(key)


def recipient_of(key: CommitteeKey) -> Recipient:
    return Recipient(str(key.pk), base64.b64decode(key.public))


def holders_of(key: CommitteeKey) -> list[CommitteeHolder]:
    """Return who holds the key, with the person, the first to hold it first."""
    return list(key.holders.select_related("person").order_by("pk"))


def holder_of(key: CommitteeKey, person_id: int) -> CommitteeHolder | None:
    return key.holders.filter(person_id=person_id).first()


def members(mine_id: int) -> list[User]:
    """Return the members of the discipline committee, by name."""
    return people_holding([Role.DISCIPLINE], mine_id=mine_id)


def sealed_matters(mine_id: int) -> "QuerySet[Matter]":
    return Matter.objects.filter(mine_id=mine_id, sealed=True)


class Seal(Enum):
    """Under whose key the words of a sealed matter lie."""

    RING = "ring"
    WAITS = "waits"
    COMMITTEE = "committee"


def seal_of(person: Standing, matter: Matter) -> Seal | None:
    """Tell a member of the committee what keeps this matter; nobody else is told."""
    # Nothing keeps what was erased.
    if not matter.sealed or not matter.key or not holds_the_seal(person):
        return None
    if is_committees(matter.key):
        return Seal.COMMITTEE
    return Seal.WAITS if committee_key_of(matter.mine_id) else Seal.RING


def boxes_of_matters(
    matters: "QuerySet[Matter]",
) -> "list[tuple[Boxes, QuerySet[Any]]]":
    """
    Return the boxes of these matters, of who raised them, of their files, and of what
    the rooms above say of them.
    """
    own = BOXES[Matter._meta.label]
    speakers = BOXES[Speaker._meta.label]
    files = BOXES[Attachment._meta.label]
    return [
        (own, rows_of(own).filter(pk__in=matters.values("pk"))),
        (speakers, rows_of(speakers).filter(matter__in=matters.values("pk"))),
        # What the scanner has still to judge, it must be able to open.
        (files, rows_of(files).filter(about__in=matters.values("uid"), held=False)),
        *(
            (boxes, rows_of(boxes).filter(**{f"{field}__in": matters.values("uid")}))
            for boxes, field in going_with(own.name)
        ),
    ]
