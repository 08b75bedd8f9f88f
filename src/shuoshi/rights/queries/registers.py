"""The register of what left the house, as far as the reader may know of the matter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuoshi.accounts.models import User
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.privacy.queries.consents import handings_in


if TYPE_CHECKING:
    from uuid import UUID

    from shuoshi.org.rules.standing import Standing
    from shuoshi.privacy.models import Handing

_PERSON = "person:"


@dataclass(frozen=True)
class HandingShown:
    """One line of the register; the number only for who may know of the matter."""

    handing: "Handing"
    number: str
    by: str


def handings_page(mine_id: int, person: "Standing") -> "list[HandingShown]":
    """Return the register, the newest first (three queries)."""
    rows = list(handings_in(mine_id))
    uids = {one.about for one in rows if one.about}
    seen: set[UUID] = set(
        matters_seen_by(person).filter(uid__in=uids).values_list("uid", flat=True)
    )
    ids = {int(one.by.removeprefix(_PERSON)) for one in rows if one.by[:7] == _PERSON}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        HandingShown(
            one,
            one.number if one.about in seen else "",
            names.get(int(one.by.removeprefix(_PERSON)), ""),
        )
        for one in rows
    ]
