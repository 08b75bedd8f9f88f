import json
import signal
import threading

import pytest
from django.core.management import call_command
from django.db import OperationalError

from shuoshi.jobs.management.commands import work
from shuoshi.jobs.models import Heartbeat, Job, JobState
from shuoshi.trail.models import Reading, Seal
from tests.jobs.sample import fail, note


@pytest.mark.django_db
def test_once_does_what_is_due_and_stops(capsys):
    note.enqueue(number=1)
    fail.enqueue(number=2)

    call_command("work", once=True, json=True)

    result = json.loads(capsys.readouterr().out)
    assert result == {"done": Job.objects.filter(state="DONE").count(), "failed": 1}
    assert result["done"] > 2
    assert [reading.mine_id for reading in Reading.objects.all()] == [1]
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db
def test_the_clockwork_seals_the_day_before():
    call_command("work", once=True)

    assert Seal.objects.count() == 1
    assert Job.objects.get(name="jobs.seal_yesterday").state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_failing_database_does_not_end_the_worker(monkeypatch, caplog):
    note.enqueue(number=1)
    claim, turns = work.claim, []

    def locked_at_first(**how):
        turns.append(how)
        if len(turns) == 1:
            raise OperationalError("database is locked")
        return claim(**how)

    monkeypatch.setattr(work, "claim", locked_at_first)
    monkeypatch.setattr(work, "POLL", 0.01)
    worker = work.Worker()
    threading.Timer(1, worker.stop.set).start()

    worker.work()

    assert Job.objects.get(name=note.name).state == JobState.DONE
    assert "worker waits: OperationalError" in caplog.messages
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_command_listens_to_signals(monkeypatch):
    before = {
        number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)
    }
    monkeypatch.setattr(work, "POLL", 0.01)
    threading.Timer(0.5, signal.raise_signal, [signal.SIGTERM]).start()

    try:
        call_command("work")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert not Heartbeat.objects.exists()
