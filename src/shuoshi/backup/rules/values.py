"""
What stands in a column, in the one spelling of the backup, whatever the database.

Each column has a kind; ``spelled`` turns what a database gave into JSON, ``for_database``
turns it into what that database, or another, takes.
"""

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID


KINDS: Final = {
    "BooleanField": "yes",
    "DateField": "day",
    "DateTimeField": "moment",
    "TimeField": "time",
    "DurationField": "span",
    "DecimalField": "decimal",
    "BinaryField": "bytes",
    "JSONField": "json",
    "UUIDField": "uuid",
    "FloatField": "number",
}
PLAIN: Final = "plain"


def _moment(value: Any) -> str:
    # SQLite keeps moments in UTC without saying so.
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return str(moment.isoformat())


def _day(value: Any) -> str:
    return value if isinstance(value, str) else str(value.isoformat())


def _span(value: Any) -> int:
    if isinstance(value, timedelta):
        return value // timedelta(microseconds=1)
    return int(value)


def _json(value: Any) -> str:
    # As text, so that JSON's null is not taken for nothing at all.
    return json.dumps(json.loads(value) if isinstance(value, str) else value)


_SPELL: Final[dict[str, Callable[[Any], Any]]] = {
    PLAIN: lambda value: value,
    "yes": bool,
    "day": _day,
    "time": _day,
    "moment": _moment,
    "span": _span,
    "decimal": str,
    "bytes": lambda value: base64.b64encode(bytes(value)).decode(),
    "json": _json,
    "uuid": lambda value: value.hex if isinstance(value, UUID) else UUID(value).hex,
    "number": float,
}

# As Django itself writes them there.
_SQLITE: Final[dict[str, Callable[[Any], Any]]] = {
    "yes": int,
    "moment": lambda text: str(datetime.fromisoformat(text)),
    "bytes": base64.b64decode,
}
_POSTGRESQL: Final[dict[str, Callable[[Any], Any]]] = {
    "moment": lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC),
    "day": date.fromisoformat,
    "time": time.fromisoformat,
    "span": lambda micros: timedelta(microseconds=micros),
    "decimal": Decimal,
    "bytes": base64.b64decode,
    "uuid": lambda text: UUID(hex=text),
}
_WRITE: Final = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def kind_of(internal_type: str) -> str:
    """Return the kind of a column, from what Django calls its field."""
    return KINDS.get(internal_type, PLAIN)


def spellers(kinds: list[str]) -> list[Callable[[Any], Any]]:
    """Return what spells each column of a table."""
    return [_SPELL[kind] for kind in kinds]


def writers(vendor: str, kinds: list[str]) -> list[Callable[[Any], Any]]:
    """
    Return what makes each column fit for a database.

    :raises KeyError: for a kind that is not known.
    """
    unknown = set(kinds) - set(_SPELL)
    if unknown:
        raise KeyError(unknown)
    return [_WRITE[vendor].get(kind, lambda value: value) for kind in kinds]


def converted(row: list[Any], how: list[Callable[[Any], Any]]) -> list[Any]:
    """Turn a whole row; what is not there stays so."""
    return [
        None if value is None else turn(value)
        for value, turn in zip(row, how, strict=True)
    ]
