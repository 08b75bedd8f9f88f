import pytest

from shuoshi.org.actions.structure import add_category, change_limit
from shuoshi.org.models import Category, LimitTemplate
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.limits import categories_of, ladder_of, limits_of
from shuoshi.org.rules.defaults import LADDER, LIMITS
from shuoshi.org.rules.standing import CLOCK
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


def complaint(house):
    return LimitTemplate.objects.get(
        mine=house.mine, key="ANSWER", request_type="COMPLAINT", is_active=True
    )


def test_a_new_mine_begins_with_the_defaults(house):
    assert len(limits_of(house.mine.pk)) == len(LIMITS)
    orders = [rung.order for rung in ladder_of(house.mine.pk)]
    assert orders == [rung["order"] for rung in LADDER]


def test_a_changed_limit_is_a_new_version(house):
    fresh = change_limit(
        complaint(house), amount=4, unit="WORKING", basis="新规定", by=CLOCK, now=NOW
    )

    assert fresh == complaint(house)
    assert (fresh.version, fresh.amount) == (2, 4)
    assert len(limits_of(house.mine.pk)) == len(LIMITS)
    again = change_limit(
        fresh, amount=3, unit="WORKING", basis="再改", by=CLOCK, now=NOW
    )
    assert again.version == 3


def test_a_running_matter_keeps_the_version_it_began_with(house):
    old = Story(house).triaged()
    due = old.matter.answer_due_at
    change_limit(
        complaint(house), amount=1, unit="WORKING", basis="新规定", by=CLOCK, now=NOW
    )

    old.take("accept", "head", handler=house.people["handler"])
    new = Story(house).triaged()

    assert old.matter.answer_due_at == due
    assert new.matter.answer_due_at < due
    assert old.matter.clock.get(kind="LIMIT").version == 1
    assert new.matter.clock.get(kind="LIMIT").version == 2


def test_categories_in_use(house):
    add_category(house.mine, code="bath", name="澡堂", usual_unit=None)
    Category.objects.filter(code="canteen").update(is_active=False)

    assert [one.code for one in categories_of(house.mine.pk, at=generation())] == [
        "bath"
    ]
