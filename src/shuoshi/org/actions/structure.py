"""Set up a mine: its units, posts, categories, limits and ladder."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from shuoshi.accounts.models import User
from shuoshi.common.hashing import kept_hash
from shuoshi.org.actions.generation import bump
from shuoshi.org.models import (
    Category,
    Charge,
    LimitTemplate,
    Mine,
    Post,
    Rung,
    Unit,
    UnitKind,
)
from shuoshi.org.rules.apart import check_apart
from shuoshi.org.rules.defaults import LADDER, LIMITS
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing
from shuoshi.org.rules.vouching import PURPOSE, told_of_post
from shuoshi.trail.actions import note


@transaction.atomic
def found_mine(code: str, *, name: str) -> Mine:
    """Found a mine with its root unit, the default limits and the default ladder."""
    mine = Mine.objects.create(code=code, name=name)
    root = Unit.objects.create(
        mine=mine, code=code, name=name, kind=UnitKind.MINE, path=""
    )
    Unit.objects.filter(pk=root.pk).update(path=f"/{root.pk}/")
    LimitTemplate.objects.bulk_create(LimitTemplate(mine=mine, **row) for row in LIMITS)
    Rung.objects.bulk_create(Rung(mine=mine, **row) for row in LADDER)
    bump()
    return mine


@transaction.atomic
def found_unit(
    code: str, *, name: str, under: Unit, kind: str, takes_duty: bool = False
) -> Unit:
    """Found a unit under another one of the same mine."""
    unit = Unit.objects.create(
        mine_id=under.mine_id,
        parent=under,
        code=code,
        name=name,
        kind=kind,
        path="",
        takes_duty=takes_duty,
    )
    # The path names the unit's own number, which only the database gives.
    unit.path = f"{Unit.objects.get(pk=under.pk).path}{unit.pk}/"
    unit.save(update_fields=["path"])
    bump()
    return unit


@transaction.atomic
def appoint(
    person: User,
    *,
    role: Role,
    unit: Unit,
    title: str = "",
    in_charge_of: tuple[Unit, ...] = (),
) -> Post:
    """
    Give a person a post; a leader is also put in charge of units.

    :raises NotApart: if an administrator would be something else too.
    """
    # Written first, so that of two appointments at once the second sees the first.
    User.objects.filter(pk=person.pk).update(is_active=F("is_active"))
    held = Post.objects.filter(person=person, ended_on=None).values_list(
        "role", flat=True
    )
    check_apart(role, {Role(one) for one in held})
    post = Post.objects.create(
        mine_id=unit.mine_id, unit=unit, person=person, role=role, title=title
    )
    Charge.objects.bulk_create(Charge(post=post, unit=led) for led in in_charge_of)
    _vouch_for(post)
    bump()
    return post


@transaction.atomic
def end_post(post: Post, *, on: date) -> None:
    """End a post; what it allowed ends with the next request."""
    Post.objects.filter(pk=post.pk).update(ended_on=on)
    _vouch_for(Post.objects.get(pk=post.pk))
    bump()


def _vouch_for(post: Post) -> None:
    led = post.charges.values_list("unit", flat=True)
    post.vouch = kept_hash(PURPOSE, told_of_post(post, led))
    Post.objects.filter(pk=post.pk).update(vouch=post.vouch)


@transaction.atomic
def add_category(
    mine: Mine, *, code: str, name: str, usual_unit: Unit | None
) -> Category:
    """Add a category to the mine's catalogue."""
    category = Category.objects.create(
        mine=mine, code=code, name=name, usual_unit=usual_unit
    )
    bump()
    return category


@transaction.atomic
def change_limit(
    limit: LimitTemplate,
    *,
    amount: int,
    unit: str,
    basis: str,
    by: Standing,
    now: datetime,
) -> LimitTemplate:
    """Put a new version of a limit in force, on record. Running matters keep theirs."""
    latest = LimitTemplate.objects.filter(mine=limit.mine, key=limit.key).aggregate(
        last=Max("version")
    )["last"]
    LimitTemplate.objects.filter(pk=limit.pk).update(is_active=False)
    fresh = LimitTemplate.objects.create(
        mine=limit.mine,
        key=limit.key,
        request_type=limit.request_type,
        petition_class=limit.petition_class,
        category=limit.category,
        level=limit.level,
        amount=amount,
        unit=unit,
        basis=basis,
        version=latest + 1,
    )
    bump()
    told = {"key": fresh.key, "version": fresh.version, "amount": amount, "unit": unit}
    note(
        "org.limit_changed",
        by=by.on_record,
        at=now,
        mine_id=fresh.mine_id,
        detail=told,
    )
    return fresh
