"""What is heard in a conversation on a platform, and what is answered. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Heard(StrEnum):
    """What kind of message came in."""

    TEXT = "TEXT"
    PICTURE = "PICTURE"
    VOICE = "VOICE"
    MENU = "MENU"
    FOLLOWED = "FOLLOWED"
    OTHER = "OTHER"


@dataclass(frozen=True)
class Message:
    """
    One message from somebody on a platform.

    ``platform`` is ``WECHAT``, ``WECOM`` or ``QQ``; ``sender`` is what the platform calls
    them. ``words`` is the text, what a voice was understood as, or the key of the menu;
    ``media`` is what the platform calls the picture or the voice.
    """

    platform: str
    sender: str
    kind: Heard
    words: str = ""
    media: str = ""
    in_group: bool = False
