"""Where requests keep their keys."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.privacy.models import RightsRequest


declare(
    Boxes(
        RightsRequest,
        key="key",
        owner="uid",
        owned="request:{}",
        empties=("words", "answer"),
    )
)
