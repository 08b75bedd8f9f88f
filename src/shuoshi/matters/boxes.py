"""Where matters keep their keys, and what else goes when one is erased."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.matters.actions.erasing import forget_matter
from shuoshi.matters.models import Matter, Speaker


declare(
    Boxes(
        Matter,
        key="key",
        owner="uid",
        empties=("sealed_text", "text", "title", "place", "unit_text"),
        besides=forget_matter,
    )
)
declare(
    Boxes(
        Speaker,
        key="key",
        owner="matter__uid",
        owned="speaker:{}",
        empties=("name", "contact"),
    )
)
