from typing import Any, ClassVar

from django.db import models

from shuoshi.trail.models.event import Event
from shuoshi.trail.rules.notes import READ


class Readings(models.Manager["Reading"]):
    """The notes that say somebody read something."""

    def get_queryset(self) -> "models.QuerySet[Reading]":
        """Return readings alone."""
        return super().get_queryset().filter(verb=READ)


class Reading(Event):
    """
    Somebody read a protected field: an event on the reader's chain like any note.

    ``thing`` is what was read, ``by`` who read it.
    """

    objects: ClassVar[Readings] = Readings()

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.by} {self.field} {self.thing}"

    @property
    def field(self) -> str:
        return self._told("field")

    # A code of the reason; never free text about the matter.
    @property
    def why(self) -> str:
        return self._told("why")

    def _told(self, name: str) -> str:
        detail: dict[str, Any] = self.detail
        return str(detail.get(name, ""))
