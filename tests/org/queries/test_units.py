import pytest

from shuoshi.org.actions.structure import found_mine, found_unit
from shuoshi.org.models import Mine, Unit, UnitKind
from shuoshi.org.queries.units import mines, tree_of, unit_coded
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = build_house()
    # Its number begins like that of another one: paths must not be mixed up.
    for number in range(12):
        house.units[f"crew{number}"] = found_unit(
            f"MINE-crew{number}",
            name=f"{number}班",
            under=house.units["one"],
            kind=UnitKind.CREW,
        )
    return house


def test_the_root_stands_for_the_mine(house):
    assert tree_of(house.mine.pk).root_id == house.units["root"].pk


def test_below_and_above(house):
    tree = tree_of(house.mine.pk)
    one, crew = house.units["one"].pk, house.units["crew3"].pk

    below = tree.at_and_below(frozenset({one}))
    assert len(below) == 13
    assert crew in below
    assert tree.at_and_below(frozenset({crew})) == {crew}
    assert tree.at_and_above(frozenset({crew})) == {crew, one, tree.root_id}


def test_what_is_not_of_the_mine_has_nothing_below_or_above(house):
    stranger = frozenset({build_house("NORTH").units["one"].pk})
    tree = tree_of(house.mine.pk)

    assert tree.at_and_below(stranger) == tree.at_and_above(stranger) == frozenset()
    assert tree.at_and_below(frozenset()) == frozenset()


def test_mines_in_use_the_first_first(house):
    north = found_mine("NORTH", name="北矿")
    found_mine("OLD", name="老矿")
    Mine.objects.filter(code="OLD").update(is_active=False)

    assert mines(at=1) == (house.mine, north)


def test_a_unit_is_known_by_its_code_in_whichever_mine(house):
    unit = unit_coded("MINE-one")

    assert unit == house.units["one"]
    assert unit.mine == house.mine
    assert unit_coded("NOWHERE") is None


def test_a_new_unit_is_seen_at_once(house):
    before = len(tree_of(house.mine.pk).units)

    found_unit("X", name="新队", under=house.units["root"], kind=UnitKind.DISTRICT)

    assert len(tree_of(house.mine.pk).units) == before + 1
    assert Unit.objects.get(code="X").path.startswith(f"/{house.units['root'].pk}/")
