"""What stands in the public column, and what is on its way there."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from shuoshi.common.personal_data import Found, found_in
from shuoshi.disclosure.models import Announcement
from shuoshi.disclosure.rules.access import may_check, may_withdraw, may_write
from shuoshi.disclosure.rules.announcements import AnnouncementState
from shuoshi.files.models import Attachment
from shuoshi.files.queries import attachments_of
from shuoshi.org.queries.meant import people_named_in
from shuoshi.org.rules.standing import Standing


COLUMN, DESK = 50, 100


def column_of(mine_id: int, *, today: date, category: str = "") -> list[Announcement]:
    """Return what stands in the column today, the newest first."""
    standing = Announcement.objects.filter(
        mine_id=mine_id, state=AnnouncementState.PUBLISHED, until__gte=today
    )
    if category:
        standing = standing.filter(category=category)
    return list(standing.order_by("-published_at", "-pk")[:COLUMN])


def announcement_public(uid: UUID, *, today: date) -> Announcement | None:
    """Return one that stands in the column today."""
    return Announcement.objects.filter(
        uid=uid, state=AnnouncementState.PUBLISHED, until__gte=today
    ).first()


def withdrawn_of(mine_id: int) -> list[Announcement]:
    """Return what was taken off the column, the latest first: when and why, not what."""
    gone = Announcement.objects.filter(
        mine_id=mine_id, state=AnnouncementState.WITHDRAWN
    )
    return list(
        gone.only("category", "published_at", "withdrawn_at", "reason").order_by(
            "-withdrawn_at"
        )[:COLUMN]
    )


def files_of(announcement: Announcement) -> list[tuple[int, Attachment]]:
    """Return its files with their places, as their names tell them."""
    return list(enumerate(attachments_of(announcement.uid), start=1))


def announcements_seen_by(person: Standing) -> QuerySet[Announcement]:
    """Return one's own, and all of the mine for those who check or approve."""
    here = Announcement.objects.filter(mine_id=person.mine_id or 0)
    if not may_write(person):
        return here.none()
    if not (may_check(person, 0) or may_withdraw(person)):
        published = Q(state=AnnouncementState.PUBLISHED)
        here = here.filter(Q(author_id=person.person_id) | published)
    return here.select_related("author").order_by("-pk")


def given_away_in(announcement: Announcement) -> list[Found]:
    """Return what in an announcement would give a person away."""
    text = f"{announcement.title}\n{announcement.body}"
    people = people_named_in(text, mine_id=announcement.mine_id)
    return found_in(text, names=[one.name for one in people])
