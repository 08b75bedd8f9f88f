"""Where conversations, the ways back and pictures to fetch keep their keys."""

from shuoshi.channels.models import Conversation, PendingPicture, WayBack
from shuoshi.keys.rules.boxes import Boxes, declare


declare(
    Boxes(
        Conversation, key="key", owner="uid", owned="conversation:{}", empties=("said",)
    )
)
declare(Boxes(WayBack, key="key", owner="uid", owned="way:{}", empties=("address",)))
declare(
    Boxes(
        PendingPicture, key="key", owner="uid", owned="picture:{}", empties=("media",)
    )
)
