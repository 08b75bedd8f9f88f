"""What is kept about a person who signs in."""

from dataclasses import dataclass
from typing import Any

from shuoshi.accounts.models import User
from shuoshi.org.models import Post
from shuoshi.privacy.models import Telling
from shuoshi.privacy.queries.requests import RequestShown, requests_by, shown
from shuoshi.privacy.queries.tellings import current_telling
from shuoshi.privacy.rules.purposes import Purpose


@dataclass(frozen=True)
class StaffData:
    """The account, the posts held and the requests made."""

    person: User
    posts: list[Post]
    requests: list[RequestShown]
    telling: Telling


def staff_data_of(person: User, *, mine_id: int) -> StaffData:
    """Return what is kept about a person; only for themselves."""
    posts = Post.objects.filter(person=person).select_related("unit")
    return StaffData(
        person,
        list(posts.order_by("pk")),
        [shown(one) for one in requests_by(person.pk)],
        current_telling(Purpose.STAFF, mine_id=mine_id),
    )


def copy_of_staff(data: StaffData) -> dict[str, Any]:
    """Return the same as a program can read it."""
    person = data.person
    return {
        "username": person.username,
        "name": person.name,
        "phone": person.phone,
        "active": person.is_active,
        "posts": [
            {
                "role": post.role,
                "unit": post.unit.name,
                "title": post.title,
                "until": post.ended_on.isoformat() if post.ended_on else None,
            }
            for post in data.posts
        ],
        "notice": {"version": data.telling.version, "text": data.telling.body},
        "requests": [
            {
                "wish": one.request.wish,
                "words": one.words,
                "due_on": one.request.due_on.isoformat(),
                "outcome": one.request.outcome,
                "answer": one.answer,
            }
            for one in data.requests
        ],
    }
