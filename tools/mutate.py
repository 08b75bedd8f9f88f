"""
Weaken one line at a time and see that a test notices: ``python -m tools.mutate [word …]``.

The list is ``tests/mutations/*.toml``. The working tree is never touched: each worker
has a copy of it under ``build/mutate``. First the named tests must pass as the code
stands; then each weakening runs its own tests, which must fail. A weakening that survives
means that a test is missing. Words pick those whose subject, file or meaning holds them.
"""

import argparse
import atexit
import importlib
import os
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.sqlite3.creation import DatabaseCreation


ROOT = Path(__file__).parents[1]
LISTS = ROOT / "tests" / "mutations"
SCRATCH = ROOT / "build" / "mutate"
TEMPLATE = SCRATCH / "migrated.sqlite3"
MIGRATE = DatabaseCreation.create_test_db
COPIED = ("src", "tests", "tools", "docs", "bench", "pyproject.toml", ".gitignore")
PATIENCE, LONGEST, MANY = 300, 1800, 10
PASSED, FAILED, BROKEN = 0, 1, 70
# Only what these tests need, and read once for all of them: most of the time goes there.
PLUGINS = ("-p", "pytest_django.plugin", "-p", "pytest_socket")
HEAVY = (
    "cryptography.hazmat.primitives.ciphers.aead",
    "django.contrib.auth",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "django.forms",
    "django.template.defaulttags",
    "django.test",
    "hypothesis.strategies",
    "pydantic",
    "openpyxl",
    "PIL.Image",
)


class Rotten(Exception):
    """A line of the list does not fit the code any more."""


@dataclass(frozen=True)
class Weakening:
    """One line made weaker, and the tests that must notice."""

    subject: str
    means: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    # Where the same line stands twice: the first one behind this text is meant.
    after: str = ""

    @property
    def is_in_the_tables(self) -> bool:
        """True where a database made before would not have the weakness."""
        return any(
            part in self.file for part in ("migrations", "models", "append_only")
        )

    def applied(self, text: str) -> str:
        """
        Return the text of the file with the line made weaker.

        :raises Rotten: if the line is not there exactly once.
        """
        start = 0
        if self.after:
            self._once(text, self.after)
            start = text.index(self.after)
        elif text.count(self.old) != 1:
            self._once(text, self.old)
        at = text.find(self.old, start)
        if at < 0 or self.old == self.new or "\n" in self.old + self.new:
            raise Rotten(f"{self.file}: {self.old!r} is no single line to be weakened")
        return text[:at] + self.new + text[at + len(self.old) :]

    def _once(self, text: str, part: str) -> None:
        if text.count(part) != 1:
            raise Rotten(f"{self.file}: {part!r} stands there {text.count(part)} times")


