"""Enter what was weighed beforehand, and what was handed outside."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.common.words import checked_words
from shuoshi.org.rules.standing import Standing
from shuoshi.privacy.models import Assessment, Consent, Handing
from shuoshi.privacy.queries.consents import standing_consent
from shuoshi.privacy.rules.access import may_hand_outside, may_keep
from shuoshi.privacy.rules.purposes import KEPT_YEARS, MOST_LINE, MOST_WEIGHED, Purpose
from shuoshi.trail.actions import note


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; the leap day becomes the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True)
class Weighed:
    """What an assessment says."""

    title: str
    purpose: str
    necessity: str
    risks: str
    measures: str
    approved_by: str
    approved_on: date


@transaction.atomic
def enter_assessment(weighed: Weighed, *, by: Standing, now: datetime) -> Assessment:
    """
    Enter an impact assessment; it is kept for three years at least, and never changed.

    :raises NotPermitted: if this person does not keep the register.
    :raises Refused: if it was approved in the future.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    """
    if not may_keep(by) or by.mine_id is None:
        raise NotPermitted(_("只有统筹人员和安全管理员可以登记影响评估。"))
    today = localdate(now)
    if weighed.approved_on > today:
        raise Refused(_("批准日期不能在今天以后。"), field="approved_on")
    line, text = MOST_LINE, MOST_WEIGHED
    assessment = Assessment.objects.create(
        mine_id=by.mine_id,
        title=checked_words(weighed.title, most=line, field="title"),
        purpose=checked_words(weighed.purpose, most=text, field="purpose"),
        necessity=checked_words(weighed.necessity, most=text, field="necessity"),
        risks=checked_words(weighed.risks, most=text, field="risks"),
        measures=checked_words(weighed.measures, most=text, field="measures"),
        approved_by=checked_words(weighed.approved_by, most=60, field="approved_by"),
        approved_on=weighed.approved_on,
        entered_by=by.on_record,
        entered_at=now,
        kept_until=years_after(today, KEPT_YEARS),
    )
    note(
        "privacy.assessed",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"assessment": assessment.pk},
    )
    return assessment


@dataclass(frozen=True)
class Handed:
    """What leaves the house: to whom, what, on which ground."""

    recipient: str
    what: str
    ground: str
    by_consent: bool = False


@transaction.atomic
def enter_handing(
    handed: Handed,
    *,
    by: Standing,
    now: datetime,
    about: UUID | None = None,
    number: str = "",
) -> Handing:
    """
    Put on record that something about people is handed outside, before it is.

    Whether this person may see what they hand out is asked by who calls.

    :raises NotPermitted: if this person hands nothing outside.
    :raises Refused: if it rests on a consent that does not stand.
    :raises WordsRefused: if a text is empty, too long or badly encoded.
    """
    if not may_hand_outside(by) or by.mine_id is None:
        raise NotPermitted(_("只有统筹人员和纪委人员可以对外提供。"))
    line = MOST_LINE
    handing = Handing.objects.create(
        mine_id=by.mine_id,
        about=about,
        number=number,
        recipient=checked_words(handed.recipient, most=line, field="recipient"),
        what=checked_words(handed.what, most=2 * line, field="what"),
        ground=checked_words(handed.ground, most=2 * line, field="ground"),
        consent=_consent(about) if handed.by_consent else None,
        by=by.on_record,
        at=now,
        kept_until=years_after(localdate(now), KEPT_YEARS),
    )
    note(
        "privacy.handed_outside",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        about=about,
        detail={"handing": str(handing.uid), "by_consent": handed.by_consent},
    )
    return handing


def _consent(about: UUID | None) -> Consent:
    consent = standing_consent(about, Purpose.OUTSIDE) if about else None
    if consent is None:
        raise Refused(
            _(
                "说事人没有单独同意对外提供，或者已经撤回。"
                "请先请说事人在“我的信息”里同意，或者写明法律依据。"
            ),
            field="by_consent",
        )
    return consent
