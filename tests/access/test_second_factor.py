"""Every post demands a second factor; those to which the access rules open most take two."""

import pytest

from shuoshi.accounts.models import User
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.second_factor import GRAVE, demands_second
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db


def test_every_post_demands_a_second_factor():
    assert all(demands_second({role}) for role in Role)
    assert not demands_second(())


def test_whoever_reads_what_is_protected_was_given_it_by_two():
    house = build_house()
    confidential = Story(house, identity="CONFIDENTIAL").matter
    sealed = Story(house).take("hand_to_discipline", "receiver", reason="说事人写明")
    reading = set()
    for person in User.objects.all():
        standing = standing_of(person)
        if gate.may(standing, Permission.SEE_SPEAKER, confidential) or gate.may(
            standing, Permission.READ, sealed.matter
        ):
            reading |= standing.roles

    assert reading == {Role.RECEPTION, Role.COORDINATOR, Role.DISCIPLINE}
    assert reading | ADMINISTRATORS <= GRAVE