def weakenings() -> Iterator[Weakening]:
    """Read the whole list; the name of a file is the subject."""
    for path in sorted(LISTS.glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["weakening"]:
            yield Weakening(subject=path.stem, **row | {"tests": tuple(row["tests"])})


@dataclass(frozen=True)
class Tree:
    """A copy of the working tree, to be spoilt."""

    root: Path

    @classmethod
    @cache
    def mine(cls) -> "Tree":
        """Return the copy that belongs to this process."""
        return cls.made(str(os.getpid()))

    @classmethod
    def made(cls, name: str) -> "Tree":
        """Copy the working tree afresh."""
        root = SCRATCH / name
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        leave = shutil.ignore_patterns("__pycache__", ".hypothesis")
        for name in COPIED:
            there = ROOT / name
            if there.is_dir():
                shutil.copytree(there, root / name, ignore=leave)
            else:
                shutil.copy(there, root / name)
        return cls(root)

    def run(self, tests: tuple[str, ...], *, migrating: bool = True) -> tuple[int, str]:
        """
        Run tests here, in a process of their own; return how it ended and what it said.

        Without ``migrating`` they begin with the database that a run before has made.
        """
        said = self.root / "said.txt"
        child = os.fork()
        if not child:
            self._become_pytest(tests, said, migrating=migrating)
        ended = _waited_for(child, PATIENCE if len(tests) < MANY else LONGEST)
        return ended, said.read_text(encoding="utf-8", errors="replace")

    def _become_pytest(
        self, tests: tuple[str, ...], said: Path, *, migrating: bool
    ) -> None:
        """Never return: what was imported before the fork need not be read again."""
        ended = BROKEN
        try:
            with said.open("w") as told:
                os.dup2(told.fileno(), 1)
                os.dup2(told.fileno(), 2)
            os.chdir(self.root)
            os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
            sys.path[:0] = [str(self.root / "src"), str(self.root)]
            # What a test starts is weak too.
            os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
            tempfile.tempdir = str(self.root)
            DatabaseCreation.create_test_db = _migrated if migrating else _copied
            ended = int(pytest.main(["-q", "-x", "--no-header", *PLUGINS, *tests]))
        finally:
            # Clean up as at any end, but for what belongs to the parent.
            atexit._run_exitfuncs()
            sys.stdout.flush()
            os._exit(ended)

    def tried(self, weakening: Weakening) -> tuple[int, str]:
        """Weaken one line, run its tests, put the line back."""
        path = self.root / weakening.file
        whole = path.read_text(encoding="utf-8")
        try:
            self._write(path, weakening.applied(whole))
            return self.run(weakening.tests, migrating=weakening.is_in_the_tables)
        finally:
            self._write(path, whole)

    def _write(self, path: Path, text: str) -> None:
        """Write, and drop what was compiled: within a second, its date would not tell."""
        path.write_text(text, encoding="utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            compiled.unlink()


def _migrated(creation: DatabaseCreation, *args: Any, **options: Any) -> str:
    """Make the database of the tests, and keep a copy of it for later runs."""
    name = MIGRATE(creation, *args, **options)
    if TEMPLATE.exists():
        return name
    with creation.connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(TEMPLATE)])
    return name


def _copied(creation: DatabaseCreation, *_args: Any, **_options: Any) -> str:
    """Begin with the copy: to migrate takes longer than most tests."""
    connection, name = creation.connection, creation._get_test_db_name()
    connection.close()
    shutil.copy(TEMPLATE, name)
    connection.settings_dict["NAME"] = name
    return name


def _waited_for(child: int, patience: int) -> int:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return BROKEN


def preload() -> None:
    """Read what every run needs, but nothing of the product: that is what is weakened."""
    for name in HEAVY:
        importlib.import_module(name)


def tried(weakening: Weakening) -> bool:
    """Try one weakening in the copy of this process; say how it went."""
    started = time.monotonic()
    ended, said = Tree.mine().tried(weakening)
    verdict = {PASSED: "SURVIVED", FAILED: "caught"}.get(ended, f"BROKEN ({ended})")
    seconds = time.monotonic() - started
    print(
        f"{verdict:9} {seconds:5.1f} s  {weakening.subject}: {weakening.means}",
        flush=True,
    )
    if ended not in {PASSED, FAILED}:
        print(said[-2000:], flush=True)
    return ended == FAILED


def picked(words: list[str]) -> list[Weakening]:
    """Return those of the list that hold one of the words; all without words."""
    return [
        one
        for one in weakenings()
        if not words
        or any(word in f"{one.subject} {one.file} {one.means}" for word in words)
    ]


def _stands(chosen: list[Weakening]) -> bool:
    """Tell whether the named tests pass as the code stands."""
    named = tuple(sorted({test for one in chosen for test in one.tests}))
    ended, said = Tree.made("whole").run(named)
    if ended != PASSED:
        print(said[-4000:])
        print("the named tests do not pass as the code stands")
    return ended == PASSED


def main() -> int:
    """Try them all and sum up; 1 if one survived."""
    parser = argparse.ArgumentParser(prog="python -m tools.mutate", description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    chosen = picked(given.words)
    for one in chosen:
        one.applied((ROOT / one.file).read_text(encoding="utf-8"))
    shutil.rmtree(SCRATCH, ignore_errors=True)
    preload()
    if not _stands(chosen):
        return 1
    with ProcessPoolExecutor(given.workers, mp_context=get_context("fork")) as pool:
        caught = list(pool.map(tried, chosen))
    shutil.rmtree(SCRATCH, ignore_errors=True)
    by_subject = Counter(one.subject for one in chosen)
    for subject, count in by_subject.items():
        print(f"  {subject}: {count}")
    print(f"{sum(caught)} of {len(caught)} weakenings caught")
    return 0 if all(caught) else 1


if __name__ == "__main__":
    sys.exit(main())
