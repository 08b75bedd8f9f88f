"""Work out who a person is in the organisation."""

from functools import lru_cache
from typing import TYPE_CHECKING

from shuoshi.accounts.models import User
from shuoshi.org.models import Charge, Post
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.units import Tree, tree_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import NOBODY, Standing


if TYPE_CHECKING:
    from collections.abc import Iterable


def standing_of(person: User) -> Standing:
    """Return the person's standing; without a post they are nobody here (one query)."""
    return _standing(person.pk, generation()) if person.is_active else NOBODY


@lru_cache(maxsize=4096)
def _standing(person_id: int, at: int) -> Standing:
    posts = list(
        Post.objects.filter(person_id=person_id, ended_on=None)
        .select_related("person", "unit")
        .order_by("pk")
    )
    if not posts:
        return NOBODY
    mine_id = posts[0].mine_id
    posts = [post for post in posts if post.mine_id == mine_id]
    tree = tree_of(mine_id, at=at)
    units = frozenset(post.unit_id for post in posts)
    headed = _units_as(posts, Role.UNIT_HEAD)
    leading = Charge.objects.filter(post__in=posts).values_list("unit_id", flat=True)
    return Standing(
        person_id=person_id,
        mine_id=mine_id,
        name=posts[0].person.name,
        title=posts[0].title or str(Role(posts[0].role).label),
        roles=frozenset(Role(post.role) for post in posts),
        units=units,
        within=tree.at_and_above(units),
        heads=tree.at_and_below(headed),
        leads=tree.at_and_below(frozenset(leading)),
        bound=_bound(person_id, mine_id=mine_id, units=units, headed=headed, tree=tree),
    )


def _units_as(posts: "Iterable[Post]", role: Role) -> frozenset[int]:
    return frozenset(post.unit_id for post in posts if post.role == role)


def _bound(
    person_id: int,
    *,
    mine_id: int,
    units: frozenset[int],
    headed: frozenset[int],
    tree: Tree,
) -> frozenset[int]:
    """
    Return the people whose matters this one must not know of.

    Oneself; those one answers to (heads of one's units and of those above, the
    leader in charge of any of them, the chief); those one stands above in a unit.
    """
    chain = tree.at_and_above(units) - {tree.root_id}
    posts = Post.objects.filter(mine_id=mine_id, ended_on=None)
    above = posts.filter(role=Role.UNIT_HEAD, unit__in=chain)
    leaders = posts.filter(role=Role.LEADER, charges__unit__in=chain)
    chiefs = posts.filter(role=Role.CHIEF)
    below = posts.filter(unit__in=tree.at_and_below(headed))
    people = {person_id}
    for group in (above, leaders, chiefs, below):
        people.update(group.values_list("person_id", flat=True))
    return frozenset(people)
