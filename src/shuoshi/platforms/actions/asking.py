"""Ask a platform something over HTTP, never longer than it may take."""

import time
from typing import Any, Final

import httpx

from shuoshi.platforms.rules.failures import PlatformAway


# Seconds. A platform that takes longer is away.
PATIENCE: Final = 4
# Nor may the whole of what it says take longer.
WHOLE: Final = 20
MOST_ANSWER: Final = 1024 * 1024


def ask(method: str, url: str, **how: Any) -> dict[str, Any]:
    """
    Return the JSON that a platform answers, whatever its own code for errors says.

    :raises PlatformAway: if it does not answer, not in time, or no JSON object.
    """
    answer = asked(method, url, **how)
    try:
        told = answer.json()
    except ValueError:
        raise PlatformAway("no JSON") from None
    if not isinstance(told, dict):
        raise PlatformAway("no JSON")
    return told


def asked(
    method: str, url: str, *, most: int = MOST_ANSWER, **how: Any
) -> httpx.Response:
    """
    Return the whole answer of a platform, no longer than ``most`` bytes.

    :raises PlatformAway: if it does not answer, not in time, too much, or by a 5xx.
    """
    given = {"timeout": PATIENCE, "follow_redirects": False, **how}
    # As it comes: what unfolds to nothing for long would not be counted.
    given["headers"] = {**how.get("headers", {}), "Accept-Encoding": "identity"}
    size, parts, until = 0, [], time.monotonic() + WHOLE
    try:
        with (
            httpx.Client(trust_env=False) as client,
            client.stream(method, url, **given) as answer,
        ):
            for part in answer.iter_raw():
                size += len(part)
                # Each read may take its time, but who drips does not hold a worker.
                if time.monotonic() > until:
                    raise PlatformAway("dripping")
                if size > most:
                    raise PlatformAway("too long")
                parts.append(part)
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        raise PlatformAway(type(failure).__name__) from None
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise PlatformAway(f"HTTP {answer.status_code}")
    return httpx.Response(
        answer.status_code, headers=_plain(answer), content=b"".join(parts)
    )


def _plain(answer: httpx.Response) -> dict[str, str]:
    return {"Content-Type": answer.headers.get("Content-Type", "")}
