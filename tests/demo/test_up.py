"""``shuoshi up`` as a person starts and ends it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest


PATIENCE = 60


def shuoshi(data, *given, **environment):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("COV", "DJANGO"))}
    for name in ("DATABASE_URL", "PYTEST_CURRENT_TEST"):
        plain.pop(name, None)
    return subprocess.Popen(
        [Path(sys.executable).parent / "shuoshi", *given],
        env=plain
        | {"SHUOSHI_DEBUG": "1", "SHUOSHI_DATA": str(data)}
        | {name: str(value) for name, value in environment.items()},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(port):
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status
    except HTTPError as error:
        error.close()
        return error.code
    except (URLError, ConnectionError, TimeoutError):
        return None


def wait_for(wanted, port):
    give_up = time.monotonic() + PATIENCE
    while (now := status(port)) != wanted:
        assert time.monotonic() < give_up, f"{now}, not {wanted}"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("up")
    (folder / "static").mkdir()
    made = shuoshi(folder, "migrate", "--verbosity", "0")
    assert made.communicate()[1] == ""
    return folder


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_up_serves_until_it_is_ended_and_leaves_nothing(data, how):
    port = free_port()
    up = shuoshi(data, "up", "--json", PORT=port)
    try:
        told = json.loads(up.stdout.readline())
        wait_for(200, port)
    finally:
        up.send_signal(how)
    up.communicate()

    address = f"http://127.0.0.1:{port}"
    # An empty house says, once, where its first three are entered.
    assert told.pop("set_up").startswith(f"{address}/office/set-up/")
    assert told == {
        "address": address,
        "sign_ins": [],
        "receipts": [],
    }
    wait_for(None, port)
    assert up.returncode == (-how if how == signal.SIGKILL else 0)


def test_up_refuses_a_database_that_was_not_made(tmp_path):
    up = shuoshi(tmp_path, "up", PORT=free_port())

    out, err = up.communicate()

    assert (up.returncode, out) == (1, "")
    assert "make setup" in err


def test_up_refuses_a_port_that_is_taken(data):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        up = shuoshi(data, "up", PORT=port)
        _out, err = up.communicate()

    assert up.returncode == 1
    assert str(port) in err


@pytest.mark.parametrize("port", ["", "0", "70000", "eight", "８０００"])
def test_up_refuses_what_is_no_port(data, port):
    up = shuoshi(data, "up", PORT=port)

    _out, err = up.communicate()

    assert up.returncode == 2
    assert "PORT" in err
