"""What was asked and what was wrong, and how people read it; knows nothing of the product."""

import itertools
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Found:
    """What was asked, how it was answered, what was wrong with it."""

    asked: int = 0
    statuses: Counter = field(default_factory=Counter)
    kinds: Counter = field(default_factory=Counter)
    places: Counter = field(default_factory=Counter)
    steps: int = 0
    wrong: dict[str, str] = field(default_factory=dict)

    def as_dict(self):
        """Return it for another process, which reads it as JSON."""
        return {
            name: dict(value) if isinstance(value, dict) else value
            for name, value in vars(self).items()
        }

    @classmethod
    def read(cls, told):
        """Return what another process found, as it told it in JSON."""
        statuses = {int(status): n for status, n in told.pop("statuses").items()}
        kinds, places = Counter(told.pop("kinds")), Counter(told.pop("places"))
        return cls(statuses=Counter(statuses), kinds=kinds, places=places, **told)

    def add(self, other):
        """Add what another process found."""
        self.asked += other.asked
        self.steps += other.steps
        self.statuses += other.statuses
        self.kinds += other.kinds
        self.places += other.places
        for told, example in other.wrong.items():
            self.wrong.setdefault(told, example)


def told(found, seed, seconds):
    """Return the summary as people read it."""
    rate = found.asked / max(seconds, 0.001)
    lines = [
        f"{found.asked} requests in {seconds:.0f} s, {rate:.0f} a second, seed {seed}",
        f"{found.steps} changed a matter",
        "status  " + _counted(found.statuses),
    ]
    lines.append("kind    " + _counted(found.kinds))
    lines.append(f"places  {len(found.places)} addresses")
    lines += [f"  {count:6} {place}" for place, count in found.places.most_common()]
    lines += itertools.chain.from_iterable(
        (f"WRONG {what}", f"  {example}") for what, example in found.wrong.items()
    )
    lines.append(f"{len(found.wrong)} findings")
    return "\n".join(lines)


def _counted(counter):
    return "  ".join(f"{key}:{count}" for key, count in sorted(counter.items()))
