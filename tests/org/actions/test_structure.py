import pytest
from django.db import IntegrityError, transaction

from shuoshi.org.actions.structure import (
    add_category,
    appoint,
    end_post,
    found_mine,
    found_unit,
)
from shuoshi.org.models import (
    Category,
    Charge,
    LimitTemplate,
    Post,
    Rung,
    Unit,
    UnitKind,
)
from shuoshi.org.queries.generation import generation
from shuoshi.org.rules.roles import Role
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db


def changes(action):
    """Run an action; say whether everybody must forget what they remembered."""
    before = generation()
    action()
    return generation() != before


def test_a_mine_is_founded_with_its_root_limits_and_ladder():
    mine = found_mine("M", name="矿")
    root = Unit.objects.get(mine=mine)

    assert (root.code, root.name, root.parent, root.kind) == ("M", "矿", None, "MINE")
    assert root.path == f"/{root.pk}/"
    assert LimitTemplate.objects.filter(mine=mine).exists()
    assert Rung.objects.filter(mine=mine).exists()


def test_a_unit_hangs_under_another(db):
    root = Unit.objects.get(mine=found_mine("M", name="矿"))
    one = found_unit(
        "M-1", name="队", under=root, kind=UnitKind.DISTRICT, takes_duty=True
    )
    crew = found_unit("M-2", name="班", under=one, kind=UnitKind.CREW)

    assert crew.path == f"/{root.pk}/{one.pk}/{crew.pk}/"
    assert (crew.mine, crew.parent, one.takes_duty) == (root.mine, one, True)


def test_codes_are_unique_in_the_installation():
    found_mine("M", name="矿")

    with pytest.raises(IntegrityError), transaction.atomic():
        found_mine("M", name="另一个矿")


def test_a_leader_is_put_in_charge_of_units():
    house = build_house()

    post = appoint(
        house.people["mate"],
        role=Role.LEADER,
        unit=house.units["root"],
        title="副矿长",
        in_charge_of=(house.units["one"], house.units["two"]),
    )

    assert (post.title, post.mine, post.ended_on) == ("副矿长", house.mine, None)
    assert Charge.objects.filter(post=post).count() == 2


def test_a_post_is_held_once_at_a_time():
    house = build_house()
    post = Post.objects.get(person=house.people["mate"])

    with pytest.raises(IntegrityError), transaction.atomic():
        house.enter("mate", Role.MEMBER, "one")
    end_post(post, on=NOW.date())
    house.enter("mate", Role.MEMBER, "one")

    post.refresh_from_db()
    assert post.ended_on == NOW.date()


def test_every_change_is_one_that_everybody_hears_of():
    house = build_house()
    root, mate = house.units["root"], house.people["mate"]
    post = Post.objects.get(person=mate)

    assert changes(lambda: found_mine("N", name="北矿"))
    assert changes(lambda: found_unit("N1", name="x", under=root, kind=UnitKind.CREW))
    assert changes(lambda: appoint(mate, role=Role.RECEPTION, unit=root))
    assert changes(lambda: end_post(post, on=NOW.date()))
    assert changes(
        lambda: add_category(house.mine, code="x", name="x", usual_unit=None)
    )
    assert Category.objects.count() == 2
