"""Find the most even roster there is."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from shuoshi.duty.rules.rosters import (
    Plan,
    RosterRefused,
    Taking,
    Task,
    check_task,
    planned,
)


PATIENCE: Final = 120
_CHILD: Final = Path(__file__).with_name("solving_child.py")


def even_plan(task: Task) -> Plan:
    """
    Return the roster with the fewest empty places, and the most even one of these.

    The same task gives the same roster. The solver is large and seldom needed, so it runs
    in a process of its own and is gone afterwards.

    :raises RosterRefused: if there is nobody or no day, or no answer within two minutes.
    """
    check_task(task)
    people = task.people
    places = {one: place for place, one in enumerate(people)}
    unit_of = _units_of(task)
    try:
        answer = subprocess.run(  # noqa: S603 - our own file, our own interpreter
            [sys.executable, "-I", str(_CHILD)],
            input=json.dumps(_asked(task, places, unit_of)).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise RosterRefused(_("排班没有算出来，请缩短时间或者手工安排。")) from None
    # The solver may greet before.
    chosen = json.loads(answer.stdout.splitlines()[-1])
    fixed = {(one.day, one.person_id): one for one in task.fixed}
    turns = [
        fixed.get((day, people[one])) or Taking(day, unit_of[people[one]], people[one])
        for day, several in zip(task.days, chosen, strict=True)
        for one in several
    ]
    guests = [one for one in task.fixed if one.person_id not in places]
    return planned(task, turns + guests)


def _units_of(task: Task) -> dict[int, int]:
    """Return for which unit each person takes turns: the first that has them."""
    found: dict[int, int] = {}
    for unit_id, people in task.members.items():
        for one in people:
            found.setdefault(one, unit_id)
    return found


def _asked(
    task: Task, places: dict[int, int], unit_of: dict[int, int]
) -> dict[str, Any]:
    """Lay the task out in places instead of ids and days."""
    units = {
        unit_id: place for place, unit_id in enumerate(dict.fromkeys(unit_of.values()))
    }
    days = {day: place for place, day in enumerate(task.days)}
    fixed = sorted(
        {
            (days[one.day], places[one.person_id])
            for one in task.fixed
            if one.day in days and one.person_id in places
        }
    )
    kept = frozenset(fixed)
    nobody: frozenset[Any] = frozenset()
    # Entered by hand though they take no turns: they fill a place all the same.
    guests = Counter(one.day for one in task.fixed if one.person_id not in places)
    return {
        "unit_of": [units[unit_of[one]] for one in places],
        "free": [
            [
                place
                for one, place in places.items()
                if day not in task.away.get(one, nobody) or (days[day], place) in kept
            ]
            for day in task.days
        ],
        "places": [max(0, task.per_day - guests[day]) for day in task.days],
        "apart": task.apart,
        "fixed": fixed,
        "before": sorted(places[one] for one in task.before if one in places),
        "earlier": [task.earlier.get(one, 0) for one in places],
        "seed": task.seed,
    }
