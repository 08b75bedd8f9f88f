"""One line a scenario, always with the same keys."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Line:
    """What one scenario came to; what has no meaning there is null."""

    scenario: str
    database: str
    matters: int
    clients: int | None = None
    per_second: float | None = None
    p50_ms: float | None = None
    p95_ms: float | None = None
    queries: int | None = None
    floor_p50_ms: float | None = None
    ratio: float | None = None

    def say(self, **more: Any) -> None:
        """Print the line; only those about memory have one key more."""
        print(json.dumps(asdict(self) | more), flush=True)


@dataclass(frozen=True)
class Timed:
    """How long the requests of one kind took, and how many a second there were."""

    per_second: float
    p50_ms: float
    p95_ms: float

    @classmethod
    def of(cls, seconds: Sequence[float], *, clients: int = 1) -> "Timed":
        """Sum up durations; so many clients waited side by side."""
        ranked = sorted(seconds)
        return cls(
            per_second=round(clients * len(ranked) / sum(ranked), 1),
            p50_ms=round(1000 * ranked[len(ranked) // 2], 2),
            p95_ms=round(1000 * ranked[int(len(ranked) * 0.95)], 2),
        )


def note(text: str) -> None:
    """Say how far it is, to whoever watches."""
    print(text, file=sys.stderr, flush=True)
