import random
import threading
from datetime import timedelta

import pytest
from django.db import connections

from shuoshi.matters.actions.figures import recount_dirty, recount_week
from shuoshi.matters.models import DailyFigure, Dirty, Matter, WeeklyFigure
from shuoshi.matters.queries.figures import Period, Scope, figures_of
from shuoshi.matters.rules.figures import monday_of
from tests.matters import counting
from tests.matters.house import NOW, Story, build_house, raised


LATER = NOW + timedelta(days=60)
ALL = Period(NOW.date() - timedelta(days=9), NOW.date() + timedelta(days=60))


def shown(house, period=ALL, **scope):
    found = figures_of(Scope(house.mine.pk, **scope), period, now=LATER).total
    return {name: n for name, n in found.items() if n}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_exact_whatever_has_been_counted(seed):
    rng, house = random.Random(seed), build_house()
    for _ in range(4):
        for _ in range(8):
            counting.tell(house, rng)
        recount_dirty(most=rng.randrange(1, 12))
        since = NOW.date() + timedelta(days=rng.randrange(-3, 12))
        until = since + timedelta(days=rng.randrange(30))
        matters = Matter.objects.filter(received_on__range=(since, until))

        assert shown(house, Period(since, until)) == counting.total(matters, LATER)


@pytest.mark.django_db
def test_recounting_everything_leaves_nothing_to_count_live():
    rng, house = random.Random(9), build_house()
    for plot in counting.PLOTS:
        counting.tell(house, rng, plot)

    recount_dirty()

    assert not Dirty.objects.exists()
    plain = Matter.objects.filter(names_objects=False)
    assert sum(DailyFigure.objects.values_list("raised", flat=True)) == plain.count()
    assert sum(WeeklyFigure.objects.values_list("raised", flat=True)) == plain.count()
    assert shown(house) == counting.total(Matter.objects.all(), LATER)


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
    assert not WeeklyFigure.objects.exists()


@pytest.mark.django_db
def test_only_the_days_that_were_asked_for_are_taken_away():
    house = build_house()
    story = Story(house)
    Story(house, now=NOW + timedelta(days=1))

    recount_week(house.mine.pk, monday_of(NOW.date()), [NOW.date()])
    story.triaged()

    assert set(Dirty.objects.values_list("day", flat=True)) == {
        NOW.date(),
        NOW.date() + timedelta(days=1),
    }
    assert shown(house) == counting.total(Matter.objects.all(), LATER)


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
    assert shown(house) == counting.total(Matter.objects.all(), LATER)
    assert sum(DailyFigure.objects.values_list("triaged", flat=True)) == 12
