"""One way to write a value down, so that its hash is the same wherever it was kept."""

import json
from typing import Any, Final


_WRITER: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False
)


def canonical(value: Any) -> bytes:
    """
    Write plain JSON in its one canonical form.

    :raises TypeError: for what does not come back from a database unchanged.
    :raises ValueError: for text that PostgreSQL cannot keep.
    """
    _check(value)
    return _WRITER.encode(value).encode()


def _check(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError("a text with a NUL cannot be kept")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key must be text, not {type(key).__name__}")
            _check(key)
            _check(item)
    elif isinstance(value, list):
        for item in value:
            _check(item)
    # Floats are left out: databases differ in how they give them back.
    elif value is not None and not isinstance(value, bool | int):
        raise TypeError(f"{type(value).__name__} has no canonical form here")
