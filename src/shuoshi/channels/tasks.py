"""Let news leave the house; fetch what lies with the platforms; forget what was said."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now

from shuoshi.channels.actions.answering import answer_elsewhere
from shuoshi.channels.actions.conversing import forget_talks
from shuoshi.channels.actions.pictures import fetch_picture as fetch_one
from shuoshi.channels.actions.ways import forget_ways
from shuoshi.channels.queries.conversing import reach_of
from shuoshi.jobs.actions import periodic, task
from shuoshi.matters.queries.reach import still_told
from shuoshi.notices.actions.delivering import House, deliver_due


@periodic(every=timedelta(seconds=30), lease=timedelta(minutes=15))
def deliver() -> None:
    """Send what waits on the roads out."""
    house = House(settings.SHUOSHI_ADDRESS, still_told, reach_of)
    deliver_due(house, clock=now)


@task(atomic=False, attempts=8)
def fetch_picture(*, picture: int) -> None:
    """Fetch a picture that a matter came with."""
    fetch_one(picture, clock=now)


@task(atomic=False, attempts=4)
def answer(*, received: int) -> None:
    """Answer a message where the answer goes its own way."""
    answer_elsewhere(received, clock=now)


@periodic(every=timedelta(minutes=5))
def forget_conversations() -> None:
    """Forget the talks that were silent, and the ways back that lead nowhere."""
    forget_talks(now=now())
    forget_ways()
