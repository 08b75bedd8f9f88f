import pytest
from django.db import transaction

from shuoshi.org.actions.generation import bump
from shuoshi.org.models import Generation
from shuoshi.org.queries.generation import asked_once, generation


pytestmark = pytest.mark.django_db


def test_before_the_first_change_it_is_nought():
    Generation.objects.all().delete()

    assert generation() == 0


def test_a_number_that_was_taken_back_never_comes_again():
    numbers = {generation()}
    for _time in range(5):
        bump()
        numbers.add(generation())
        with transaction.atomic():
            bump()
            numbers.add(generation())
            transaction.set_rollback(True)

    assert len(numbers) == 11
    assert Generation.objects.count() == 1


def test_while_a_page_is_made_it_is_asked_once(django_assert_num_queries):
    with django_assert_num_queries(1), asked_once():
        assert generation() == generation()


def test_what_changes_meanwhile_is_asked_again():
    with asked_once():
        before = generation()
        bump()

        assert generation() != before
