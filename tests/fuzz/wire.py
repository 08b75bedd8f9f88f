"""One request to the product as a web server would hand it on, and its answer."""

import io
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes


@dataclass
class Asked:
    """A request, before it is sent. The path may hold percent signs, as on the wire."""

    method: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    kind: str = ""
    # Whether its form had the token that belongs to the cookies it came with.
    is_ours: bool = True
    # Whether it ends in the middle: its token may have come through, or not.
    is_cut: bool = False

    @property
    def said(self) -> bytes:
        """All that was sent, to tell an echo from a leak."""
        url = f"{self.path}?{self.query}".encode(errors="replace")
        whole = url + b"\n" + self.body
        return whole + b"\n" + unquote_to_bytes(whole.replace(b"+", b" "))


@dataclass
class Answered:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name):
        """Return the value of a header, empty if it is not there."""
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(found)


def environ(asked, cookies):
    """Return what PEP 3333 wants to know of a request."""
    found = {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
        "QUERY_STRING": asked.query.encode("ascii", "replace").decode(),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(asked.body)),
        "CONTENT_TYPE": asked.kind,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "HTTP_HOST": "localhost",
    }
    if cookies:
        found["HTTP_COOKIE"] = "; ".join(f"{k}={v}" for k, v in cookies.items())
    for name, value in asked.headers.items():
        found["HTTP_" + name.upper().replace("-", "_")] = value
    return found


def send(application, asked, cookies):
    """Send a request and return the whole answer."""
    heard = {}

    def start_response(status, headers, _error=None):
        heard["status"], heard["headers"] = int(status.split()[0]), headers

    parts = application(environ(asked, cookies), start_response)
    try:
        body = b"".join(parts)
    finally:
        getattr(parts, "close", bool)()
    return Answered(heard["status"], heard["headers"], body)
