from shuoshi.channels.models.conversation import Conversation
from shuoshi.channels.models.road_switch import RoadSwitch
from shuoshi.channels.models.way_back import PendingPicture, WayBack


__all__ = ["Conversation", "PendingPicture", "RoadSwitch", "WayBack"]
