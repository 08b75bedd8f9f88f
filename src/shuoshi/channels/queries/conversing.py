"""Find a conversation again, and the ways back to those who had one."""

from uuid import UUID

from shuoshi.channels.models import WayBack
from shuoshi.common.sealing import SealBroken, keyed_hash, open_box
from shuoshi.matters.queries.reach import has_open_name, reach_of_speaker
from shuoshi.notices.rules.roads import Reach, Road
from shuoshi.reception.queries.bookings import reach_of_booker


def sender_digest(platform: str, sender: str) -> str:
    """Return by what a sender is found again, and never read."""
    return keyed_hash("channels.sender", f"{platform} {sender}")


def reach_of(about: UUID) -> Reach | None:
    """Return how a speaker or booker is reached: the way they came, else what they left."""
    way = WayBack.objects.filter(about=about).first()
    if way is None or not has_open_name(about):
        return reach_of_speaker(about) or reach_of_booker(about)
    try:
        box = open_box(f"way:{way.uid}", way.key)
        return Reach(Road(way.platform), box.open(way.address, "address"))
    except SealBroken:
        return reach_of_speaker(about)
