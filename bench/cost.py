"""
What safety costs: every page before and now, side by side: ``python -m bench.cost``.

Before is the checkout at a commit, taken out of the repository into a temporary folder with the
same synthetic matters. Both are asked in turn, a few requests each, in a process each and without
a server, so that whatever else the machine does slows both. The ratio is that of the medians of
the processor's time.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.lines import note


ROOT = Path(__file__).parents[1]
ASKER = Path(__file__).with_name("asker.py")
# The last state before access, encryption and the record were made whole.
BEFORE = "294f397"
AIM = 1.3
WARM, EACH, ROUNDS = 3, 4, 10


@dataclass
class Side:
    """One checkout, its own database, and the process that asks it."""

    name: str
    root: Path
    folder: Path
    process: "subprocess.Popen[str] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(self.root / "src"), str(self.root)]),
            "SHUOSHI_DEBUG": "1",
            "SHUOSHI_DATA": str(self.folder),
            "SHUOSHI_STATIC": str(self.folder / "static"),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "shuoshi.config.settings",
        }

    def django(self, *words: str) -> None:
        """Run a command of this checkout."""
        command = [sys.executable, "-m", "django", *words]
        subprocess.run(
            command, env=self.environment, cwd=self.root, check=True, stdout=sys.stderr
        )

    def prepare(self, matters: int) -> None:
        """Make the tables, the static files and the matters."""
        note(f"{self.name}: {matters} matters")
        (self.folder / "static").mkdir(parents=True)
        self.django("migrate", "--verbosity", "0")
        self.django("collectstatic", "--noinput", "--verbosity", "0")
        self.django("seed", "--matters", str(matters))

    def begin(self) -> list[str]:
        """Start the process; return what it can ask for."""
        self.process = subprocess.Popen(
            [sys.executable, str(ASKER)],
            env=self.environment,
            cwd=self.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return list(self._heard())

    def ask(self, name: str, count: int) -> list[list[float]]:
        """Ask a page so often; return processor and wall seconds of each."""
        if self.process is None or self.process.stdin is None:
            raise RuntimeError("begin first")
        self.process.stdin.write(json.dumps([name, count]) + "\n")
        self.process.stdin.flush()
        return list(self._heard())

    def _heard(self) -> Any:
        if self.process is None or self.process.stdout is None:
            raise RuntimeError("begin first")
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def taken_out(commit: str, into: Path) -> Path:
    """
    Return a folder with the checkout at a commit.

    :raises SystemExit: in plain words, where this is no clone that has it.
    """
    told = subprocess.run(
        ["git", "archive", commit], cwd=ROOT, capture_output=True, check=False
    )
    if told.returncode:
        sys.exit(f"no commit {commit} here: give a checkout with --before FOLDER")
    with tarfile.open(fileobj=BytesIO(told.stdout)) as archive:
        archive.extractall(into, filter="data")
    return into


@contextlib.contextmanager
def both(given: argparse.Namespace) -> Iterator[tuple[Side, Side]]:
    """Prepare both sides and end them afterwards."""
    with tempfile.TemporaryDirectory(prefix="shuoshi-cost-") as name:
        folder = Path(name)
        before = given.before or taken_out(given.commit, folder / "checkout")
        sides = (
            Side("before", before.resolve(), folder / "before"),
            Side("now", ROOT, folder / "now"),
        )
        try:
            for side in sides:
                side.prepare(given.matters)
            yield sides
        finally:
            for side in sides:
                side.end()


def compare(sides: tuple[Side, Side], name: str, matters: int) -> dict[str, Any]:
    """Ask both in turn and return the line of one page."""
    took: dict[str, list[list[float]]] = {side.name: [] for side in sides}
    for side in sides:
        side.ask(name, WARM)
    for _round in range(ROUNDS):
        for side in sides:
            took[side.name] += side.ask(name, EACH)
    line: dict[str, Any] = {"scenario": f"cost_{name}", "matters": matters}
    for place, kind in enumerate(("processor", "wall")):
        medians = {
            side: statistics.median(one[place] for one in all_of_them)
            for side, all_of_them in took.items()
        }
        line |= {
            f"{kind}_before_ms": round(1000 * medians["before"], 2),
            f"{kind}_now_ms": round(1000 * medians["now"], 2),
            f"{kind}_ratio": round(medians["now"] / medians["before"], 2),
        }
    return line


def table(lines: list[dict[str, Any]]) -> str:
    """Return the lines as people read them."""
    rows = [f"{'page':28} {'before ms':>10} {'now ms':>8} {'ratio':>6} {'wall':>6}"]
    rows += [
        f"{line['scenario'].removeprefix('cost_'):28} {line['processor_before_ms']:10}"
        f" {line['processor_now_ms']:8} {line['processor_ratio']:6} {line['wall_ratio']:6}"
        + ("" if line["processor_ratio"] <= AIM else "  beyond the aim")
        for line in lines
    ]
    return "\n".join(rows)


def main() -> None:
    """Measure every page that both sides have."""
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description=__doc__)
    parser.add_argument("--commit", default=BEFORE)
    parser.add_argument("--before", type=Path, help="a checkout, in place of a commit")
    parser.add_argument("--matters", type=int, default=1_000)
    given = parser.parse_args()
    with both(given) as sides:
        before, now = (side.begin() for side in sides)
        lines = []
        for name in sorted(set(before) & set(now)):
            lines.append(compare(sides, name, given.matters))
            print(json.dumps(lines[-1]), flush=True)
    note(table(lines))


if __name__ == "__main__":
    main()
