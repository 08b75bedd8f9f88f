"""Where what passes to and from platforms keeps its keys."""

from shuoshi.keys.rules.boxes import Boxes, declare
from shuoshi.platforms.models import AccessToken, Received


declare(
    Boxes(AccessToken, key="key", owner="uid", owned="token:{}", empties=("token",))
)
declare(
    Boxes(
        Received,
        key="key",
        owner="uid",
        owned="received:{}",
        empties=("answer", "address"),
    )
)
