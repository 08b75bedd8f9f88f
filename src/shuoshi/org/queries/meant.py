"""Whom somebody means who writes a name, a post, or a unit."""

from collections.abc import Iterable

from shuoshi.accounts.models import User
from shuoshi.common.words import plain
from shuoshi.org.models import Post
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.roles import Role


SHORTEST = 2


def people_meant_by(text: str, *, mine_id: int) -> list[User]:
    """
    Return everybody with a post in the mine whom a text may mean.

    By name, whatever stands between its signs; by unit, then its heads; by what a post is
    called, then those who hold it, in the units that the text names if it names any. Two
    of the same name are both meant, and a short name within a longer one is too: one too
    many is kept out rather than one too few.
    """
    said = plain(text)
    held = Post.objects.filter(mine_id=mine_id, ended_on=None)
    posts = list(held.select_related("person").order_by("person_id", "pk"))
    units = _units_in(said, mine_id)
    called = [post for post in posts if _stands_in(post.title, said)]
    within = [post for post in called if post.unit_id in units]
    meant = [
        *(post for post in posts if _stands_in(post.person.name, said)),
        *(within or called),
        *(p for p in posts if p.role == Role.UNIT_HEAD and p.unit_id in units),
    ]
    return _people(meant)


def people_named_in(text: str, *, mine_id: int) -> list[User]:
    """Return everybody with a post in the mine whose name stands in a text."""
    said = plain(text)
    held = Post.objects.filter(mine_id=mine_id, ended_on=None)
    posts = held.select_related("person").order_by("person_id", "pk")
    return _people(post for post in posts if _stands_in(post.person.name, said))


def _units_in(said: str, mine_id: int) -> set[int]:
    """Return the units that are named; the mine itself is where everybody is."""
    units = tree_of(mine_id).units.values()
    return {unit.pk for unit in units if unit.parent_id and _stands_in(unit.name, said)}


def _stands_in(name: str, said: str) -> bool:
    bare = plain(name)
    return len(bare) >= SHORTEST and bare in said


def _people(posts: Iterable[Post]) -> list[User]:
    return list({post.person_id: post.person for post in posts}.values())
