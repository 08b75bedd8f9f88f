"""A virus scanner of our own for the tests: right, slow, wrong or away, on a real socket."""

import socket
import struct
import threading
from contextlib import contextmanager


VIRUS = b"X5O!P%@AP-NOT-REALLY-A-VIRUS"


def _exactly(line, size):
    got = b""
    while len(got) < size:
        more = line.recv(size - len(got))
        if not more:
            return got
        got += more
    return got


def _sent(line):
    assert _exactly(line, 10) == b"zINSTREAM\0"
    content = b""
    while size := struct.unpack(">I", _exactly(line, 4))[0]:
        content += _exactly(line, size)
    return content


def judge(line):
    """Speak the protocol as clamd does."""
    content = _sent(line)
    found = b"Eicar-Test FOUND" if VIRUS in content else b"OK"
    line.sendall(b"stream: " + found + b"\0")


def saying(answer):
    def say(line):
        _sent(line)
        line.sendall(answer)

    return say


def silent(line):
    # Takes everything and answers nothing until the other side has gone.
    while line.recv(65536):
        pass


def hanging_up(line):
    return None


@contextmanager
def scanner(behave=judge, *, unix=None):
    """Serve on a socket, and give its address."""
    family = socket.AF_UNIX if unix else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.bind(str(unix) if unix else ("127.0.0.1", 0))
        door.listen()

        def serve():
            while True:
                try:
                    line, _peer = door.accept()
                except OSError:
                    return
                with line:
                    try:
                        behave(line)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        port = None if unix else door.getsockname()[1]
        yield f"unix:{unix}" if unix else f"tcp:127.0.0.1:{port}"
        door.shutdown(socket.SHUT_RDWR)
