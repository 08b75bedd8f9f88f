"""Say who had seen what of a matter before it was kept from them."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.accounts.models import User
from shuoshi.matters.models import Matter, Opened
from shuoshi.matters.rules.access import is_kept_from
from shuoshi.org.queries.standing import standing_of
from shuoshi.trail.queries.events import readings_about


if TYPE_CHECKING:
    from shuoshi.trail.models import Event

_PERSON = "person:"
_READ = {
    "speaker": gettext_lazy("说事人身份"),
    "text": gettext_lazy("密封内容"),
    "words": gettext_lazy("保密匿名的内容"),
    "file": gettext_lazy("附件"),
}


def acquainted_with(matter: Matter) -> dict[int, dict[str, Any]]:
    """Return, by person, from when to when they opened it and what protected they read."""
    opened = Opened.objects.filter(matter=matter.pk).order_by()
    days = opened.values_list("person").annotate(Min("day"), Max("day"))
    known = {
        person: {
            "person": person,
            "first": first.isoformat(),
            "last": last.isoformat(),
            "read": [],
        }
        for person, first, last in days
    }
    for reading in readings_about(matter.uid).filter(by__startswith=_PERSON):
        person = int(reading.by.removeprefix(_PERSON))
        row = known.setdefault(person, {"person": person, "read": []})
        row["read"] = sorted({*row["read"], reading.field})
    return known


def kept_among(matter: Matter, people: Iterable[int]) -> set[int]:
    """Return those of the people from whom the matter is kept."""
    found = User.objects.in_bulk(list(people))
    return {
        pk for pk, person in found.items() if is_kept_from(standing_of(person), matter)
    }


def told_of_seen(events: "Iterable[Event]") -> list[str]:
    """Return in a line each who had seen what when they were kept out."""
    rows = [row for event in events for row in event.detail.get("seen") or ()]
    names = dict(
        User.objects.filter(pk__in={row["person"] for row in rows}).values_list(
            "pk", "name"
        )
        if rows
        else ()
    )
    return [f"{names.get(row['person'], '')}{_told(row)}" for row in rows]


def _told(row: dict[str, Any]) -> str:
    read = _("、").join(str(_READ.get(one, one)) for one in row["read"])
    days = [row[end] for end in ("first", "last") if end in row]
    span = "—".join(date_format(date.fromisoformat(one)) for one in dict.fromkeys(days))
    parts = [span, _("看过%(what)s") % {"what": read} if read else ""]
    return _("（%(seen)s）") % {"seen": _("，").join(filter(None, parts))}
