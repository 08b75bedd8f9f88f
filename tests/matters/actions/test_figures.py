import random
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections

from shuoshi.matters.actions.figures import recount_dirty, recount_month
from shuoshi.matters.models import DailyFigure, Dirty, Matter, MonthlyFigure
from shuoshi.matters.queries.figures import tally_of
from shuoshi.matters.rules.spans import MONTHS
from tests.matters import counting
from tests.matters.house import NOW, Story, build_house, raised


LATER = NOW + timedelta(days=60)


def counted():
    """Return the matters that figures are about: those that name nobody."""
    return Matter.objects.filter(names_objects=False)


def shown(house, months=MONTHS):
    tally = tally_of(house.mine.pk, NOW.year, now=LATER)
    by_unit, by_channel = Counter(), Counter()
    for into, rows in ((by_unit, tally.by_unit), (by_channel, tally.by_channel)):
        for by_month in rows.values():
            for month in by_month.keys() & set(months):
                into.update(by_month[month])
    assert by_unit == by_channel
    return {name: n for name, n in by_unit.items() if n}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_exact_whatever_has_been_counted(seed):
    rng, house = random.Random(seed), build_house()
    for _ in range(4):
        for _ in range(8):
            counting.tell(house, rng)
        recount_dirty(most=rng.randrange(1, 12))
        for month in (9, 10):
            raised_then = counted().filter(received_on__month=month)

            assert shown(house, [month]) == counting.total(raised_then, LATER)


@pytest.mark.django_db
def test_recounting_everything_leaves_nothing_to_count_live():
    rng, house = random.Random(9), build_house()
    for plot in counting.PLOTS:
        counting.tell(house, rng, plot)

    recount_dirty()

    assert not Dirty.objects.exists()
    whole = counted().count()
    assert sum(DailyFigure.objects.values_list("raised", flat=True)) == whole
    assert sum(MonthlyFigure.objects.values_list("raised", flat=True)) == whole
    assert shown(house) == counting.total(counted(), LATER)


@pytest.mark.django_db
def test_recounting_takes_at_most_so_many_days():
    house = build_house()
    for n in range(5):
        raised(house, now=NOW + timedelta(days=n))

    assert recount_dirty(most=3) == 3
    assert Dirty.objects.values("day").distinct().count() == 2
    assert recount_dirty() == 2
    assert recount_dirty() == 0


@pytest.mark.django_db
def test_a_day_whose_matters_all_moved_is_emptied():
    house = build_house()
    matter = raised(house)
    recount_dirty()
    Matter.objects.filter(pk=matter.pk).update(
        received_on=NOW.date() - timedelta(days=1)
    )
    Dirty.objects.create(mine=house.mine, day=NOW.date())

    recount_dirty()

    assert not DailyFigure.objects.exists()
    assert not MonthlyFigure.objects.exists()


@pytest.mark.django_db
def test_only_the_days_that_were_asked_for_are_taken_away():
    house = build_house()
    story = Story(house)
    Story(house, now=NOW + timedelta(days=1))

    recount_month(house.mine.pk, NOW.date().replace(day=1), [NOW.date()])
    story.triaged()

    assert set(Dirty.objects.values_list("day", flat=True)) == {
        NOW.date(),
        NOW.date() + timedelta(days=1),
    }
    assert shown(house) == counting.total(counted(), LATER)


@pytest.mark.django_db(transaction=True)
def test_counting_and_changing_at_once_stay_exact():
    house = build_house()
    stories = [Story(house, now=NOW + timedelta(days=n % 3)) for n in range(12)]
    stop, wrong = threading.Event(), []

    def count():
        while not stop.is_set():
            recount_dirty()
        connections.close_all()

    workers = [threading.Thread(target=count) for _ in range(2)]
    for worker in workers:
        worker.start()
    try:
        for number, story in enumerate(stories, start=1):
            story.rng = random.Random(number)
            counting.triaged(story)
            found = shown(house)
            if found["raised"] != 12 or found["triaged"] != number:
                wrong.append((number, found))
    finally:
        stop.set()
        for worker in workers:
            worker.join()
    recount_dirty()

    assert wrong == []
    assert shown(house) == counting.total(counted(), LATER)
    assert sum(DailyFigure.objects.values_list("triaged", flat=True)) == 12
