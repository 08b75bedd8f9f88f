"""Where addresses keep their keys."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.notices.models import Address


declare(
    Boxes(
        Address, key="key", owner="uid", owned="address:{}", empties=("address", "code")
    )
)
