import pytest
from django.db import transaction

from shuoshi.matters.actions.numbers import next_number
from shuoshi.matters.models import Series
from tests.matters.house import build_house


@pytest.fixture
def mine(db):
    return build_house().mine.pk


def test_one_after_the_other(mine):
    assert [next_number(mine, "matters", 2026) for _time in range(3)] == [1, 2, 3]
    assert next_number(mine, "letter:DECLINE", 2026) == 1
    assert next_number(mine, "matters", 2027) == 1


def test_many_at_once_are_taken_together(mine):
    assert next_number(mine, "matters", 2026, count=10) == 10
    assert next_number(mine, "matters", 2026) == 11


def test_what_is_rolled_back_is_given_back(mine):
    next_number(mine, "matters", 2026)
    with transaction.atomic():
        next_number(mine, "matters", 2026)
        transaction.set_rollback(True)

    assert next_number(mine, "matters", 2026) == 2
    assert Series.objects.get().last == 2


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_none_is_taken():
    mine = build_house().mine.pk

    with pytest.raises(transaction.TransactionManagementError):
        next_number(mine, "matters", 2026)
    assert not Series.objects.exists()
