"""
The small pieces that come in rows: written in Python, because a table has many.

``{% load shuoshi %}`` gives the tags ``icon``, ``clock``, ``state``, ``bar``,
``share`` and the filter ``grouped``.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django import template
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


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


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it says nothing, so a word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("shuoshi/icons.svg"),
        name,
    )


@register.simple_tag
def mark() -> SafeString:
    """Draw the mark of the house: the octagonal room with its four zones."""
    return format_html(
        '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
        '<use href="{}#mark"/></svg>',
        static("shuoshi/icons.svg"),
    )


@register.filter
def day(value: datetime | date | None) -> str:
    """Write a day short, in the organisation's zone: 11月28日."""
    if value is None:
        return ""
    if isinstance(value, datetime) and is_aware(value):
        value = localtime(value)
    return date_format(value, "MONTH_DAY_FORMAT")


@register.simple_tag
def clock(face: "ClockFace | None") -> SafeString | str:
    """Show a deadline: shape, word, day, what is left, and whether it is provisional."""
    if face is None:
        return ""
    kind = "half" if face.colour == "notice" else face.colour
    pieces = [format_html("<b>{}</b>", COLOURS[face.colour])]
    if face.due is not None:
        pieces.append(
            format_html(
                '<time datetime="{}">{}</time>', face.due.isoformat(), day(face.due)
            )
        )
    if face.left:
        pieces.append(format_html("<span>{}</span>", face.left))
    if face.provisional:
        pieces.append(
            format_html(
                '<span class="provisional" title="{}">{}</span>',
                _("当年放假安排还没有公布，公布后重新计算"),
                _("暂定"),
            )
        )
    inside = mark_safe("".join(pieces))
    return format_html('<span class="clock {}">{}</span>', kind, inside)


@register.simple_tag
def state(code: str, label: str) -> SafeString:
    """Show where a matter stands; ended ones look different from running ones."""
    kind = "closed" if code == "CLOSED" else "ended" if code in ENDED else "running"
    return format_html('<span class="badge {}">{}</span>', kind, label)


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
