"""What is asked of the figures: a period, and whose."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shuoshi.common.frame import Link
from shuoshi.matters.queries.figures import Period, Scope


if TYPE_CHECKING:
    from shuoshi.org.models import Unit


FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
MONTHS = 3


@dataclass(frozen=True)
class Wish:
    """A period and a unit (none: all that the person's figures are about)."""

    since: date
    until: date
    unit: str = ""

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    @cached_property
    def asked(self) -> str:
        """What an address asks for."""
        asked = {"since": self.since, "until": self.until, "unit": self.unit}
        return urlencode({key: value for key, value in asked.items() if value})

    @property
    def url(self) -> str:
        """The address of the page about this."""
        return f"{reverse('insight:figures')}?{self.asked}"

    def behind(self, of: str, **row: str) -> str:
        """Return the address of the list behind a number."""
        return f"{self._behind}&{urlencode({'of': of, **row})}"

    @cached_property
    def _behind(self) -> str:
        # A page has hundreds of these.
        return f"{reverse('insight:behind')}?{self.asked}"


def usual(today: date) -> Wish:
    """Return the last three months, the present one included."""
    first = today.replace(day=1)
    for _month in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return Wish(first, today)


def tabs(wish: Wish | None, today: date) -> list[Link]:
    """Return the periods that people keep asking for, for the unit that is wished for."""
    month = today.replace(day=1)
    year = today.replace(month=1, day=1)
    before = month - timedelta(days=1)
    last_year = year - timedelta(days=1)
    named = [
        (_("近三个月"), usual(today)),
        (_("本月"), Wish(month, today)),
        (_("上月"), Wish(before.replace(day=1), before)),
        (_("今年"), Wish(year, today)),
        (_("去年"), Wish(last_year.replace(month=1, day=1), last_year)),
    ]
    return [
        Link(
            label,
            replace(one, unit=wish.unit if wish else "").url,
            current=wish is not None and one.period == wish.period,
        )
        for label, one in named
    ]


def units_for(scope: Scope) -> dict[str, str]:
    """Return the units whose figures can be asked for in a scope, by code."""
    units = scope.tree.units
    return {
        unit.code: _named(unit, units)
        for pk, unit in units.items()
        if unit.is_active
        and unit.parent_id
        and (scope.units is None or pk in scope.units)
    }


def _named(unit: "Unit", units: "dict[int, Unit]") -> str:
    """Return what a unit is called; a crew is told by the team it is of."""
    above = units.get(unit.parent_id or 0)
    return f"{above.name}{unit.name}" if above and above.parent_id else unit.name


def scope_for(scope: Scope, wish: Wish) -> Scope:
    """Return whose figures are wished for, never more than the person's own."""
    return scope.within(wish.unit) if wish.unit else scope
