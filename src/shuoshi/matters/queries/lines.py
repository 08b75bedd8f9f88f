"""Show matters as the lines of a list."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.matters.rules.states import OPEN, State


if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from shuoshi.common.frame import ClockFace
    from shuoshi.matters.models import Matter
    from shuoshi.matters.queries.faces import Faces

SEALED_TITLE = gettext_lazy("已密封移送纪委")
# What a list shows: never the words of the matter, its key or its seal.
SHOWN = (
    "number",
    "title",
    "state",
    "sealed",
    "channel",
    "identity",
    "request_type",
    "petition_class",
    "received_at",
    "due_at",
    "due_from",
    "provisional",
    "suspended_at",
    "suspended_until",
    "asked_until",
    "ended_at",
    "supervised",
    "returns",
    "names_objects",
    "is_rated",
    "mine_id",
    "lead_unit__name",
    "responsible__name",
    "first_receiver__name",
    "handler__name",
    "category__name",
)


@dataclass(frozen=True)
class Line:
    """One matter in a list; ``task`` is what it waits for from the reader."""

    matter: "Matter"
    clock: "ClockFace"
    task: str = ""
    snippet: str = ""

    @property
    def title(self) -> str:
        return title_of_line(self.matter)


@dataclass(frozen=True)
class LinePage:
    """One page of lines, and the marks of its neighbours."""

    lines: list[Line]
    newer: str = ""
    older: str = ""


def title_of_line(matter: "Matter") -> str:
    """Return what a list calls a matter; a sealed one has no words left."""
    if matter.sealed:
        return str(SEALED_TITLE)
    return matter.title or _("（没有写标题）")


def listed(matters: "QuerySet[Matter]") -> "QuerySet[Matter]":
    """Bring along what a list shows, and nothing more."""
    return matters.select_related(
        "lead_unit", "responsible", "first_receiver", "handler", "category"
    ).only(*SHOWN)


def lines_of(
    matters: "Iterable[Matter]", faces: "Faces", *, person_id: int | None = None
) -> list[Line]:
    """Return the lines; with a person, each says what it waits for from them."""
    return [
        Line(matter, faces.of(matter), task_of(matter) if person_id else "")
        for matter in matters
    ]


def task_of(matter: "Matter") -> str:
    """Say what the one who is responsible has to do now."""
    if matter.suspended_at is not None:
        return _("已挂起，到时恢复办理")
    if matter.state not in OPEN:
        return ""
    return str(_TASKS[State(matter.state)])


_TASKS = {
    State.RECEIVED: gettext_lazy("择事分办，或者当场办结"),
    State.TRIAGED: gettext_lazy("签收，或者退回"),
    State.DELIBERATING: gettext_lazy("主持议事，形成结论"),
    State.HANDLING: gettext_lazy("办理并答复"),
    State.ANSWERED: gettext_lazy("等说事人评价，可以回访"),
    State.REVIEWING: gettext_lazy("复查"),
    State.FINAL_REVIEWING: gettext_lazy("复核"),
}
