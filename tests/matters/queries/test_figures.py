import random
from datetime import timedelta

import pytest

from shuoshi.matters.actions.figures import recount_dirty
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.figures import (
    Scope,
    matters_behind,
    scope_of,
    tally_of,
)
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.queries.published import published_figures, published_shares
from shuoshi.matters.rules.cells import ORDER, is_few
from shuoshi.matters.rules.figures import MEASURES, OVERDUE
from shuoshi.matters.rules.spans import Span
from tests.matters import counting
from tests.matters.house import NOW, Story, build_house, raised


pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)
YEAR = Span(NOW.year)
VIEWERS = ("coordinator", "chief", "leader", "head", "other_head", "party_head")


@pytest.fixture(scope="module")
def house(shared_rows):
    rng, house = random.Random(4), build_house()
    for plot in counting.PLOTS * 3:
        counting.tell(house, rng, plot)
    recount_dirty(most=9)
    return house


def figures_for(house, who, span=YEAR):
    scope = scope_of(house.standing(who))
    return scope, published_figures(scope, span, now=LATER)


def total_of(house, months=range(1, 13)):
    tally = tally_of(house.mine.pk, NOW.year, now=LATER)
    return {
        name: sum(
            counts[name]
            for by_month in tally.by_unit.values()
            for month, counts in by_month.items()
            if month in months
        )
        for name in (*MEASURES, OVERDUE)
    }


def test_a_number_is_the_list_behind_it(house):
    shown = 0
    for who in VIEWERS:
        scope, found = figures_for(house, who)
        for name, number in found.total.items():
            behind = matters_behind(scope, YEAR, name, now=LATER)
            assert number in {behind.count(), None}
            shown += bool(number)
    assert shown


def test_a_cell_is_the_list_behind_it(house):
    scope, found = figures_for(house, "coordinator")

    for row in found.units:
        pk = int(row.key)
        units = frozenset({pk}) if row.own else scope.tree.at_and_below({pk})
        listed = matters_behind(scope, YEAR, "raised", now=LATER, units=units)
        assert row.shown["raised"] in {listed.count(), None}
    for row in found.channels:
        listed = matters_behind(scope, YEAR, "raised", now=LATER, channel=row.key)
        assert row.shown["raised"] in {listed.count(), None}


def test_no_few_is_shown_to_anybody(house):
    for who in VIEWERS:
        for span in (YEAR, *YEAR.months):
            _scope, found = figures_for(house, who, span)
            rows = [
                found.total,
                *(row.shown for row in (*found.units, *found.channels)),
            ]
            for shown in (*rows, *(shown for _month, shown in found.months)):
                assert not any(is_few(number or 0) for number in shown.values())


def test_a_list_holds_only_what_the_viewer_may_see(house):
    for who in VIEWERS:
        scope = scope_of(house.standing(who))
        behind = set(matters_behind(scope, YEAR, "raised", now=LATER))

        assert behind <= set(matters_seen_by(house.standing(who)))
        assert not any(matter.names_objects for matter in behind)


def test_figures_are_the_same_for_who_is_kept_from_a_matter_and_who_is_not():
    house = build_house("ELSEWHERE")
    for _ in range(6):
        raised(house)
    before = total_of(house)
    Story(house).triaged(objects=[house.people["coordinator"]])

    shown = [figures_for(house, who)[1] for who in ("coordinator", "chief")]

    assert total_of(house) == before
    assert shown[0] == shown[1]
    assert shown[0].total["raised"] == 6


def test_what_is_sealed_is_raised_and_nothing_more(house):
    sealed = Matter.objects.filter(sealed=True, names_objects=False)
    tally = tally_of(house.mine.pk, NOW.year, now=LATER)

    root = tally.by_unit[house.units["root"].pk]

    assert sum(counts["raised"] for counts in root.values()) >= sealed.count() > 0
    assert sum(counts["ended"] for counts in root.values()) == 0


def test_nobody_is_told_of_the_sources_of_a_unit(house):
    assert figures_for(house, "coordinator")[1].channels
    assert not figures_for(house, "head")[1].channels


def test_rows_stand_in_an_order_that_tells_nothing(house):
    scope, found = figures_for(house, "chief")

    keys = [int(row.key) for row in found.units]

    assert keys == [pk for pk in scope.tree.units if pk in keys]


def test_an_empty_year_is_all_zeros(house):
    _scope, found = figures_for(house, "chief", Span(2020))

    assert set(found.total.values()) == {0}
    for row in (*found.units, *found.channels):
        assert set(row.shown.values()) == {0}


def test_who_cares_for_no_unit_has_no_figures(house):
    nobody = Scope(house.mine.pk, frozenset())

    found = published_figures(nobody, YEAR, now=LATER)

    assert set(found.total.values()) == {0}


def test_several_spans_are_summed_where_all_of_them_are_shown(house):
    for _ in range(9):
        raised(house)
    whole = Scope(house.mine.pk)

    def raised_in(*spans):
        return published_shares(whole, spans, now=LATER)[0].numerator

    assert raised_in(YEAR) == raised_in(Span(2025), YEAR)
    assert raised_in(YEAR) == total_of(house)["raised"]
    raised(house, now=NOW - timedelta(days=365))
    assert raised_in(Span(2025)) is None
    assert raised_in(Span(2025), YEAR) is None


def test_a_month_asks_as_often_as_a_year(house, django_assert_num_queries):
    for span in (YEAR, YEAR.months[8]):
        scope = scope_of(house.standing("coordinator"))
        with django_assert_num_queries(6):
            published_figures(scope, span, now=LATER)


def test_the_measures_are_those_that_are_looked_at():
    assert set(ORDER) == {*MEASURES, OVERDUE}
