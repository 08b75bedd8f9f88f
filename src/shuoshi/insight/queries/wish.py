"""What is asked of the figures: a period, and whose."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shuoshi.common.frame import Link
from shuoshi.matters.queries.choices import unit_names
from shuoshi.matters.queries.figures import Period, Scope, scope_of
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import Standing


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

    def url(self, name: str = "figures", **more: object) -> str:
        """Return the address of a page about this, or about a part of it."""
        asked = {"since": self.since, "until": self.until, "unit": self.unit, **more}
        query = urlencode({key: value for key, value in asked.items() if value})
        return f"{reverse(f'insight:{name}')}?{query}"


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
            replace(one, unit=wish.unit if wish else "").url(),
            current=wish is not None and one.period == wish.period,
        )
        for label, one in named
    ]


def units_for(person: Standing) -> dict[str, str]:
    """Return the units whose figures a person may ask for, by code."""
    scope = scope_of(person)
    units = tree_of(scope.mine_id).units.values()
    inside = {
        unit.code for unit in units if scope.units is None or unit.pk in scope.units
    }
    names = unit_names(scope.mine_id).items()
    return {code: name for code, name in names if code in inside}


def scope_for(person: Standing, wish: Wish) -> Scope:
    """Return whose figures are wished for, never more than the person's own."""
    scope = scope_of(person)
    if not wish.unit:
        return scope
    tree = tree_of(scope.mine_id)
    chosen = frozenset(
        unit.pk for unit in tree.units.values() if unit.code == wish.unit
    )
    below = tree.at_and_below(chosen)
    units = below if scope.units is None else below & scope.units
    return Scope(scope.mine_id, units, person)
