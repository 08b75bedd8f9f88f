"""Choose the limit that fits a matter. Pure."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Template(Protocol):
    """A limit as it lies in the organisation's data; a blank class fits every matter."""

    @property
    def key(self) -> str: ...
    @property
    def request_type(self) -> str: ...
    @property
    def petition_class(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def level(self) -> str: ...


Chosen = TypeVar("Chosen", bound=Template)

# What the law says of a class stands above what the mine promises for a type; what the
# level says stands above both.
WEIGHTS = {"level": 8, "petition_class": 4, "category": 2, "request_type": 1}


def choose(limits: Iterable[Chosen], key: str, **classes: str) -> Chosen:
    """
    Return the limit of this key that names most of the matter's classes.

    :raises LookupError: if no limit of the key fits.
    """
    fitting = [
        limit
        for limit in limits
        if limit.key == key
        and all(getattr(limit, name) in ("", classes.get(name, "")) for name in WEIGHTS)
    ]
    if not fitting:
        raise LookupError(f"no limit {key} for {classes}")
    return max(fitting, key=_weight)


def _weight(limit: Template) -> int:
    return sum(weight for name, weight in WEIGHTS.items() if getattr(limit, name))
