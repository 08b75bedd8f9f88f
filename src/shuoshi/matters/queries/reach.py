"""Who may still be told of a matter outside the house, and how its speaker is reached."""

from collections.abc import Collection
from uuid import UUID

from shuoshi.accounts.queries.people import person_numbered
from shuoshi.common.sealing import SealBroken, open_box
from shuoshi.matters.models import Matter, Speaker
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.states import Identity
from shuoshi.notices.rules.roads import Reach, reach_of
from shuoshi.org.queries.standing import standing_of


def still_told(person_id: int, abouts: Collection[UUID]) -> set[UUID]:
    """Return which of these matters a person may know of by now; who has left, none."""
    person = person_numbered(person_id)
    if person is None or not person.is_active:
        return set()
    seen = matters_seen_by(standing_of(person)).filter(uid__in=abouts)
    return set(seen.values_list("uid", flat=True))


def reach_of_speaker(about: UUID) -> Reach | None:
    """
    Return how the speaker of a matter is reached by what they left.

    Only who gave a name: the operator of a road sees the numbers that pass, and who asked
    to be kept confidential is told by the receipt alone, like the anonymous.
    """
    speaker = Speaker.objects.filter(
        matter__in=Matter.objects.filter(
            uid=about, identity=Identity.NAMED, sealed=False
        ),
        restricted_at=None,
    ).first()
    if speaker is None or not speaker.contact:
        return None
    try:
        box = open_box(f"speaker:{about}", speaker.key)
        return reach_of(box.open(speaker.contact, "contact"))
    except SealBroken:
        return None
