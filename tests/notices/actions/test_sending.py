from datetime import timedelta

import pytest

from shuoshi.notices.actions import send_in_app, sending
from shuoshi.notices.models import Notice
from shuoshi.notices.queries import outbox_waiting
from shuoshi.notices.tasks import send
from tests.notices.factories import NOW, person, tell


pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize("batch", [1, 2, 1000])
def test_what_waits_is_sent_once(monkeypatch, batch):
    monkeypatch.setattr(sending, "BATCH", batch)
    tell(person(), person(), None)

    assert send_in_app(now=NOW) == 3
    assert send_in_app(now=LATER) == 0

    assert set(Notice.objects.values_list("sent_at", flat=True)) == {NOW}


def test_other_roads_keep_waiting():
    tell(person())
    Notice.objects.update(road="PAPER")

    assert send_in_app(now=NOW) == 0

    assert outbox_waiting("PAPER").count() == 1


def test_the_task_empties_the_outbox():
    tell(person())

    send()

    assert not outbox_waiting("IN_APP").exists()
