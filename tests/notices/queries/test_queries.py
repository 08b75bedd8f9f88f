from datetime import timedelta
from uuid import UUID

import pytest

from shuoshi.notices.actions import mark_read
from shuoshi.notices.queries import notices_of, outbox_waiting, unread_about, unread_of
from tests.notices.factories import ABOUT, NOW, person, tell


pytestmark = pytest.mark.django_db
OTHER = UUID(int=2)


def test_lists_show_ones_own_the_newest_first():
    me = person()
    tell(person(), None)
    tell(me, kind="first")
    tell(me, kind="second", about=OTHER, at=NOW + timedelta(hours=1))

    assert [notice.kind for notice in notices_of(me)] == ["second", "first"]
    assert [notice.kind for notice in unread_of(me)] == ["second", "first"]
    assert [notice.kind for notice in unread_about(me, ABOUT)] == ["first"]
    mark_read(me, OTHER, now=NOW)
    assert [notice.kind for notice in unread_of(me)] == ["first"]
    assert notices_of(me).count() == 2


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (notices_of(1)[:25], "notice_newest"),
        (unread_of(1)[:25], "notice_unread"),
        (unread_about(1, ABOUT), "notice_unread"),
        (outbox_waiting("IN_APP")[:25], "notice_waiting"),
    ],
)
@pytest.mark.sqlite("PostgreSQL scans a small table whatever its indexes")
def test_lists_are_read_by_an_index(query, index):
    assert index in query.explain()
