"""Set out the steps that are open: the one that leads on first, the grave ones last."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.matters.models import Matter
    from shuoshi.matters.rules.table import Step

# The step that usually comes next, where several are open.
_LEADING = (
    "grant_extension",
    "grant_release",
    "give_opinion",
    "deliver_part",
    "triage",
    "accept",
    "conclude",
    "resume",
    "answer",
    "uphold",
)
# What others than the one who leads on do beside it, or only now and then.
_BESIDE = (
    "supervise",
    "instruct",
    "name_object",
    "recuse",
    "order_recusal",
    "add_note",
    "attach",
)
GRAVE = frozenset({"decline", "merge", "hand_to_discipline", "overturn", "suspend"})


@dataclass(frozen=True)
class Act:
    """A step as it stands beside the sheet."""

    step: "Step"
    url: str
    main: bool = False

    @property
    def grave(self) -> bool:
        return self.step.name in GRAVE


def acts_of(matter: "Matter", steps: "Iterable[Step]") -> list[Act]:
    """Return every open step once, in the order in which people reach for them."""
    open_steps = {step.name: step for step in steps}
    first = next((name for name in _LEADING if name in open_steps), None)
    ordered = sorted(
        open_steps, key=lambda name: (name != first, name in _BESIDE, name in GRAVE)
    )
    return [
        Act(
            open_steps[name],
            reverse("matters:step", args=[matter.number, name]),
            main=name == first,
        )
        for name in ordered
    ]
