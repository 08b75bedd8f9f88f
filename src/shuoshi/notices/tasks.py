"""Empty the outbox."""

from datetime import timedelta

from django.utils.timezone import now

from shuoshi.jobs.actions import periodic
from shuoshi.notices.actions import send_in_app


@periodic(every=timedelta(seconds=30))
def send() -> None:
    """Send what waits inside the program."""
    send_in_app(now=now())
