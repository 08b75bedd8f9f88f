"""What is asked of the figures: a span of time, and whose."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.common.frame import Link
from shuoshi.matters.queries.figures import Scope
from shuoshi.matters.rules.spans import QUARTERS, YEAR, Span, before, month_with


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from shuoshi.org.models import Unit


# Only whole stretches can be asked for: of free ones, one taken from another would tell
# of a single day.
PARTS: "dict[int, StrPromise | str]" = {
    YEAR: gettext_lazy("全年"),
    QUARTERS[0]: gettext_lazy("一季度"),
    QUARTERS[1]: gettext_lazy("二季度"),
    QUARTERS[2]: gettext_lazy("三季度"),
    QUARTERS[3]: gettext_lazy("四季度"),
    **MONTHS,
}


@dataclass(frozen=True)
class Wish:
    """A span and a unit (none: all that the person's figures are about)."""

    span: Span
    unit: str = ""

    @property
    def label(self) -> str:
        """Say which span it is."""
        part = PARTS[self.span.stretch]
        return _("%(year)s年%(part)s") % {"year": self.span.year, "part": part}

    @cached_property
    def asked(self) -> str:
        """What an address asks for."""
        asked = {"year": self.span.year, "part": self.span.stretch, "unit": self.unit}
        return urlencode({key: value for key, value in asked.items() if value})

    @property
    def url(self) -> str:
        """The address of the page about this."""
        return f"{reverse('insight:figures')}?{self.asked}"

    @property
    def export_url(self) -> str:
        """The address of the same as an Excel file."""
        return f"{reverse('insight:export')}?{self.asked}"

    def behind(self, of: str, **row: str) -> str:
        """Return the address of the list behind a number."""
        return f"{self._behind}&{urlencode({'of': of, **row})}"

    @cached_property
    def _behind(self) -> str:
        # A page has hundreds of these.
        return f"{reverse('insight:behind')}?{self.asked}"


def usual(today: date) -> Wish:
    """Return the present year."""
    return Wish(Span(today.year))


def tabs(wish: Wish | None, today: date) -> list[Link]:
    """Return the spans that people keep asking for, for the unit that is wished for."""
    year, month = Span(today.year), month_with(today)
    quarter = QUARTERS[(month.stretch - 1) // 3]
    named = [
        (_("今年"), year),
        (_("本季度"), Span(today.year, quarter)),
        (_("本月"), month),
        (_("上月"), before(month)),
        (_("去年"), before(year)),
    ]
    return [
        Link(
            label,
            Wish(span, wish.unit if wish else "").url,
            current=wish is not None and span == wish.span,
        )
        for label, span in named
    ]


def units_for(scope: Scope) -> dict[str, str]:
    """Return the units whose figures can be asked for in a scope, by code."""
    units = scope.tree.units
    return {
        unit.code: named(unit, units)
        for pk, unit in units.items()
        if unit.is_active
        and unit.parent_id
        and (scope.units is None or pk in scope.units)
    }


def named(unit: "Unit", units: "dict[int, Unit]") -> str:
    """Return what a unit is called; a crew is told by the team it is of."""
    above = units.get(unit.parent_id or 0)
    return f"{above.name}{unit.name}" if above and above.parent_id else unit.name


def scope_for(scope: Scope, wish: Wish) -> Scope:
    """Return whose figures are wished for, never more than the person's own."""
    return scope.within(wish.unit) if wish.unit else scope
