"""Fetch the pictures that a matter came with from where they lie."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from shuoshi.channels.actions.speaking import SPEAKER
from shuoshi.channels.models import PendingPicture
from shuoshi.common.sealing import SealBroken, new_box, open_box
from shuoshi.files.actions import keep
from shuoshi.files.queries.uploads import taken_in
from shuoshi.files.rules.kinds import IMAGES, FileRefused
from shuoshi.jobs.actions import enqueue
from shuoshi.matters.models import Matter
from shuoshi.platforms.actions.media import fetch_media
from shuoshi.platforms.rules.failures import PlatformOff, PlatformRefused


def fetch_later(media: Iterable[str], matter: Matter, *, platform: str) -> None:
    """Let a worker fetch these pictures, once the matter is there."""
    for one in media:
        wanted = PendingPicture(about=matter.uid, platform=platform)
        box = new_box(f"picture:{wanted.uid}")
        wanted.key, wanted.media = box.wrapped, box.seal(one, "media")
        wanted.save(force_insert=True)
        enqueue("channels.fetch_picture", {"picture": wanted.pk})


def fetch_picture(picture: int, *, clock: Callable[[], datetime]) -> bool:
    """
    Fetch one picture, clean it and keep it with its matter; False if it is none we take.

    :raises PlatformAway: if the platform is away; a later try may do.
    """
    wanted = PendingPicture.objects.filter(pk=picture).first()
    if wanted is None:
        return False
    matter = Matter.objects.get(uid=wanted.about)
    try:
        media = open_box(f"picture:{wanted.uid}", wanted.key).open(
            wanted.media, "media"
        )
        content = fetch_media(wanted.platform, media, clock=clock)
        # Cleaned before the transaction, for it takes seconds.
        clean = taken_in(ContentFile(content, name="photo"))
        if clean.kind not in IMAGES:
            raise PlatformRefused("no picture")
    except (SealBroken, PlatformOff, PlatformRefused, FileRefused):
        wanted.delete()
        return False
    with transaction.atomic():
        # Two workers with the same picture: the row goes once.
        if PendingPicture.objects.filter(pk=picture).delete()[0]:
            keep(
                clean,
                about=matter.uid,
                mine_id=matter.mine_id,
                by=SPEAKER,
                now=matter.received_at,
            )
    return True
