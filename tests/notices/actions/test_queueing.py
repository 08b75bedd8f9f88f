import pytest

from shuoshi.notices.models import Notice
from tests.notices.factories import ABOUT, NOW, person, tell


pytestmark = pytest.mark.django_db


def test_everybody_gets_one_notice_in_one_query(django_assert_num_queries):
    one, two = person(), person()

    with django_assert_num_queries(1):
        tell(one, two, None)

    notices = Notice.objects.order_by("id")
    assert [notice.to_id for notice in notices] == [one, two, None]
    assert {(n.about, n.number, n.kind, n.mine_id, n.at) for n in notices} == {
        (ABOUT, "2026-0001", "answer", 1, NOW)
    }
    assert {(n.road, n.sent_at, n.read_at) for n in notices} == {("IN_APP", None, None)}
    assert str(notices[0]) == "2026-0001 answer"


def test_telling_nobody_adds_nothing():
    tell()

    assert not Notice.objects.exists()


def test_a_notice_has_no_place_for_content():
    assert {field.name for field in Notice._meta.fields} == {
        *("id", "mine_id", "to", "about", "number", "kind"),
        *("road", "at", "sent_at", "read_at"),
    }
