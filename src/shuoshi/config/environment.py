"""Read the environment once, refuse to start where something is missing."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from shuoshi.common.sealing import Ring


# Development only: a key that anyone can read protects nothing.
DEVELOPMENT_SECRET = "development-only-not-a-secret"  # noqa: S105 - public on purpose
SHORTEST_SECRET = 32
DEVELOPMENT_KEYS = "dev:aes:ZGV2ZWxvcG1lbnQtb25seS1ub3QtYS1zZWNyZXQtISE="


@dataclass(frozen=True)
class Environment:
    """What differs between installations."""

    debug: bool
    secret_key: str
    keys: str
    data: Path
    static_root: Path
    database_url: str
    hosts: list[str]
    origins: list[str]
    https: bool

    @classmethod
    def read(cls) -> "Environment":
        """
        Read the variables named in docs/operations.md.

        :raises ImproperlyConfigured: naming every variable that is missing, or the broken key.
        """
        debug = os.getenv("SHUOSHI_DEBUG") == "1" or "pytest" in sys.modules
        secret = os.getenv("SHUOSHI_SECRET_KEY", DEVELOPMENT_SECRET if debug else "")
        keys = os.getenv("SHUOSHI_KEYS", DEVELOPMENT_KEYS if debug else "")
        named = {"SHUOSHI_SECRET_KEY": secret, "SHUOSHI_KEYS": keys}
        missing = [name for name, value in named.items() if not value]
        if missing:
            raise ImproperlyConfigured(
                f"缺少环境变量 {'、'.join(missing)}，说事不能启动。"
                f" Missing from the environment: {', '.join(missing)}."
                " See docs/operations.md; SHUOSHI_DEBUG=1 gives development defaults."
            )
        if not debug and len(secret) < SHORTEST_SECRET:
            raise ImproperlyConfigured(
                f"SHUOSHI_SECRET_KEY 太短，至少要{SHORTEST_SECRET}个字符。"
                f" SHUOSHI_SECRET_KEY needs {SHORTEST_SECRET} characters at least."
            )
        # A ring that cannot be read must not be found out with the first matter.
        Ring.parse(keys)
        data = Path(os.getenv("SHUOSHI_DATA", "var")).resolve()
        return cls(
            debug=debug,
            secret_key=secret,
            keys=keys,
            data=data,
            static_root=Path(os.getenv("SHUOSHI_STATIC", data / "static")),
            database_url=os.getenv("DATABASE_URL", ""),
            hosts=_listed("SHUOSHI_HOSTS") or ["localhost", "127.0.0.1", "[::1]"],
            origins=_listed("SHUOSHI_ORIGINS"),
            https=os.getenv("SHUOSHI_HTTPS") == "1",
        )


def _listed(name: str) -> list[str]:
    return [item.strip() for item in os.getenv(name, "").split(",") if item.strip()]


def database(url: str, data: Path) -> dict[str, Any]:
    """
    Return Django's settings of the database named by a URL.

    An empty URL is the SQLite file in the data folder. ``sqlite:///PATH`` and
    ``postgresql://USER:PASSWORD@HOST[,HOST]:PORT/NAME?option=value`` are known.

    :raises ImproperlyConfigured: for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme in {"", "sqlite"}:
        name = parts.path[1:] if parts.scheme else str(data / "shuoshi.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "OPTIONS": {
                # Take the write lock when a transaction begins, so that nobody
                # finds out half way that somebody else writes too.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
                    " PRAGMA temp_store=MEMORY;"
                ),
            },
            "CONN_MAX_AGE": None,
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL: unknown scheme {parts.scheme!r}")
    hosts = [
        host.rpartition(":") for host in parts.netloc.rpartition("@")[2].split(",")
    ]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": ",".join(host or port for host, _, port in hosts),
        "PORT": ",".join(port if host else "5432" for host, _, port in hosts),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
