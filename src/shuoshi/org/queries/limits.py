"""The limits and the ladder of a mine, remembered per generation."""

from functools import lru_cache

from shuoshi.org.models import Category, LimitTemplate, Rung
from shuoshi.org.queries.generation import generation


@lru_cache(maxsize=64)
def _limits(mine_id: int, _generation: int) -> tuple[LimitTemplate, ...]:
    return tuple(LimitTemplate.objects.filter(mine_id=mine_id, is_active=True))


def limits_of(mine_id: int, *, at: int | None = None) -> tuple[LimitTemplate, ...]:
    """Return the limits in force."""
    return _limits(mine_id, generation() if at is None else at)


@lru_cache(maxsize=64)
def _ladder(mine_id: int, _generation: int) -> tuple[Rung, ...]:
    return tuple(Rung.objects.filter(mine_id=mine_id).order_by("order"))


def ladder_of(mine_id: int, *, at: int | None = None) -> tuple[Rung, ...]:
    """Return the rungs of the warning ladder, lowest first."""
    return _ladder(mine_id, generation() if at is None else at)


@lru_cache(maxsize=64)
def _categories(mine_id: int, _generation: int) -> tuple[Category, ...]:
    found = Category.objects.filter(mine_id=mine_id, is_active=True)
    return tuple(found.order_by("pk"))


def categories_of(mine_id: int, *, at: int | None = None) -> tuple[Category, ...]:
    """Return the categories in use."""
    return _categories(mine_id, generation() if at is None else at)
