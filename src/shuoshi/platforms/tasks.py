"""Keep tokens fresh, and forget what was answered."""

from datetime import timedelta

from django.utils.timezone import now

from shuoshi.jobs.actions import periodic
from shuoshi.platforms.actions.receiving import forget_received
from shuoshi.platforms.actions.tokens import refresh_token
from shuoshi.platforms.queries.setup import is_on
from shuoshi.platforms.rules.setup import PLATFORMS


@periodic(every=timedelta(minutes=5))
def refresh_tokens() -> None:
    """Fetch new tokens before the old ones end."""
    for platform in PLATFORMS:
        if is_on(platform):
            refresh_token(platform, clock=now)


@periodic(every=timedelta(minutes=1))
def forget_answers() -> None:
    """Forget what was answered."""
    forget_received(now=now())
