"""Killed with -9 under load: nothing acknowledged is lost, nothing doubled, nothing stuck."""

import json
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT
from tests.backup.place import empty_place


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_the_house_keeps_what_it_acknowledged(tmp_path, vendor):
    """`make kill` does so a hundred times on either database."""
    with empty_place(tmp_path, vendor) as place:
        (place.data / "static").mkdir()
        place.shuoshi("collectstatic", "--noinput", "--verbosity", "0")

        done = subprocess.run(
            [sys.executable, "-m", "tests.kills", "4", "7"],
            cwd=ROOT,
            env=place.environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    told = json.loads(done.stdout or "{}")
    assert (done.returncode, told.get("wrong")) == (0, []), done.stderr[-2000:]
    assert sum(told["kills"].values()) == 4
    assert told["acknowledged"] > 0
