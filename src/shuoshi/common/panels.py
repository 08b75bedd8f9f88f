"""Let a room hang a panel on another room's page, without that page knowing the room."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Panel:
    """A part of a page that another room answers."""

    title: "StrPromise | str"
    # Takes the page's code, answers an HTML part, and does its own access check.
    url_name: str


_hung: defaultdict[str, list[Panel]] = defaultdict(list)


def hang(page: str, panel: Panel) -> None:
    """Hang the panel on every page of this name; for a room's ``apps.py``."""
    if panel not in _hung[page]:
        _hung[page].append(panel)


def panels_on(page: str) -> list[Panel]:
    return list(_hung[page])
