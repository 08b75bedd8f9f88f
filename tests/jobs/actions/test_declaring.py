from datetime import time, timedelta

import pytest

from shuoshi.jobs.actions import Task, enqueue, periodic, task
from shuoshi.jobs.models import Job, JobState
from shuoshi.jobs.rules.failures import UnknownTask
from shuoshi.jobs.rules.registry import TASKS
from shuoshi.jobs.rules.schedule import EPOCH, Daily, Every
from shuoshi.trail.models import Reading
from tests.jobs.sample import NOW, fail, note


pytestmark = pytest.mark.django_db


@pytest.fixture
def _registry():
    before = dict(TASKS)
    yield
    TASKS.clear()
    TASKS.update(before)


def test_a_task_is_still_a_function():
    note(7)

    assert Reading.objects.get().mine_id == 7
    assert not Job.objects.exists()


def test_enqueue_keeps_ids_for_later():
    note.enqueue(number=7)

    job = Job.objects.get()
    assert (job.name, job.arguments) == ("tests.jobs.sample.note", {"number": 7})
    assert (job.state, job.run_at, job.key) == (JobState.READY, EPOCH, None)
    assert str(job) == f"#{job.pk} tests.jobs.sample.note READY"


def test_a_task_brings_its_own_attempts():
    fail.enqueue(number=7)

    assert Job.objects.get().max_attempts == 2


def test_using_says_when_and_how():
    note.using(run_at=NOW, key="once", priority=3).enqueue(number=7)

    job = Job.objects.get()
    assert (job.run_at, job.key, job.priority) == (NOW, "once", 3)


def test_a_key_is_enqueued_once():
    for number in (1, 2):
        note.using(key="once").enqueue(number=number)
        note.enqueue(number=number)

    kept = Job.objects.filter(key="once").values_list("arguments__number", flat=True)
    assert list(kept) == [1]
    assert Job.objects.count() == 3


def test_a_job_names_its_arguments():
    with pytest.raises(TypeError, match="name the arguments"):
        note.enqueue(7)

    assert not Job.objects.exists()


@pytest.mark.parametrize("value", ["x" * 65, None, 0.5, ["a"], {"a": 1}])
def test_arguments_are_ids(value):
    with pytest.raises(TypeError, match="must be ids"):
        enqueue("tests.jobs.sample.note", {"number": value})

    assert not Job.objects.exists()


def test_rooms_below_the_task_name_it():
    enqueue("tests.jobs.sample.note", {"number": 7})

    assert Job.objects.get().arguments == {"number": 7}
    with pytest.raises(UnknownTask):
        enqueue("tests.jobs.sample.nothing")


@pytest.mark.usefixtures("_registry")
def test_declare_periodic_tasks():
    @periodic(every=timedelta(minutes=5))
    def often():
        pass

    @periodic(daily_at=time(0, 10), attempts=1, atomic=True)
    def daily():
        pass

    assert isinstance(often, Task)
    assert TASKS[often.name].schedule == Every(timedelta(minutes=5))
    assert (TASKS[often.name].attempts, TASKS[often.name].atomic) == (3, False)
    assert TASKS[daily.name].schedule == Daily(time(0, 10))
    assert (TASKS[daily.name].attempts, TASKS[daily.name].atomic) == (1, True)


@pytest.mark.parametrize(
    "when", [{}, {"every": timedelta(minutes=5), "daily_at": time(1)}]
)
def test_a_periodic_task_has_one_schedule(when):
    with pytest.raises(ValueError, match="either an interval or a time"):
        periodic(**when)


@pytest.mark.usefixtures("_registry")
def test_two_tasks_cannot_share_a_name():
    def twice():
        pass

    task(twice)

    with pytest.raises(ValueError, match="two tasks of the name"):
        task(twice)


def test_the_rooms_have_declared_their_tasks():
    assert {"jobs.forget_old_jobs", "jobs.seal_yesterday"} <= set(TASKS)
