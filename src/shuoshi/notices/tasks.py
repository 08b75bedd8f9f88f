"""Empty the outbox, prove addresses, and forget what has long left."""

from datetime import time, timedelta

from django.utils.timezone import now

from shuoshi.jobs.actions import periodic, task
from shuoshi.notices.actions import send_in_app
from shuoshi.notices.actions.addresses import send_code
from shuoshi.notices.actions.forgetting import forget_deliveries


@periodic(every=timedelta(seconds=30))
def send() -> None:
    """Send what waits inside the program."""
    send_in_app(now=now())


@task(atomic=False)
def prove_address(*, address: int) -> None:
    """Send the code that proves an address."""
    send_code(address, now=now())


@periodic(daily_at=time(2, 40))
def forget_old_deliveries() -> None:
    """Forget what left the house long ago, and addresses that were never proved."""
    forget_deliveries(now=now())
