import random
from datetime import timedelta

import pytest

from shuoshi.matters.actions.figures import recount_dirty
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.figures import (
    Period,
    Scope,
    figures_of,
    matters_behind,
    scope_of,
    shares_of,
)
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.figures import MEASURES, OVERDUE
from tests.matters import counting
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)
ALL = Period(NOW.date(), NOW.date() + timedelta(days=60))
VIEWERS = ("coordinator", "chief", "leader", "head", "other_head", "party_head")


@pytest.fixture
def house():
    rng, house = random.Random(4), build_house()
    for plot in counting.PLOTS:
        counting.tell(house, rng, plot)
    recount_dirty(most=9)
    return house


def counts_for(house, who):
    scope = scope_of(house.standing(who))
    return scope, figures_of(scope, ALL, now=LATER)


def test_a_number_is_the_list_behind_it(house):
    for who in VIEWERS:
        scope, found = counts_for(house, who)

        behind = {
            name: matters_behind(scope, ALL, name, now=LATER).count()
            for name in (*MEASURES, OVERDUE)
        }

        assert behind == found.total


def test_a_cell_is_the_list_behind_it(house):
    for who in VIEWERS:
        scope, found = counts_for(house, who)

        for unit, counts in found.by_unit.items():
            listed = matters_behind(
                scope, ALL, "raised", now=LATER, units=frozenset({unit})
            )
            assert listed.count() == counts["raised"]
        for channel, counts in found.by_channel.items():
            listed = matters_behind(scope, ALL, "answered", now=LATER, channel=channel)
            assert listed.count() == counts["answered"]


def test_weeks_add_up_to_the_whole(house):
    for who in VIEWERS:
        _scope, found = counts_for(house, who)

        for name in MEASURES:
            assert (
                sum(week[name] for week in found.by_week.values()) == found.total[name]
            )


def test_figures_count_only_what_the_viewer_may_see(house):
    for who in VIEWERS:
        scope, found = counts_for(house, who)
        seen = matters_seen_by(house.standing(who))
        mine = [
            matter
            for matter in seen
            if scope.units is None
            or (matter.lead_unit_id in scope.units and not matter.sealed)
        ]

        assert {k: v for k, v in found.total.items() if v} == counting.total(
            mine, LATER
        )


def test_who_is_kept_from_a_matter_does_not_count_it():
    house = build_house()
    Story(house).triaged(objects=[house.people["coordinator"]])

    raised = {
        who: counts_for(house, who)[1].total["raised"]
        for who in ("coordinator", "chief", "leader", "head", "other_head")
    }

    assert raised == {
        "coordinator": 0,
        "chief": 1,
        "leader": 1,
        "head": 1,
        "other_head": 0,
    }


def test_what_is_sealed_is_raised_and_nothing_more(house):
    sealed = Matter.objects.filter(sealed=True)
    units = {unit for unit, _ in sealed.values_list("lead_unit", "pk")}

    _scope, found = counts_for(house, "coordinator")

    root = house.units["root"].pk
    assert found.by_unit[root]["raised"] == sealed.count()
    assert found.by_unit[root]["ended"] == 0
    assert root not in units


def test_the_house_counts_everything(house):
    found = figures_of(Scope(house.mine.pk), ALL, now=LATER)

    assert found.total["raised"] == Matter.objects.count()
    assert found.shares()[0].numerator == Matter.objects.count()


def test_an_empty_period_has_empty_bases(house):
    before = Period(NOW.date() - timedelta(days=9), NOW.date() - timedelta(days=1))

    found = figures_of(Scope(house.mine.pk), before, now=LATER)

    assert {share.denominator for share in shares_of(found.total)} == {0}


def test_a_year_asks_as_often_as_a_day(house, django_assert_num_queries):
    for until in (NOW.date(), NOW.date() + timedelta(days=365)):
        scope = scope_of(house.standing("coordinator"))
        with django_assert_num_queries(6):
            figures_of(scope, Period(NOW.date(), until), now=LATER)
