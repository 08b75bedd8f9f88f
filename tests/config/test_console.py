"""The console as people type it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


SCRIPT = Path(sys.executable).with_name("shuoshi")


def shuoshi(*arguments, **environment):
    return subprocess.run(
        [SCRIPT, *arguments],
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_its_secrets_nothing_starts():
    done = shuoshi("verify")

    assert done.returncode == 2
    assert "SHUOSHI_SECRET_KEY" in done.stderr
    assert "SHUOSHI_KEYS" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("keys", ["nonsense", "k1:aes:AAAA", "k1:des:AAAA"])
def test_a_broken_ring_is_said_without_the_key(keys):
    done = shuoshi("verify", SHUOSHI_SECRET_KEY="x" * 50, SHUOSHI_KEYS=keys)

    assert done.returncode != 0
    assert "SHUOSHI_KEYS" in done.stderr
    assert "AAAA" not in done.stderr


def test_a_short_secret_is_no_secret():
    done = shuoshi("verify", SHUOSHI_SECRET_KEY="x", SHUOSHI_KEYS="k1:aes:AAAA")

    assert (done.returncode, "SHUOSHI_SECRET_KEY" in done.stderr) == (2, True)


@pytest.mark.parametrize("typed", ["no-such-command", "--json"])
def test_an_unknown_command_is_wrong_use(typed):
    done = shuoshi(typed, SHUOSHI_DEBUG="1")

    assert (done.returncode, typed in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


def test_dashes_and_underscores_are_one():
    assert shuoshi("import-ledger", "--help", SHUOSHI_DEBUG="1").returncode == 0


def test_migrating_makes_the_data_folder(tmp_path):
    data = tmp_path / "not" / "there"

    done = shuoshi("migrate", SHUOSHI_DEBUG="1", SHUOSHI_DATA=str(data))

    assert done.returncode == 0, done.stderr
    assert (data / "shuoshi.sqlite3").is_file()


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()

    done = shuoshi(
        "migrate", SHUOSHI_DEBUG="1", SHUOSHI_DATA=str(tmp_path / "file" / "x")
    )

    assert (done.returncode, "SHUOSHI_DATA" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr
