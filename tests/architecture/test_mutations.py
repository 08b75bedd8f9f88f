"""The list of weakenings fits the code: each line is there, each test exists, each compiles."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from tools.mutate import ROOT, weakenings


ALL = list(weakenings())


def named(weakening):
    return f"{weakening.subject}: {weakening.means}"


def functions_in(path):
    tree = ast.parse((ROOT / path).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("weakening", ALL, ids=named)
def test_the_line_is_there_and_its_tests_exist(weakening):
    text = (ROOT / weakening.file).read_text()

    compile(weakening.applied(text), weakening.file, "exec")

    assert weakening.tests
    for test in weakening.tests:
        path, _, function = test.partition("::")
        assert (ROOT / path).exists()
        assert not function or function.rpartition("::")[2] in functions_in(path)


def test_no_weakening_only_breaks(tmp_path):
    """A name that nobody knows would fail every test and prove nothing."""
    for place, weakening in enumerate(ALL):
        text = (ROOT / weakening.file).read_text()
        (tmp_path / f"w{place}.py").write_text(weakening.applied(text))
    ruff = Path(sys.executable).with_name("ruff")

    told = subprocess.run(
        [ruff, "check", "--isolated", "--select", "F821", tmp_path],
        capture_output=True,
        text=True,
    )

    assert told.returncode == 0, told.stdout


def test_they_are_many_and_of_every_subject():
    assert len({(one.file, one.old, one.new) for one in ALL}) == len(ALL)
    assert len(ALL) >= 40
    assert {one.subject for one in ALL} >= {
        "access",
        "recusal",
        "seal",
        "throttle",
        "chain",
        "suppression",
    }
