"""Publish what people are told, and keep which version was shown."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.words import checked_words
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.models import Submission, Telling
from shuoshi.privacy.queries.tellings import versions_of
from shuoshi.privacy.rules.access import may_keep
from shuoshi.privacy.rules.purposes import MOST_BODY, Purpose
from shuoshi.trail.actions import note


@transaction.atomic
def publish_telling(
    purpose: str, *, body: str, body_en: str = "", by: Standing, now: datetime
) -> Telling:
    """
    Publish the next version of a text; those before stay as they are.

    :raises NotPermitted: if this person does not look after the texts.
    :raises Refused: if nothing was changed, or there is no such text.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    :raises Outdated: if somebody published at the same moment.
    """
    if not may_keep(by) or by.mine_id is None:
        raise NotPermitted(_("只有统筹人员和安全管理员可以发布告知书。"))
    if purpose not in Purpose.values:
        raise Refused(_("没有这种告知书。"))
    body = checked_words(body, most=MOST_BODY, field="body")
    body_en = checked_words(body_en, most=MOST_BODY, field="body_en", required=False)
    last = versions_of(purpose, mine_id=by.mine_id).first()
    if last and not last.is_sample and (last.body, last.body_en) == (body, body_en):
        raise Refused(_("和现在的版本一样，没有改动。"), field="body")
    telling = Telling(
        mine_id=by.mine_id,
        purpose=purpose,
        # A mine's own versions go on from those of the house: numbers mean one text each.
        version=last.version + 1 if last else 1,
        body=body,
        body_en=body_en,
        valid_from=now,
        published_by=by.on_record,
    )
    try:
        with transaction.atomic():
            telling.save(force_insert=True)
    except IntegrityError:
        raise Outdated(_("刚才有人发布了新版本，请看过再改。")) from None
    note(
        "privacy.telling_published",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"purpose": purpose, "version": telling.version},
    )
    return telling


def enter_submission(about: UUID, *, mine_id: int, telling: Telling) -> Submission:
    """Keep which text stood beside the form when something was raised."""
    return Submission.objects.create(about=about, mine_id=mine_id, telling=telling)
