"""Raise a matter with its photos: both or neither."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction

from shuoshi.common.pace import lasting
from shuoshi.files.actions import keep
from shuoshi.matters.actions.raising import Raised, raise_matter
from shuoshi.matters.rules.sayings import Saying


if TYPE_CHECKING:
    from collections.abc import Iterable

    from shuoshi.files.rules.uploads import CleanFile

SPEAKER = "speaker"
# Seconds. To keep out somebody whom the house knows takes it longer than to find nobody.
NAMING: Final = 0.25


def naming_nobody(saying: Saying) -> AbstractContextManager[None]:
    """Let what is about somebody be taken down in a time that does not tell if known."""
    return lasting(NAMING if saying.about else 0)


@transaction.atomic
def speak_up(
    saying: Saying,
    files: "Iterable[CleanFile]",
    *,
    mine_id: int,
    channel: str,
    now: datetime,
    nonce: str = "",
) -> Raised:
    """
    Take down what somebody says, without an account, and keep what they show.

    :raises Refused: with the field to blame, if it cannot be taken down like this.
    :raises FileRefused: if a file cannot be taken; then nothing was.
    """
    raised = raise_matter(
        saying, mine_id=mine_id, channel=channel, now=now, nonce=nonce
    )
    matter = raised.matter
    # Sent twice, the files are there already. They came when the matter did: for an
    # anonymous one, some time in that hour.
    if not raised.again:
        at = matter.received_at
        for file in files:
            keep(file, about=matter.uid, mine_id=mine_id, by=SPEAKER, now=at)
    return raised
