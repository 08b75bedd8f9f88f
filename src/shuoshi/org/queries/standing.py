"""Work out who a person is in the organisation."""

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

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


def posts_of(person: User) -> QuerySet[Post]:
    """Return the posts a person holds now, the first one first."""
    posts = Post.objects.filter(person=person.pk, ended_on=None)
    return posts.select_related("person", "unit").order_by("pk")


@lru_cache(maxsize=4096)
def _standing(person_id: int, at: int) -> Standing:
    posts = list(posts_of(User(pk=person_id)))
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
        bound=_bound(posts, units=units, headed=headed, tree=tree),
    )


def _units_as(posts: "Iterable[Post]", role: Role) -> frozenset[int]:
    return frozenset(post.unit_id for post in posts if post.role == role)


def _bound(
    held: "list[Post]", *, units: frozenset[int], headed: frozenset[int], tree: Tree
) -> frozenset[int]:
    """
    Return the people whose matters this one must not know of.

    Oneself; those one answers to (heads of one's units and of those above, the
    leader in charge of any of them, the chief); those one stands above in a unit.
    The discipline committee answers to the one above it, not to the mine's leaders:
    else nobody could be told what a leader did. Those of one committee are each other's
    line: what one of them did goes to the one above.
    """
    chain = tree.at_and_above(units) - {tree.root_id}
    posts = Post.objects.filter(mine_id=held[0].mine_id, ended_on=None)
    groups = [
        posts.filter(role=Role.UNIT_HEAD, unit__in=chain),
        posts.filter(unit__in=tree.at_and_below(headed)),
    ]
    committees = _units_as(held, Role.DISCIPLINE)
    if committees:
        groups.append(posts.filter(role=Role.DISCIPLINE, unit__in=committees))
    else:
        groups += [
            posts.filter(role=Role.LEADER, charges__unit__in=chain),
            posts.filter(role=Role.CHIEF),
        ]
    people = {held[0].person_id}
    for group in groups:
        people.update(group.values_list("person_id", flat=True))
    return frozenset(people)
