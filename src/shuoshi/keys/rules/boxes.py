"""The boxes that the rooms declare: where wrapped keys lie, and what goes with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final


if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True)
class Boxes:
    """
    The boxes of one table: a wrapped key in each row, empty once it is erased.

    ``owner`` names the fields that the owner is made of, ``owned`` how; ``empties`` the
    text columns that are emptied with the key. ``besides`` is called with the row's id,
    who erases and when, for what lies elsewhere; it must bear being called twice.
    ``goes_with`` is the label of another table and the field here that names the owner of
    its box: what is said of a matter is sealed and erased with it.
    """

    model: "type[Model]"
    key: str
    owner: str
    owned: str = "{}"
    empties: tuple[str, ...] = ()
    besides: Callable[[Any, str, datetime], None] | None = None
    goes_with: tuple[str, str] | None = None

    @property
    def name(self) -> str:
        return self.model._meta.label

    def owner_of(self, value: object) -> str:
        """Return the owner to whom a box was bound."""
        return self.owned.format(value)


BOXES: Final[dict[str, Boxes]] = {}


def going_with(box: str) -> Iterator[tuple[Boxes, str]]:
    """Yield the boxes that go with those of a table, and the field that names its owner."""
    for boxes in BOXES.values():
        if boxes.goes_with is not None and boxes.goes_with[0] == box:
            yield boxes, boxes.goes_with[1]


def declare(boxes: Boxes) -> None:
    """
    Remember where a room keeps boxes, so that rotation and erasing find them.

    :raises ValueError: if the table is declared already.
    """
    if boxes.name in BOXES:
        raise ValueError(f"the boxes of {boxes.name} are declared twice")
    BOXES[boxes.name] = boxes
