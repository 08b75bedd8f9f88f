import logging
from datetime import timedelta

import pytest

from shuoshi.jobs.actions import enqueue
from shuoshi.jobs.actions.work import (
    add_periodic,
    beat,
    claim,
    forget_ended,
    run,
    sign_off,
)
from shuoshi.jobs.models import Heartbeat, Job, JobState
from shuoshi.jobs.rules.registry import TASKS
from shuoshi.trail.models import Reading
from tests.jobs.sample import NOW, fail, fail_half_way, hang, lose_the_lease, note


pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=6)


def clock():
    return NOW


def work(now=NOW, worker="one"):
    job = claim(worker=worker, now=now)
    return job and run(job, clock=lambda: now)


def test_an_empty_queue_gives_nothing(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert claim(worker="one", now=NOW) is None


def test_claim_leases_a_job():
    note.enqueue(number=1)

    job = claim(worker="one", now=NOW)

    assert (job.state, job.attempts, job.lease_by) == (JobState.RUNNING, 1, "one")
    assert job.lease_until == NOW + timedelta(minutes=5)
    assert claim(worker="two", now=NOW) is None


def test_a_lease_is_as_long_as_the_task_says():
    hang.enqueue()

    assert claim(worker="one", now=NOW).lease_until == NOW + timedelta(minutes=1)


def test_jobs_come_by_priority_then_in_turn_and_not_before_their_time():
    note.using(run_at=NOW + timedelta(seconds=1)).enqueue(number=4)
    note.enqueue(number=2)
    note.using(run_at=NOW).enqueue(number=3)
    note.using(priority=1).enqueue(number=1)

    while work():
        pass

    assert list(Reading.objects.values_list("mine_id", flat=True)) == [1, 2, 3]


def test_run_does_the_job_and_ends_it():
    note.enqueue(number=7)

    assert work() is True

    job = Job.objects.get()
    assert (job.state, job.ended_at, job.lease_until) == (JobState.DONE, NOW, None)
    assert Reading.objects.get().mine_id == 7


def test_a_failure_changes_nothing_waits_and_is_given_up(caplog):
    fail.enqueue(number=13800000000)

    with caplog.at_level(logging.WARNING):
        assert work() is False
        first = Job.objects.get()
        assert work() is None
        assert work(LATER) is False
    last = Job.objects.get()

    assert (first.state, first.run_at) == (JobState.READY, NOW + timedelta(seconds=10))
    assert (first.attempts, first.lease_until) == (1, None)
    assert (last.state, last.attempts, last.ended_at) == (JobState.DEAD, 2, LATER)
    assert last.error.startswith("ValueError at tests/jobs/sample.py:")
    assert not Reading.objects.exists()
    assert len(caplog.messages) == 2
    assert not any("13800000000" in text or "张三" in text for text in caplog.messages)


def test_a_task_that_is_not_atomic_keeps_what_it_did():
    fail_half_way.enqueue()

    assert work() is False

    assert Reading.objects.count() == 1
    assert Job.objects.get().state == JobState.DEAD


def test_a_task_that_is_gone_fails():
    note.enqueue(number=1)
    Job.objects.update(name="rooms.gone")

    assert work() is False

    assert Job.objects.get().error.startswith("UnknownTask")


def test_a_job_of_a_killed_worker_is_taken_over():
    note.enqueue(number=1)
    lost = claim(worker="one", now=NOW)

    assert work(LATER, worker="two") is True

    job = Job.objects.get()
    assert (job.state, job.attempts, job.lease_by) == (JobState.DONE, 2, "two")
    # The first was not dead, only slow: it finds the lease gone and leaves no trace.
    assert run(lost, clock=lambda: LATER) is False
    assert Reading.objects.count() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_job_that_kills_its_workers_is_given_up():
    hang.enqueue()
    for minutes in (0, 2):
        claim(worker="one", now=NOW + timedelta(minutes=minutes))

    assert claim(worker="one", now=LATER) is None

    job = Job.objects.get()
    assert (job.state, job.attempts, job.error) == (JobState.DEAD, 2, "LeaseLost")


def test_the_second_worker_finds_the_job_taken(monkeypatch):
    note.enqueue(number=1)
    claim(worker="one", now=NOW)
    # As if the other had been faster between the look and the lease.
    monkeypatch.setattr("shuoshi.jobs.actions.work._is_idle", lambda now: False)

    assert claim(worker="two", now=NOW) is None


def test_a_lost_lease_undoes_the_work():
    lose_the_lease.enqueue()

    assert work() is False

    assert not Reading.objects.exists()
    assert Job.objects.get().error.startswith("LeaseLost at jobs/actions/work.py:")


def test_periodic_tasks_are_added_once_a_slot():
    names = sorted(name for name, task in TASKS.items() if task.schedule)

    for _worker in range(3):
        add_periodic(NOW, {})

    assert sorted(Job.objects.values_list("name", flat=True)) == names


def test_a_worker_remembers_the_slots_it_has_added(django_assert_num_queries):
    seen = {}
    add_periodic(NOW, seen)

    with django_assert_num_queries(0):
        add_periodic(NOW + timedelta(seconds=1), seen)


def test_a_slot_that_still_waits_is_not_added_again():
    add_periodic(NOW, {})
    before = Job.objects.count()
    hours = [NOW + timedelta(hours=number) for number in range(5)]

    for hour in hours:
        add_periodic(hour, {})
    assert Job.objects.count() == before

    Job.objects.update(state=JobState.DONE, ended_at=NOW)
    add_periodic(hours[-1], {})
    hourly = Job.objects.filter(name="jobs.forget_old_jobs")
    assert [job.run_at.hour for job in hourly.order_by("id")] == [5, 9]


def test_beat_and_sign_off():
    for minutes in (0, 1):
        beat(worker="one", now=NOW + timedelta(minutes=minutes))
    beat(worker="two", now=NOW)

    assert dict(Heartbeat.objects.values_list("worker", "at")) == {
        "one": NOW + timedelta(minutes=1),
        "two": NOW,
    }
    sign_off(worker="one")
    assert str(Heartbeat.objects.get()) == "two"


def test_old_jobs_are_forgotten():
    ages = [(JobState.DONE, 6), (JobState.DONE, 8), (JobState.DEAD, 8)]
    for state, days in [*ages, (JobState.DEAD, 31)]:
        enqueue("tests.jobs.sample.note", {"number": days})
        Job.objects.filter(ended_at=None).update(
            state=state, ended_at=NOW - timedelta(days=days)
        )
    note.enqueue(number=0)
    beat(worker="gone", now=NOW - timedelta(days=2))
    beat(worker="here", now=NOW)

    assert forget_ended(now=NOW) == 2

    kept = Job.objects.order_by("id").values_list("state", "arguments__number")
    assert list(kept) == [("DONE", 6), ("DEAD", 8), ("READY", 0)]
    assert Heartbeat.objects.get().worker == "here"


@pytest.mark.parametrize("name", ["job_ready", "job_leased"])
@pytest.mark.sqlite("PostgreSQL scans a small table whatever its indexes")
def test_the_queue_is_read_by_its_small_indexes(name):
    queries = {
        "job_ready": Job.objects.filter(state=JobState.READY, run_at__lte=NOW).order_by(
            "-priority", "id"
        ),
        "job_leased": Job.objects.filter(
            state=JobState.RUNNING, lease_until__lt=NOW
        ).order_by("lease_until"),
    }

    assert name in queries[name].explain()
