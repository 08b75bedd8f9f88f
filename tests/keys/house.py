"""A house with a box of every kind in it."""

import base64

from django.apps import apps

from shuoshi.files.actions import keep
from shuoshi.files.models import Attachment
from shuoshi.files.rules.uploads import CleanFile
from shuoshi.keys.rules.boxes import BOXES
from tests.matters.house import NOW, Story


OLD = f"k1:aes:{base64.b64encode(bytes(range(32))).decode()}"
NEW = f"k2:sm4:{base64.b64encode(bytes(range(100, 116))).decode()}"


def with_a_photo(house, **saying):
    """Return a story whose speaker is known and showed a file."""
    story = Story(house, **saying)
    keep(
        CleanFile("井口照片.txt", "TXT", "井口".encode()),
        about=story.matter.uid,
        mine_id=house.mine.pk,
        by="speaker",
        now=NOW,
    )
    return story


def attachment(story):
    return Attachment.objects.get(about=story.matter.uid)


def wrapped_keys():
    """Return every wrapped key of the house."""
    return [
        key
        for boxes in BOXES.values()
        for key in apps.get_model(boxes.name).objects.values_list(boxes.key, flat=True)
    ]
