"""
The small pieces that come in rows: written in Python, because a table has many.

``{% load shuoshi %}`` gives the tags ``icon``, ``clock``, ``state``, ``bar``,
``share`` and the filter ``grouped``.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _


if TYPE_CHECKING:
    from shuoshi.common.frame import ClockFace


register = template.Library()

COLOURS = {
    "calm": gettext_lazy("正常"),
    "notice": gettext_lazy("过半"),
    "amber": gettext_lazy("黄灯"),
    "red": gettext_lazy("红灯"),
    "critical": gettext_lazy("即将到期"),
    "overdue": gettext_lazy("已超期"),
    "paused": gettext_lazy("已暂停"),
    "stopped": gettext_lazy("已停表"),
}
ENDED = {"DECLINED", "MERGED", "WITHDRAWN", "HANDED_OVER"}


# Pages have dozens of these, so each is put together once in a process. What they
# are kept under holds all that can change them: the storage, the language.
@lru_cache(maxsize=512)
def _drawn(name: str, kind: str, box: str, storage: str) -> SafeString:
    return format_html(
        '<svg class="{}"{} aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        kind,
        mark_safe(box),
        static("shuoshi/icons.svg"),
        name,
    )


def _storage() -> str:
    static_files: Any = settings.STORAGES["staticfiles"]
    return str(static_files["BACKEND"])


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it says nothing, so a word stands beside it."""
    return _drawn(name, "icon", "", _storage())


@register.simple_tag
def mark() -> SafeString:
    """Draw the mark of the house: the octagonal room with its four zones."""
    return _drawn("mark", "mark", ' viewBox="0 0 32 32"', _storage())


def _local_day(value: datetime | date) -> date:
    if isinstance(value, datetime):
        return (localtime(value) if is_aware(value) else value).date()
    return value


@lru_cache(maxsize=4096)
def _short(value: date, language: str | None) -> str:
    return date_format(value, "MONTH_DAY_FORMAT")


@register.filter
def day(value: datetime | date | None) -> str:
    """Write a day short, in the organisation's zone: 11月28日."""
    return "" if value is None else _short(_local_day(value), get_language())


@lru_cache(maxsize=4096)
def _clock(
    colour: str, due: date | None, left: str, provisional: str, language: str | None
) -> SafeString:
    pieces = [format_html("<b>{}</b>", COLOURS[colour])]
    if due is not None:
        pieces.append(
            format_html(
                '<time datetime="{}">{}</time>', due.isoformat(), _short(due, language)
            )
        )
    if left:
        pieces.append(format_html("<span>{}</span>", left))
    if provisional:
        pieces.append(
            format_html(
                '<span class="provisional" title="{}">{}</span>',
                _("当年放假安排还没有公布，公布后重新计算"),
                provisional,
            )
        )
    kind = "half" if colour == "notice" else colour
    inside = mark_safe("".join(pieces))
    return format_html('<span class="clock {}">{}</span>', kind, inside)


@register.simple_tag
def clock(face: "ClockFace | None") -> SafeString | str:
    """Show a deadline: shape, word, day, what is left, and whether it is provisional."""
    if face is None:
        return ""
    due = None if face.due is None else _local_day(face.due)
    provisional = _("暂定") if face.provisional else ""
    return _clock(face.colour, due, face.left, provisional, get_language())


@lru_cache(maxsize=512)
def _badge(code: str, label: str) -> SafeString:
    kind = "closed" if code == "CLOSED" else "ended" if code in ENDED else "running"
    return format_html('<span class="badge {}">{}</span>', kind, label)


@register.simple_tag
def state(code: str, label: str) -> SafeString:
    """Show where a matter stands; ended ones look different from running ones."""
    return _badge(code, str(label))


@register.simple_tag
def share(numerator: int | None, denominator: int | None) -> str:
    """Write a rate as a percentage; empty, not 0 nor 100 %, on an empty base."""
    if numerator is None or not denominator:
        return "—"
    return f"{100 * numerator / denominator:.1f}%"


@register.simple_tag
def bar(numerator: int, denominator: int) -> SafeString:
    """Draw a bar; the numbers stand beside it in words."""
    width = 100 * min(numerator, denominator) / denominator if denominator else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" '
        'aria-hidden="true"><rect width="100" height="10"/>'
        '<rect width="{}" height="10"/></svg>',
        f"{width:.1f}",
    )


@register.filter
def grouped(digits: str) -> SafeString:
    """Set a receipt in groups of four, as it is read out."""
    parts = [digits[i : i + 4] for i in range(0, len(digits), 4)]
    spans = [format_html("<span>{}</span>", part) for part in parts]
    return mark_safe(" ".join(spans))
