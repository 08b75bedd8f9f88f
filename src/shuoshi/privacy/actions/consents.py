"""Agree to one purpose apart from everything else, and take it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Missing, Outdated
from shuoshi.privacy.models import Consent, Telling
from shuoshi.privacy.queries.consents import standing_consent
from shuoshi.privacy.queries.tellings import current_telling
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.trail.actions import note


def to_the_hour(moment: datetime) -> datetime:
    """Return the hour alone: the minute would tell who sat there."""
    return moment.replace(minute=0, second=0, microsecond=0)


def enter_consent(
    about: UUID, *, mine_id: int, telling: Telling, now: datetime
) -> Consent:
    """Keep that somebody agreed to a text; the caller puts it on record."""
    return Consent.objects.create(
        about=about, mine_id=mine_id, telling=telling, given_at=to_the_hour(now)
    )


@transaction.atomic
def give_consent(
    about: UUID, purpose: Purpose, *, mine_id: int, by: str, now: datetime
) -> Consent:
    """
    Agree to a text as it stands now.

    :raises Outdated: if this consent stands already.
    """
    if standing_consent(about, purpose):
        raise Outdated(_("已经同意过了。"))
    telling = current_telling(purpose, mine_id=mine_id)
    consent = enter_consent(about, mine_id=mine_id, telling=telling, now=now)
    _note("given", consent, by=by, now=now)
    return consent


@transaction.atomic
def withdraw_consent(
    about: UUID, consent_id: int, *, by: str, now: datetime
) -> Consent:
    """
    Take a consent back: what it allowed before stays lawful, nothing new is done on it.

    :raises Missing: if it is not of this matter.
    :raises Outdated: if it was taken back already.
    """
    given = Consent.objects.filter(pk=consent_id, about=about)
    if not given.exists():
        raise Missing(_("没有这条同意记录。"))
    if not given.filter(withdrawn_at=None).update(withdrawn_at=to_the_hour(now)):
        raise Outdated(_("这条同意已经撤回。"))
    consent = given.get()
    _note("withdrawn", consent, by=by, now=now)
    return consent


def _note(what: str, consent: Consent, *, by: str, now: datetime) -> None:
    telling = consent.telling
    note(
        f"privacy.consent_{what}",
        by=by,
        at=to_the_hour(now),
        mine_id=consent.mine_id,
        about=consent.about,
        detail={"purpose": telling.purpose, "version": telling.version},
    )
