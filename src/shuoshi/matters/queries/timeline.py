"""Tell the history of a matter from its record, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.accounts.models import User
from shuoshi.common.frame import Happening, Link
from shuoshi.common.sealing import Box, SealBroken, open_box
from shuoshi.files.queries import attachments_of, name_of
from shuoshi.matters.rules.ladder import Colour
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.queries.units import tree_of
from shuoshi.trail.queries.events import events_about


if TYPE_CHECKING:
    from shuoshi.files.models import Attachment
    from shuoshi.matters.models import Matter
    from shuoshi.trail.models import Event

_PERSON = "person:"
# What an event keeps as ids and days, and how it is told.
_PEOPLE = {
    "handler": gettext_lazy("经办人"),
    "convener": gettext_lazy("召集人"),
    "recused": gettext_lazy("回避的人"),
    "replacement": gettext_lazy("接替的人"),
    "released_to": gettext_lazy("查看人"),
}
_UNITS = {
    "lead_unit": gettext_lazy("主办单位"),
    "assisting": gettext_lazy("协办单位"),
    "units": gettext_lazy("有关单位"),
    "unit": gettext_lazy("单位"),
    "suggested": gettext_lazy("建议的主办单位"),
}
_DAYS = {
    "until": gettext_lazy("到"),
    "finish_on": gettext_lazy("完成日期"),
    "meet_on": gettext_lazy("议事日期"),
}

# Whom a rung of the ladder tells.
_WARNED = {
    "RESPONSIBLE": gettext_lazy("提醒责任人"),
    "LEAD_HEAD": gettext_lazy("提醒主办单位负责人"),
    "COORDINATOR": gettext_lazy("提醒统筹人员"),
    "LEADER_IN_CHARGE": gettext_lazy("报告分管领导"),
    "ACCOUNTABILITY": gettext_lazy("列入责任追究"),
}


@dataclass(frozen=True)
class History:
    """The record of one matter, opened for somebody who may read it."""

    matter: "Matter"
    events: "list[Event]"
    words: dict[int, str]
    names: dict[int, str]
    files: dict[str, Link]

    def happenings(self) -> list[Happening]:
        """Return what happened, the latest first."""
        units = {
            pk: unit.name for pk, unit in tree_of(self.matter.mine_id).units.items()
        }
        return [
            Happening(
                event.at,
                _what(event, self.names, units),
                self.who(event),
                self.words.get(event.seq, ""),
                self._files(event),
            )
            for event in reversed(self.events)
        ]

    def who(self, event: "Event") -> str:
        """Return who did it, as one calls them."""
        if event.by.startswith(_PERSON):
            return self.names.get(int(event.by.removeprefix(_PERSON)), "")
        return _("系统自动") if event.by == "clock" else _("说事人")

    def _files(self, event: "Event") -> tuple[Link, ...]:
        ids = event.detail.get("files") or []
        return tuple(self.files[one] for one in ids if one in self.files)

    def words_at(self, seq: int) -> str:
        return self.words.get(seq, "")


def history_of(matter: "Matter") -> History:
    """Return the record with its words opened; only for somebody who may read it."""
    events = list(events_about(matter.uid))
    return History(
        matter, events, _opened(matter, events), _names(events), files_of(matter)
    )


def files_of(matter: "Matter") -> dict[str, Link]:
    """Return the files of a matter by id, each with the name it was handed in under."""
    return {
        str(one.pk): Link(
            _name(one), reverse("matters:file", args=[matter.number, one.pk])
        )
        for one in attachments_of(matter.uid)
    }


def _name(attachment: "Attachment") -> str:
    try:
        return name_of(attachment)
    except SealBroken as broken:
        return broken.message


def _opened(matter: "Matter", events: "Iterable[Event]") -> dict[int, str]:
    spoken = [event for event in events if event.words]
    try:
        box = open_box(matter.uid, matter.key)
    except SealBroken as broken:
        return {event.seq: broken.message for event in spoken}
    return {event.seq: _words(box, event) for event in spoken}


def _words(box: Box, event: "Event") -> str:
    try:
        return box.open(event.words, f"event:{event.seq}")
    except SealBroken as broken:
        return broken.message


def _names(events: "Iterable[Event]") -> dict[int, str]:
    """Return the names of everybody in the record (one query)."""
    ids: set[int] = set()
    for event in events:
        if event.by.startswith(_PERSON):
            ids.add(int(event.by.removeprefix(_PERSON)))
        ids.update(int(event.detail[key]) for key in _PEOPLE if event.detail.get(key))
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def _what(event: "Event", names: Mapping[int, str], units: Mapping[int, str]) -> str:
    step = STEPS.get(event.verb)
    told = str(step.past) if step else event.verb
    more = [one for one in _details(event.detail, names, units) if one]
    if not more:
        return told
    return _("%(told)s（%(more)s）") % {"told": told, "more": _("，").join(more)}


def _details(
    detail: Mapping[str, Any], names: Mapping[int, str], units: Mapping[int, str]
) -> Iterable[str]:
    colon, comma = _("："), _("、")
    if detail.get("colour"):
        yield str(Colour(detail["colour"]).label)
        yield str(_WARNED.get(detail.get("tells", ""), ""))
    for key, label in _UNITS.items():
        ids: Any = detail.get(key) or []
        named = [units.get(one) for one in (ids if isinstance(ids, list) else [ids])]
        if any(named):
            yield f"{label}{colon}{comma.join(filter(None, named))}"
    for key, label in _PEOPLE.items():
        name = names.get(detail[key]) if detail.get(key) else None
        if name:
            yield f"{label}{colon}{name}"
    for key, label in _DAYS.items():
        if detail.get(key):
            day = date.fromisoformat(str(detail[key])[:10])
            yield f"{label}{'' if key == 'until' else colon}{date_format(day)}"
    if detail.get("dissents"):
        yield _("有不同意见")
