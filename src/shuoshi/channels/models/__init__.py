from shuoshi.channels.models.conversation import Conversation
from shuoshi.channels.models.way_back import PendingPicture, WayBack


__all__ = ["Conversation", "PendingPicture", "WayBack"]
