"""Load the invented mine, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.queries.people import person_named
from shuoshi.common.refusals import Refused
from shuoshi.demo.casting import cast
from shuoshi.demo.mine import CODE, build_mine
from shuoshi.demo.people import LOGINS, enter_people, enter_who_came, plan_duty
from shuoshi.demo.stage import Stage
from shuoshi.matters.queries.clock import ZONE
from shuoshi.notices.models import Notice
from shuoshi.org.actions.calendar import seed_calendar
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.units import mines, unit_coded


BEFORE, AFTER = timedelta(days=93), timedelta(days=31)
READ_AFTER = timedelta(days=3)


class DemoRefused(Refused):
    """The house is already lived in."""


def _tell_nobody(_done: int, _total: int) -> None:
    """Load quietly."""


@dataclass(frozen=True)
class Loaded:
    """What the demo brought: nothing where it was there before."""

    people: int = 0
    units: int = 0
    matters: int = 0
    steps: int = 0
    refused: tuple[str, ...] = ()


def demo_is_loaded() -> bool:
    return unit_coded(CODE) is not None and person_named(LOGINS[0].username) is not None


def load_demo(
    *, now: datetime, told: Callable[[int, int], None] = _tell_nobody, most: int = 100
) -> Loaded:
    """
    Load the mine, its people and three months of their matters, all or nothing.

    Loading it again does nothing. ``most`` is how often the same plot is played.

    :raises DemoRefused: if another mine lives here.
    """
    if demo_is_loaded():
        return Loaded()
    if mines():
        raise DemoRefused(_("这个库里已经有单位，不能再装演示数据。"))
    with transaction.atomic():
        return _load(now, told, most)


def _load(now: datetime, told: Callable[[int, int], None], most: int) -> Loaded:
    seed_calendar(now=now)
    mine, units = build_mine()
    people = enter_people(units)
    days = work_calendar(mine.pk, generation())
    today = now.astimezone(ZONE).date()
    plan_duty(units, people, first=today - BEFORE, last=today + AFTER, days=days)
    enter_who_came(before=today)
    stage = Stage(people, days, now)
    scenes = cast(stage, most=most)
    for scene in scenes:
        stage.add(scene)
    stage.run(lambda done: told(done, len(scenes)))
    # Nobody leaves a notice unread for months.
    old = Notice.objects.filter(read_at=None, at__lt=now - READ_AFTER)
    old.update(read_at=now - READ_AFTER, sent_at=now - READ_AFTER)
    return Loaded(
        people=len(people.by_login),
        units=len(units),
        matters=stage.entered,
        steps=stage.steps,
        refused=tuple(stage.refused),
    )
