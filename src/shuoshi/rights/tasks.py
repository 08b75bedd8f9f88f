"""Once a week reckon what is due; carry out what somebody confirmed."""

from datetime import time, timedelta
from typing import Final

from django.utils.timezone import now

from shuoshi.jobs.actions import periodic
from shuoshi.org.queries.units import mines
from shuoshi.org.rules.standing import CLOCK
from shuoshi.privacy.queries.retention import confirmed_plans, plans_in
from shuoshi.rights.actions.retention import PlanChanged, carry_out, make_plan


# A little less, so that a run that came late one week does not skip the next.
A_WEEK: Final = timedelta(days=7) - timedelta(hours=1)


@periodic(daily_at=time(3, 0), lease=timedelta(minutes=30))
def reckon_what_is_due() -> None:
    """
    Make a plan for each mine whose last one is a week old.

    It waits for a person: nothing is erased by itself.
    """
    moment = now()
    for mine in mines():
        last = plans_in(mine.pk).first()
        if last is None or last.made_at <= moment - A_WEEK:
            make_plan(mine.pk, by=CLOCK, now=moment)


@periodic(every=timedelta(minutes=10), lease=timedelta(hours=1))
def carry_out_confirmed() -> None:
    """Do what was confirmed, and nothing that changed since."""
    for plan in list(confirmed_plans()):
        try:
            carry_out(plan, now=now())
        except PlanChanged:
            # It is marked as outdated, and shown so on the page.
            continue
