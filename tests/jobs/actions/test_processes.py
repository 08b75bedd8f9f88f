"""Several workers in processes of their own, one of them killed."""

import time
from datetime import timedelta

import pytest

from shuoshi.jobs.actions.work import claim
from shuoshi.jobs.models import Heartbeat, Job, JobState
from shuoshi.trail.models import Reading
from tests.jobs.sample import hang, note
from tests.jobs.workshop import start_worker


pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


def wait_until(true):
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def test_four_workers_do_every_job_once():
    for number in range(60):
        note.enqueue(number=number)

    workers = [start_worker("empty") for _worker in range(4)]

    assert [worker.wait(PATIENCE) for worker in workers] == [0, 0, 0, 0]
    done = Job.objects.filter(name=note.name)
    assert set(done.values_list("state", "attempts")) == {(JobState.DONE, 1)}
    assert sorted(
        Reading.objects.filter(detail__field="x").values_list("mine_id", flat=True)
    ) == list(range(60))


def test_a_killed_workers_job_is_taken_over():
    hang.using(priority=1).enqueue()
    running = Job.objects.filter(name=hang.name, state=JobState.RUNNING)
    worker = start_worker("stopped")
    try:
        wait_until(running.exists)
    finally:
        worker.kill()
        worker.wait(PATIENCE)
    lease_until = running.get().lease_until
    Job.objects.exclude(name=hang.name).delete()

    assert claim(worker="heir", now=lease_until) is None
    taken = claim(worker="heir", now=lease_until + timedelta(seconds=1))

    assert (taken.name, taken.attempts) == (hang.name, 2)


def test_a_worker_asked_to_stop_signs_off():
    worker = start_worker("stopped")
    wait_until(Heartbeat.objects.exists)

    worker.terminate()

    assert worker.wait(PATIENCE) == 0
    assert not Heartbeat.objects.exists()
