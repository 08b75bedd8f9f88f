"""Which mine somebody speaks to."""

from typing import TYPE_CHECKING

from shuoshi.org.queries.units import mines


if TYPE_CHECKING:
    from shuoshi.org.models import Mine


def mine_called(code: str, *, at: int | None = None) -> "Mine | None":
    """Return the mine with this code; without a code, the first of the house."""
    return next((mine for mine in mines(at=at) if code in ("", mine.code)), None)
