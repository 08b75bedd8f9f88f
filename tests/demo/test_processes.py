"""The two processes of the house: started again when they die, gone when asked."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from shuoshi.demo.processes import Child, end, keep_running


PATIENCE = 20
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# One that starts another in its group, like a web server with its workers.
PARENT = [
    sys.executable,
    "-c",
    (
        "import subprocess, sys, time;"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid,"
        " flush=True); time.sleep(600)"
    ),
]
# One that does not want to go.
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
]


def wait_until(true, what):
    give_up = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < give_up, what
        time.sleep(0.05)


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def child():
    made = []

    def make(command):
        made.append(Child("孩子", command))
        return made[-1]

    yield make
    end(made)


def test_a_child_that_dies_is_started_again_after_a_pause(child):
    one, said = child(SLEEPER), []
    one.pause = 0.1
    one.look(said.append)
    first = one.process.pid

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not one.is_alive(), "it was killed")
    one.look(said.append)
    wait_until(lambda: one.look(said.append) or one.is_alive(), "it starts again")

    assert one.starts == 2
    assert one.process.pid != first
    assert one.pause == pytest.approx(0.2)
    assert len(said) == 1


def test_a_child_that_cannot_live_is_tried_ever_more_slowly(child):
    one = child([sys.executable, "-c", "raise SystemExit(3)"])
    one.pause = 0.01

    for _ in range(4):
        wait_until(lambda: one.look(lambda _: None) or one.is_alive(), "it starts")
        wait_until(lambda: not one.is_alive(), "it ends")
        one.look(lambda _: None)

    # Twice as long each time; on a busy machine it may have died once more by now.
    assert one.pause >= 0.16


def test_the_end_takes_children_of_children_along(child, capfd):
    one = child(PARENT)
    one.look(lambda _: None)
    wait_until(lambda: not capfd_is_empty(capfd, one), "it told its child")

    end([one])

    assert not one.is_alive()
    wait_until(lambda: not is_alive(one.grandchild), "the grandchild is gone")


def capfd_is_empty(capfd, one):
    told = capfd.readouterr().err.strip()
    if told:
        one.grandchild = int(told)
    return not told


def test_who_does_not_want_to_go_is_killed(child, monkeypatch):
    monkeypatch.setattr("shuoshi.demo.processes.PATIENCE", 0.3)
    one = child(STUBBORN)
    one.look(lambda _: None)
    time.sleep(0.5)

    end([one])

    assert not one.is_alive()
    assert one.process.returncode == -signal.SIGKILL


def test_children_run_until_the_end_is_asked_for(child):
    one, asked, said = child(SLEEPER), threading.Event(), []

    def open_said():
        said.append("open")
        asked.set()

    keep_running(
        [one],
        asked=asked,
        said=said.append,
        is_open=one.is_alive,
        open_said=open_said,
    )

    assert said == ["open"]
    assert not one.is_alive()


def test_children_do_not_outlive_who_started_them():
    code = (
        "import sys, time; from shuoshi.demo.processes import Child;"
        f"one = Child('x', {SLEEPER!r}); one.start();"
        "print(one.process.pid, flush=True); time.sleep(600)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    )
    pid = int(starter.stdout.readline())
    assert is_alive(pid)

    starter.kill()
    starter.wait()
    starter.stdout.close()

    wait_until(lambda: not is_alive(pid), "the child is gone")
