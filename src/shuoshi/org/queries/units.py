"""The units of a mine, remembered per generation."""

from dataclasses import dataclass
from functools import lru_cache

from shuoshi.org.models import Mine, Unit, UnitKind
from shuoshi.org.queries.generation import generation


@dataclass(frozen=True)
class Tree:
    """All units of a mine and how they hang together."""

    units: dict[int, Unit]

    def at_and_below(self, unit_ids: frozenset[int]) -> frozenset[int]:
        """Return the units and everything under them."""
        paths = tuple(self.units[pk].path for pk in unit_ids if pk in self.units)
        if not paths:
            return frozenset()
        return frozenset(
            pk for pk, unit in self.units.items() if unit.path.startswith(paths)
        )

    def at_and_above(self, unit_ids: frozenset[int]) -> frozenset[int]:
        """Return the units and everything over them."""
        return frozenset(
            int(step)
            for pk in unit_ids
            if pk in self.units
            for step in self.units[pk].path.strip("/").split("/")
        )

    @property
    def root_id(self) -> int:
        return next(pk for pk, unit in self.units.items() if unit.parent_id is None)


@lru_cache(maxsize=64)
def _tree(mine_id: int, _generation: int) -> Tree:
    units = Unit.objects.filter(mine_id=mine_id).order_by("path")
    return Tree({unit.pk: unit for unit in units})


def tree_of(mine_id: int, *, at: int | None = None) -> Tree:
    """Return the mine's units; ``at`` is the generation if the caller already asked."""
    return _tree(mine_id, generation() if at is None else at)


@lru_cache(maxsize=1)
def _mines(_generation: int) -> tuple[Mine, ...]:
    return tuple(Mine.objects.filter(is_active=True).order_by("pk"))


def mines(*, at: int | None = None) -> tuple[Mine, ...]:
    """Return the mines in this house, the first one first."""
    return _mines(generation() if at is None else at)


def unit_coded(code: str) -> Unit | None:
    """Return the unit with this code, whichever mine it belongs to."""
    return Unit.objects.select_related("mine").filter(code=code).first()


def has_units_below(unit: Unit) -> bool:
    """True for the mine itself and for every unit that others stand under."""
    return unit.parent_id is None or Unit.objects.filter(parent=unit).exists()


def kinds_of_unit() -> list[tuple[str, str]]:
    """Return the kinds that a unit below the mine may be of."""
    return [(k.value, str(k.label)) for k in UnitKind if k is not UnitKind.MINE]
