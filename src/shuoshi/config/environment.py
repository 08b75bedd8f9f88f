"""Read the environment once, refuse to start where something is missing."""

import os
import re
import sys
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from shuoshi.accounts.rules.company import Company
from shuoshi.accounts.rules.sessions import SessionLimits
from shuoshi.backup.rules.keeping import parsed_keep
from shuoshi.backup.rules.keys import public_key
from shuoshi.common.hashing import parsed_hash_keys
from shuoshi.common.sealing import Ring
from shuoshi.notices.rules.gateway import Gateway


# Development only: a key that anyone can read protects nothing.
DEVELOPMENT_SECRET = "development-only-not-a-secret"  # noqa: S105 - public on purpose
SHORTEST_SECRET = 32
SCANNER = re.compile(r"unix:/.+|tcp:[^/\s]+:\d{1,5}")
DEVELOPMENT_KEYS = "dev:aes:ZGV2ZWxvcG1lbnQtb25seS1ub3QtYS1zZWNyZXQtISE="


@dataclass(frozen=True)
class Environment:
    """What differs between installations."""

    debug: bool
    secret_key: str
    old_secret_keys: list[str]
    keys: str
    hash_keys: str
    data: Path
    static_root: Path
    database_url: str
    hosts: list[str]
    origins: list[str]
    https: bool
    clamav: str
    clamav_away: str
    backup_to: str
    backup_key: str
    backup_keep: str

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
        hash_keys = os.getenv("SHUOSHI_HASH_KEYS", "")
        parsed_hash_keys(hash_keys)
        backup_key = os.getenv("SHUOSHI_BACKUP_KEY", "").strip()
        backup_keep = os.getenv("SHUOSHI_BACKUP_KEEP", "7,5,12")
        if backup_key:
            public_key(backup_key)
        parsed_keep(backup_keep)
        data = Path(os.getenv("SHUOSHI_DATA", "var")).resolve()
        return cls(
            debug=debug,
            secret_key=secret,
            old_secret_keys=os.getenv("SHUOSHI_OLD_SECRET_KEYS", "").split(),
            keys=keys,
            hash_keys=hash_keys,
            data=data,
            static_root=Path(os.getenv("SHUOSHI_STATIC", data / "static")),
            database_url=os.getenv("DATABASE_URL", ""),
            hosts=_listed("SHUOSHI_HOSTS") or ["localhost", "127.0.0.1", "[::1]"],
            origins=_listed("SHUOSHI_ORIGINS"),
            https=os.getenv("SHUOSHI_HTTPS") == "1",
            clamav=_scanner(os.getenv("SHUOSHI_CLAMAV", "")),
            clamav_away=_one_of("SHUOSHI_CLAMAV_AWAY", "refuse", "quarantine"),
            backup_to=os.getenv("SHUOSHI_BACKUP_TO", ""),
            backup_key=backup_key,
            backup_keep=backup_keep,
        )


def second_factor(*, debug: bool) -> bool:
    """Return whether posts may demand a second factor: off for a demo alone, said aloud."""
    return not (debug and os.getenv("SHUOSHI_SECOND_FACTOR") == "off")


def session_limits() -> SessionLimits:
    """
    Return how long people stay signed in.

    :raises ImproperlyConfigured: if that is no number of minutes or hours above zero.
    """
    return SessionLimits(
        idle=timedelta(minutes=_number("SHUOSHI_IDLE_MINUTES", 30)),
        whole=timedelta(hours=_number("SHUOSHI_SESSION_HOURS", 12)),
    )


def company() -> Company | None:
    """
    Return the company's own sign-in, none where no issuer is named.

    :raises ImproperlyConfigured: if it is not asked over https.
    """
    issuer = os.getenv("SHUOSHI_OIDC_ISSUER", "")
    if not issuer:
        return None
    found = Company(
        issuer,
        os.getenv("SHUOSHI_OIDC_CLIENT", ""),
        os.getenv("SHUOSHI_OIDC_SECRET", ""),
        claim=os.getenv("SHUOSHI_OIDC_CLAIM", "preferred_username"),
        name=os.getenv("SHUOSHI_OIDC_NAME", "单位统一登录"),
    )
    if not found.is_safe:
        raise ImproperlyConfigured(
            "SHUOSHI_OIDC_ISSUER 应以 https:// 开头。 Use https."
        )
    return found


def sms_gateway() -> Gateway | None:
    """
    Return the gateway for text messages, none where no address is named.

    :raises ImproperlyConfigured: naming what is missing or wrong.
    """
    url = os.getenv("SHUOSHI_SMS_URL", "")
    if not url:
        return None
    told = [
        os.getenv(f"SHUOSHI_SMS_{name}", "") for name in ("BODY", "HEADERS", "TAKEN")
    ]
    try:
        return Gateway.parse(url, *told)
    except ValueError as wrong:
        raise ImproperlyConfigured(
            f"短信网关的设置不对。 {wrong}. See docs/operations.md."
        ) from None


def mail_server() -> dict[str, Any]:
    """
    Return Django's settings of ``smtp[s]://USER:PASSWORD@HOST:PORT``; no host, no mail.

    :raises ImproperlyConfigured: for another scheme, or without an address to send from.
    """
    parts = urlsplit(os.getenv("SHUOSHI_MAIL", ""))
    sender = os.getenv("SHUOSHI_MAIL_FROM", "")
    if parts.scheme not in {"", "smtp", "smtps"} or (parts.scheme and not sender):
        raise ImproperlyConfigured(
            "SHUOSHI_MAIL 应是 smtp:// 或 smtps:// 地址，并在 SHUOSHI_MAIL_FROM 写发件人。"
            " SHUOSHI_MAIL: smtp:// or smtps://, with SHUOSHI_MAIL_FROM."
        )
    by_tls = parts.scheme == "smtps"
    options = dict(parse_qsl(parts.query))
    return {
        "host": parts.hostname or "",
        "port": parts.port or (465 if by_tls else 25),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": by_tls,
        "starttls": options.get("starttls") == "1",
        "sender": sender,
    }


def proxies() -> int:
    """Return how many of our own proxies stand in front."""
    return _number("SHUOSHI_PROXIES", 0, least=0)


def calm() -> int:
    """Return how many matters in ten minutes are still calm."""
    return _number("SHUOSHI_CALM", 600)


def house_words() -> list[str]:
    """Return the words of this site that no password is built around."""
    return _listed("SHUOSHI_HOUSE_WORDS")


def _number(name: str, usual: int, *, least: int = 1) -> int:
    text = os.getenv(name, str(usual))
    if not (text.isascii() and text.isdigit() and int(text) >= least):
        raise ImproperlyConfigured(
            f"{name} 应是不小于 {least} 的整数。 {name}: a whole number from {least}."
        )
    return int(text)


def _listed(name: str) -> list[str]:
    return [item.strip() for item in os.getenv(name, "").split(",") if item.strip()]


def _one_of(name: str, usual: str, *others: str) -> str:
    value = os.getenv(name) or usual
    if value not in {usual, *others}:
        raise ImproperlyConfigured(
            f"{name}: {value!r} is none of {', '.join([usual, *others])}"
        )
    return value


def _scanner(address: str) -> str:
    """Return the address of the virus scanner, none if there is none."""
    if address and not SCANNER.fullmatch(address):
        raise ImproperlyConfigured(
            "SHUOSHI_CLAMAV is neither unix:/path nor tcp:host:port"
        )
    return address


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
                # FULL waits for the disk with every commit: what was acknowledged is
                # there after a power cut too.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    " PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
                    # What is deleted or sealed is overwritten, not only let go.
                    " PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
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
