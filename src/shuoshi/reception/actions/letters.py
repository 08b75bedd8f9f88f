"""Register a letter with its scan: both or neither."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.common.words import checked_words
from shuoshi.files.actions import keep
from shuoshi.files.rules.uploads import CleanFile
from shuoshi.matters.actions.raising import Raised, register_matter
from shuoshi.matters.rules.sayings import MOST_PLACE, Saying
from shuoshi.matters.rules.states import Channel
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.queries.letters import who_may_open
from shuoshi.trail.actions import note


class LetterRefused(Refused):
    """A letter cannot be taken down like this."""


@transaction.atomic
def register_letter(
    saying: Saying,
    scan: Iterable[CleanFile],
    *,
    found_at: str,
    opened_with: int,
    by: Standing,
    now: datetime,
    nonce: str = "",
) -> Raised:
    """
    Take down a letter; its scan is kept with the matter, who opened it on record.

    :raises NotPermitted: if this person does not receive matters.
    :raises LetterRefused: unless somebody else of the reception opened it as well.
    :raises Refused: with the field to blame, if it cannot be taken down like this.
    :raises FileRefused: if the scan cannot be taken; then nothing was.
    """
    place = checked_words(found_at, most=MOST_PLACE, field="found_at")
    others = {one.pk for one in who_may_open(by)}
    if opened_with not in others:
        raise LetterRefused(_("请选一起拆信的另一个人。"), field="opened_with")
    raised = register_matter(
        saying, channel=Channel.LETTER, by=by, now=now, nonce=nonce
    )
    if raised.again:
        return raised
    matter = raised.matter
    for file in scan:
        keep(
            file,
            about=matter.uid,
            mine_id=matter.mine_id,
            by=by.on_record,
            now=matter.received_at,
        )
    # Of which matter is not told: the record of an anonymous letter would lead to it.
    note(
        "reception.letter_opened",
        by=by.on_record,
        at=now,
        mine_id=matter.mine_id,
        detail={"with": opened_with, "found_at": place},
    )
    return raised
