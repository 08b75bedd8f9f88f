"""What the pages of figures show again and again."""

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


if TYPE_CHECKING:
    from shuoshi.insight.queries.sheet import Cell

register = template.Library()


@register.simple_tag
def cell(shown: "Cell") -> SafeString | str:
    """Write a number with the list behind it, or that it is kept back."""
    if shown.number is None:
        return kept_back()
    if not shown.number:
        return "0"
    return format_html('<a href="{}">{}</a>', shown.url, shown.number)


@register.simple_tag
def kept_back() -> SafeString:
    """Say that a number is not shown, to the eye and to the ear."""
    return format_html(
        '<span class="kept-back" aria-hidden="true">＊</span>'
        '<span class="spoken">{}</span>',
        _("少于五件或者会让人推算出来，不显示"),
    )
