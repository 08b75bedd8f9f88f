"""Erase who spoke, or what was said, when a right or the end of its time asks for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.files.queries import attachments_of
from shuoshi.keys.actions.erasing import erase
from shuoshi.matters.actions.search import forget_words
from shuoshi.matters.models import Claim, Matter, Origin, Part
from shuoshi.matters.rules.states import ENDED


SPEAKER, MATTER, FILE = "matters.Speaker", "matters.Matter", "files.Attachment"


class ErasingRefused(Refused):
    """This cannot be erased yet."""


@transaction.atomic
def erase_speaker(matter: Matter, *, by: str, now: datetime, why: str) -> bool:
    """
    Destroy the key of who spoke; True if there was one.

    The matter goes on without its speaker. ``by`` is the actor as the record names them,
    ``why`` a code (``asked``, ``retention``).
    """
    speaker = getattr(matter, "speaker", None)
    return speaker is not None and erase(SPEAKER, speaker.pk, by=by, now=now, why=why)


@transaction.atomic
def erase_matter(matter: Matter, *, by: str, now: datetime, why: str) -> bool:
    """
    Destroy the keys of a matter, of its speaker and of its files; True if there was one.

    Its number, dates, states and events stay, and the chain of events still proves
    itself; no word of it can be read any more.

    :raises ErasingRefused: while the matter is open.
    """
    if matter.state not in ENDED:
        raise ErasingRefused(_("还没有办完的事，内容不能清除。"))
    erase_speaker(matter, by=by, now=now, why=why)
    for file_id in list(attachments_of(matter.uid).values_list("pk", flat=True)):
        erase(FILE, file_id, by=by, now=now, why=why)
    return erase(MATTER, matter.pk, by=by, now=now, why=why)


def forget_matter(matter_id: int, _by: str, _now: datetime) -> None:
    """Empty what of a matter's words lies outside its box, the index included."""
    nothing = {"text": "", "facts": "", "basis": "", "comment": ""}
    Claim.objects.filter(matter=matter_id).update(**nothing)
    Part.objects.filter(matter=matter_id).update(task="", result="")
    Origin.objects.filter(matter=matter_id).update(category="", handling_unit="")
    forget_words(matter_id)
