from datetime import timedelta

import pytest

from shuoshi.jobs.actions.work import beat, claim
from shuoshi.jobs.models import Job, JobState
from shuoshi.jobs.queries import dead_jobs, worker_is_well
from tests.jobs.sample import NOW, note


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("seconds", "well"), [(0, True), (60, True), (61, False)])
def test_a_worker_is_well_while_it_shows_up(seconds, well):
    beat(worker="one", now=NOW)

    assert worker_is_well(NOW + timedelta(seconds=seconds)) is well


def test_no_worker_is_not_well():
    assert worker_is_well(NOW) is False


def test_a_worker_is_well_while_at_work():
    note.enqueue(number=1)
    claim(worker="one", now=NOW)

    assert worker_is_well(NOW + timedelta(minutes=4)) is True
    assert worker_is_well(NOW + timedelta(minutes=6)) is False


def test_dead_jobs_are_listed_the_latest_first():
    for number in range(3):
        note.using(key=str(number)).enqueue(number=number)
    for number in range(2):
        Job.objects.filter(key=str(number)).update(
            state=JobState.DEAD, ended_at=NOW + timedelta(minutes=number)
        )

    assert [job.key for job in dead_jobs()] == ["1", "0"]
