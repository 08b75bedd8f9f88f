"""Give somebody a secret address under which a calendar reads their turns."""

import secrets
from datetime import datetime

from django.db import transaction

from shuoshi.common.hashing import kept_hash
from shuoshi.duty.models import Feed
from shuoshi.duty.queries.feeds import PURPOSE
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


@transaction.atomic
def make_feed(*, by: Standing, now: datetime) -> str:
    """
    Return the secret of a new address, shown this once; the one before ends.

    Only a keyed hash of it is kept.
    """
    secret = secrets.token_urlsafe(24)
    Feed.objects.update_or_create(
        person_id=by.person_id,
        defaults={"digest": kept_hash(PURPOSE, secret), "made_at": now},
    )
    note("duty.feed_made", by=by.on_record, at=now, mine_id=by.mine_id or 0)
    return secret


@transaction.atomic
def end_feed(*, by: Standing, now: datetime) -> None:
    """End the address; nothing happens if there is none."""
    if Feed.objects.filter(person_id=by.person_id).delete()[0]:
        note("duty.feed_ended", by=by.on_record, at=now, mine_id=by.mine_id or 0)
