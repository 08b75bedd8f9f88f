"""Who read something, as it may be told to the person concerned."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from shuoshi.org.models import Post
from shuoshi.trail.queries import readings_about


PERSON = "person:"
MOST = 2000


@dataclass(frozen=True)
class Reader:
    """That somebody in a post read a protected field on a day, so many times."""

    day: date
    person_id: int | None
    post: str
    unit: str
    field: str
    why: str
    times: int


def readers_of(about: UUID) -> list[Reader]:
    """
    Return who read protected fields of a thing, the latest first (two queries).

    By post and unit: whom to name is for the room to decide that asks.
    """
    counted: dict[tuple[date, str, str, str], int] = {}
    for one in readings_about(about)[:MOST]:
        key = (localdate(one.at), one.by, one.field, one.why)
        counted[key] = counted.get(key, 0) + 1
    posts = _posts({by for _day, by, _field, _why in counted})
    return [
        Reader(day, _person(by), *posts.get(_person(by), ("", "")), field, why, times)
        for (day, by, field, why), times in counted.items()
    ]


def _person(by: str) -> int | None:
    return int(by.removeprefix(PERSON)) if by.startswith(PERSON) else None


def _posts(actors: set[str]) -> dict[int | None, tuple[str, str]]:
    """Return post and unit of each person: those held now before those that ended."""
    ids = [person for by in actors if (person := _person(by))]
    held = Post.objects.filter(person__in=ids).select_related("unit").order_by("pk")
    told: dict[int | None, tuple[str, str]] = {}
    for post in sorted(held, key=lambda post: post.ended_on is None):
        told[post.person_id] = (str(post.get_role_display()), post.unit.name)
    return told
