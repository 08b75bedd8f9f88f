"""The steps that are the speaker's own."""

from datetime import datetime

from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.table import Step
from shuoshi.org.rules.standing import speaker_of


def steps_of_speaker(matter: Matter, *, now: datetime) -> list[Step]:
    """Return what the speaker can do with the matter now, in the order of the table."""
    speaker = speaker_of(matter.pk, matter.mine_id)
    return [
        step
        for step in steps_open_to(speaker, matter, now=now)
        if step.by is Permission.SPEAK
    ]
