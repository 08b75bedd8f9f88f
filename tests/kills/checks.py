"""What must be true of a house after all that was done to it."""

import io
import json
from collections import Counter
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from shuoshi.jobs.actions.work import claim, run
from shuoshi.jobs.models import Job, JobState
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.numbers import LOWEST_APART
from tests.kills.clients import Said


# Longer than any lease.
LATER = timedelta(days=1)


def faults(said: list[Said]) -> list[str]:
    """Return what is wrong, in sentences; nothing, if all is well."""
    return [
        *_lost(said),
        *_doubled(said),
        *_gaps(),
        *_stuck(),
        *_not_proved(),
        *_damaged(),
        *(f"an odd answer: {odd}" for one in said for odd in one.odd),
    ]


def _lost(said: list[Said]) -> list[str]:
    wrong = []
    for one in said:
        for text, receipt in one.receipts.items():
            matter = matter_of_receipt(receipt)
            if matter is None or matter.text != text:
                wrong.append(f"acknowledged and not there: {receipt}")
    return wrong


def _doubled(said: list[Said]) -> list[str]:
    times = Counter(Matter.objects.values_list("text", flat=True))
    wanted = sum(len(one.receipts) for one in said)
    wrong = [f"{count} times: {text}" for text, count in times.items() if count > 1]
    if len(times) != wanted:
        wrong.append(f"{wanted} acknowledged, {len(times)} taken down")
    return wrong


def _gaps() -> list[str]:
    in_order = Matter.objects.filter(serial__lt=LOWEST_APART)
    serials = sorted(in_order.values_list("serial", flat=True))
    if serials == list(range(1, len(serials) + 1)):
        return []
    return [f"numbers with gaps: {serials}"]


def _stuck() -> list[str]:
    """Let an heir take over what killed workers held: all of it must come to its end."""
    while job := claim(worker="heir", now=_later()):
        run(job, clock=_later)
    left = Job.objects.exclude(state=JobState.DONE)
    return [f"job {one} is left: {one.error}" for one in left]


def _later() -> datetime:
    return now() + LATER


def _not_proved() -> list[str]:
    told = io.StringIO()
    try:
        call_command("verify", "--json", stdout=told)
    except SystemExit:
        return [f"verify: {told.getvalue()}"]
    return [] if json.loads(told.getvalue())["ok"] else ["verify is not content"]


def _damaged() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()[0]
    return [] if answer == "ok" else [f"integrity_check: {answer}"]
