"""Find the people who hold a post."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from shuoshi.accounts.models import User
from shuoshi.org.models import Post
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.roles import Role


def people_with(role: Role, *, mine_id: int) -> list[int]:
    """Return the ids of those who hold the role in the mine, longest in post first."""
    return _ids(Post.objects.filter(mine_id=mine_id, role=role))


def heads_of(unit_id: int) -> list[int]:
    """Return the ids of the heads of a unit."""
    return _ids(Post.objects.filter(unit_id=unit_id, role=Role.UNIT_HEAD))


def heads_by_unit(mine_id: int) -> dict[int, list[int]]:
    """Return the ids of the heads of every unit of the mine that has any (one query)."""
    posts = Post.objects.filter(
        mine_id=mine_id, role=Role.UNIT_HEAD, ended_on=None, person__is_active=True
    )
    heads: dict[int, list[int]] = {}
    for unit_id, person_id in posts.order_by("pk").values_list("unit", "person"):
        heads.setdefault(unit_id, []).append(person_id)
    return heads


def leaders_in_charge_of(unit_id: int, *, mine_id: int) -> list[int]:
    """Return the leaders in charge of the unit, or of the nearest one above it."""
    tree = tree_of(mine_id)
    above = [int(step) for step in tree.units[unit_id].path.strip("/").split("/")]
    posts = Post.objects.filter(role=Role.LEADER)
    for step in reversed(above):
        if found := _ids(posts.filter(charges__unit_id=step)):
            return found
    return people_with(Role.CHIEF, mine_id=mine_id)


def leaders_over(unit_id: int, *, mine_id: int) -> list[int]:
    """Return all leaders in charge of the unit or of any above it, and the chiefs."""
    steps = tree_of(mine_id).units[unit_id].path.strip("/").split("/")
    over = Q(role=Role.LEADER, charges__unit__in=[int(step) for step in steps])
    chief = Q(role=Role.CHIEF, mine_id=mine_id)
    return _ids(Post.objects.filter(over | chief))


def people_in(unit_ids: Iterable[int]) -> list[User]:
    """Return who can be given work in these units, by name."""
    return list(
        User.objects.filter(
            is_active=True,
            posts__unit__in=list(unit_ids),
            posts__ended_on=None,
            posts__role__in=[Role.UNIT_HEAD, Role.MEMBER],
        )
        .distinct()
        .order_by("name")
    )


def people_holding(roles: Iterable[Role], *, mine_id: int) -> list[User]:
    """Return who holds any of these roles in the mine, by name."""
    return list(
        User.objects.filter(
            is_active=True,
            posts__mine_id=mine_id,
            posts__ended_on=None,
            posts__role__in=list(roles),
        )
        .distinct()
        .order_by("name")
    )


def _ids(posts: QuerySet[Post]) -> list[int]:
    held = posts.filter(ended_on=None, person__is_active=True).order_by("pk")
    return list(dict.fromkeys(held.values_list("person_id", flat=True)))


def people_entered(mine_id: int, *, named: str = "") -> QuerySet[User]:
    """Return the people with a post in the mine, and those who have none yet, by log-in."""
    here = User.objects.filter(
        Q(posts__mine_id=mine_id, posts__ended_on=None) | Q(posts=None)
    )
    if named:
        here = here.filter(Q(username__icontains=named) | Q(name__icontains=named))
    posts = Post.objects.filter(ended_on=None).select_related("unit").order_by("pk")
    return (
        here.distinct()
        .prefetch_related(Prefetch("posts", posts, to_attr="held"))
        .order_by("username")
    )


def post_numbered(post_id: int, *, mine_id: int) -> Post | None:
    return Post.objects.filter(pk=post_id, mine_id=mine_id, ended_on=None).first()
