"""What the house vouches for of a post: only its own actions write it so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from shuoshi.common.canonical import canonical


if TYPE_CHECKING:
    from shuoshi.org.models import Post

PURPOSE: Final = "post"
# Under which the record knows that a post began and ended.
GRANTED, WITHDRAWN = "org.post_granted", "org.post_withdrawn"


def told_of_post(post: "Post", led: Iterable[int]) -> str:
    """Return in one form who holds what where, in charge of which units, until when."""
    ended_on = post.ended_on.isoformat() if post.ended_on else None
    held = [post.pk, post.person_id, str(post.role), post.unit_id, post.mine_id]
    return canonical([*held, ended_on, sorted(led)]).decode()
