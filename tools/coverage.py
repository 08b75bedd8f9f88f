"""
Say which lines of rules, actions and queries no test has tried.

``python -m tools.coverage 95`` reads what the last run measured (``build/tried.json``, by
slipcover), prints the share of each app and the missing lines, and fails below the given
per cent.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path


ROOT = Path(__file__).parents[1]
MEASURED = ROOT / "build" / "tried.json"
FLOORS = {"rules", "queries", "actions"}


def _room(path: Path) -> str | None:
    """Return the app of a file on a measured floor."""
    parts = path.relative_to(ROOT / "src" / "shuoshi").with_suffix("").parts
    return parts[0] if len(parts) > 1 and parts[1] in FLOORS else None


def _ranges(lines: list[int]) -> str:
    """Return ``3-5, 9`` for 3, 4, 5, 9."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in runs)


def main(threshold: float) -> int:
    """Print the account; nothing measured on a floor counts as whole."""
    files = json.loads(MEASURED.read_text())["files"]
    total: dict[str, int] = defaultdict(int)
    tried: dict[str, int] = defaultdict(int)
    for name in sorted(files):
        path = ROOT / name
        room = _room(path) if path.exists() else None
        if not room:
            continue
        missing = files[name]["missing_lines"]
        tried[room] += len(files[name]["executed_lines"])
        total[room] += len(files[name]["executed_lines"]) + len(missing)
        if missing:
            print(f"  {path.relative_to(ROOT)}: {_ranges(missing)}")
    for room in sorted(total):
        print(f"  {room}: {tried[room]} of {total[room]}")
    lines = sum(total.values())
    share = 100 * sum(tried.values()) / lines if lines else 100.0
    print(f"rules, actions and queries: {share:.1f} % of {lines} lines are tried")
    if share < threshold:
        print(f"less than {threshold:g} %")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 0))
