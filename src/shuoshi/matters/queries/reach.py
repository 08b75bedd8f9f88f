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


def has_open_name(about: UUID) -> bool:
    """
    Tell whether the speaker of a matter may be told outside the house.

    Only who gave a name: the operator of a road sees the numbers that pass, and who asked
    to be kept confidential is told by the receipt alone, like the anonymous. Nor whose
    matter is sealed, or who had themselves erased.
    """
    return _open_speaker(about) is not None


def reach_of_speaker(about: UUID) -> Reach | None:
    """Return how such a speaker is reached by what they left, None if in no way."""
    speaker = _open_speaker(about)
    if speaker is None or not speaker.contact:
        return None
    try:
        box = open_box(f"speaker:{about}", speaker.key)
        return reach_of(box.open(speaker.contact, "contact"))
    except SealBroken:
        return None


def _open_speaker(about: UUID) -> Speaker | None:
    open_ones = Matter.objects.filter(uid=about, identity=Identity.NAMED, sealed=False)
    speakers = Speaker.objects.filter(matter__in=open_ones, restricted_at=None)
    return speakers.exclude(key="").first()
