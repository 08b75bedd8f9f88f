"""A mine whose five departments take turns, three people each."""

from shuoshi.duty.models import Turn
from shuoshi.org.actions.structure import found_unit
from shuoshi.org.models import Unit, UnitKind
from shuoshi.org.rules.roles import Role
from tests.matters.house import build_house


def build_rota(names=()):
    """Return the house; ``d1`` to ``d5`` are the departments, ``d1a`` one of the first."""
    house = build_house()
    Turn.objects.all().delete()
    root = Unit.objects.get(mine=house.mine, parent=None)
    for place in range(1, 6):
        name = names[place - 1] if names else f"第{place}部"
        unit = found_unit(
            f"MINE-d{place}",
            name=name,
            under=root,
            kind=UnitKind.DEPARTMENT,
            takes_duty=True,
        )
        house.units[f"d{place}"] = unit
        for who in "abc":
            house.enter(f"d{place}{who}", Role.RECEPTION, f"d{place}")
    return house
