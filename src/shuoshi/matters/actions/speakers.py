"""Correct how a speaker is reached; keep who spoke from everybody, or forget it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Missing, Outdated, Refused
from shuoshi.common.sealing import open_box
from shuoshi.common.words import checked_words
from shuoshi.matters.actions.erasing import erase_speaker
from shuoshi.matters.models import Matter, Speaker
from shuoshi.matters.rules.sayings import MOST_CONTACT, MOST_NAME
from shuoshi.matters.rules.speakers import must_be_kept
from shuoshi.matters.rules.states import Identity
from shuoshi.trail.actions import note


@transaction.atomic
def correct_speaker(
    matter: Matter,
    *,
    by: str,
    now: datetime,
    contact: str | None = None,
    name: str | None = None,
) -> None:
    """
    Write anew how the speaker is reached or called; the old words are gone.

    That it was done is on record, without a word of what stood or stands there.

    :raises Missing: if nobody is kept.
    :raises Refused: if a named speaker would be left without a name.
    :raises WordsRefused: if the words are too long or badly encoded.
    :raises Outdated: if somebody changed or erased it at the same moment.
    """
    speaker = Speaker.objects.filter(matter=matter).first()
    if speaker is None or not speaker.key:
        raise Missing(_("这件事没有留姓名和联系方式。"))
    box = open_box(f"speaker:{matter.uid}", speaker.key)
    sets = {}
    if contact is not None:
        contact = checked_words(
            contact, most=MOST_CONTACT, field="contact", required=False
        )
        sets["contact"] = box.seal(contact, "contact") if contact else ""
    if name is not None:
        is_named = matter.identity == Identity.NAMED
        name = checked_words(name, most=MOST_NAME, field="name", required=is_named)
        sets["name"] = box.seal(name, "name") if name else ""
    if not {"name": speaker.name, "contact": speaker.contact, **sets}["name"] and not (
        sets.get("contact", speaker.contact)
    ):
        raise Refused(
            _("姓名和联系方式至少留一样；都不留，请用“清除”。"), field="contact"
        )
    same = Speaker.objects.filter(
        pk=speaker.pk, key=speaker.key, name=speaker.name, contact=speaker.contact
    )
    if not same.update(**sets):
        raise Outdated(_("刚才有人改过，请看过再改。"))
    _note("corrected", matter, by=by, now=now, fields=sorted(sets))


@transaction.atomic
def forget_speaker(matter: Matter, *, by: str, now: datetime, why: str) -> str:
    """
    Erase who spoke, or, where the law wants it kept, keep it from everybody.

    Returns ``erased`` or ``restricted``.

    :raises Missing: if nobody is kept, or nobody any more.
    """
    speaker = Speaker.objects.filter(matter=matter).first()
    if speaker is None or not speaker.key:
        raise Missing(_("这件事没有留姓名和联系方式。"))
    if must_be_kept(matter):
        restrict_speaker(matter, by=by, now=now)
        return "restricted"
    erase_speaker(matter, by=by, now=now, why=why)
    return "erased"


@transaction.atomic
def restrict_speaker(matter: Matter, *, by: str, now: datetime) -> bool:
    """Keep who spoke stored and from everybody; True if it was not so already."""
    shown = Speaker.objects.filter(matter=matter, restricted_at=None).exclude(key="")
    if not shown.update(restricted_at=now):
        return False
    _note("restricted", matter, by=by, now=now)
    return True


def _note(
    what: str,
    matter: Matter,
    *,
    by: str,
    now: datetime,
    fields: list[str] | None = None,
) -> None:
    note(
        f"matters.speaker_{what}",
        by=by,
        at=now,
        mine_id=matter.mine_id,
        about=matter.uid,
        detail={"fields": fields} if fields else None,
    )
