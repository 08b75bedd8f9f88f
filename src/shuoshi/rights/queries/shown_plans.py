"""Show a plan: numbers alone, and none that could point at somebody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuoshi.privacy.rules.kinds import Kept
from shuoshi.privacy.rules.purposes import Fate
from shuoshi.rights.queries.due import shown_count


if TYPE_CHECKING:
    from shuoshi.privacy.models import RetentionPlan


@dataclass(frozen=True)
class LineShown:
    """One kind in a plan."""

    kind: str
    months: int
    fate: str
    count: str
    oldest: str


@dataclass(frozen=True)
class PlanShown:
    """A plan as it is shown."""

    plan: "RetentionPlan"
    lines: list[LineShown]

    @property
    def is_empty(self) -> bool:
        return all(line.count == "0" for line in self.lines)

    @property
    def waits(self) -> bool:
        """True while somebody may confirm it."""
        plan = self.plan
        return not (plan.confirmed_at or plan.done_at or plan.outdated or self.is_empty)


def plan_shown(plan: "RetentionPlan") -> PlanShown:
    """Return a plan fit to be shown; the day of the oldest only where there are enough."""
    lines = []
    for line in plan.lines:
        count = shown_count(line["count"])
        lines.append(
            LineShown(
                str(Kept(line["kind"]).label),
                line["months"],
                str(Fate(line["fate"]).label),
                count,
                "" if count.startswith("<") else line["oldest"],
            )
        )
    return PlanShown(plan, lines)
