from datetime import timedelta
from uuid import UUID

import pytest

from shuoshi.notices.actions import mark_all_read, mark_read
from shuoshi.notices.models import Notice
from shuoshi.notices.queries import notices_of, unread_of
from tests.notices.factories import ABOUT, NOW, person, tell


pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
OTHER = UUID(int=2)


def test_mark_read_takes_ones_own_notices_about_one_matter():
    me, somebody = person(), person()
    tell(me, somebody, None)
    tell(me, about=OTHER)

    assert mark_read(me, ABOUT, now=LATER) == 1

    assert [notice.about for notice in unread_of(me)] == [OTHER]
    assert unread_of(somebody).count() == 1
    assert list(Notice.objects.exclude(read_at=None).values_list("to", "read_at")) == [
        (me, LATER)
    ]


def test_the_first_reading_counts():
    me = person()
    tell(me)
    mark_read(me, ABOUT, now=NOW)

    assert mark_read(me, ABOUT, now=LATER) == 0

    assert notices_of(me).get().read_at == NOW


def test_mark_all_read_leaves_what_came_after():
    me = person()
    tell(me)
    tell(me, about=OTHER, at=LATER)

    assert mark_all_read(me, now=NOW) == 1

    assert unread_of(me).get().about == OTHER
