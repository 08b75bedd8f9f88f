"""Ask a virus scanner that listens on a socket (clamd), if the house has one."""

import socket
import struct
import time
from typing import Final

from django.conf import settings


CHUNK: Final = 64 * 1024
# For the whole talk: a scanner that is slower than this is away.
PATIENCE: Final = 20.0
LONGEST_ANSWER: Final = 1000


class ScannerAway(Exception):
    """The scanner did not say whether the file is clean."""


def is_scanned() -> bool:
    """True where the house has a scanner."""
    return bool(settings.SHUOSHI_CLAMAV)


def is_infected(content: bytes) -> bool:
    """
    Return whether the scanner found something in these bytes.

    :raises ScannerAway: if it cannot be reached, takes too long or talks nonsense.
    """
    try:
        answer = _asked(settings.SHUOSHI_CLAMAV, content)
    except (OSError, ValueError) as error:
        raise ScannerAway(type(error).__name__) from None
    if answer == "stream: OK":
        return False
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return True
    raise ScannerAway("no answer")


def _asked(address: str, content: bytes) -> str:
    until = time.monotonic() + PATIENCE
    with _line_to(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            piece = content[start : start + CHUNK]
            _wait_at_most(line, until)
            line.sendall(struct.pack(">I", len(piece)) + piece)
        line.sendall(struct.pack(">I", 0))
        said = b""
        while b"\0" not in said and len(said) < LONGEST_ANSWER:
            _wait_at_most(line, until)
            more = line.recv(LONGEST_ANSWER)
            if not more:
                break
            said += more
    return said.partition(b"\0")[0].decode(errors="replace").strip()


def _wait_at_most(line: socket.socket, until: float) -> None:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _line_to(address: str) -> socket.socket:
    kind, _colon, where = address.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
