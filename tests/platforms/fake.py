"""The platforms on loopback: slow, wrong, repeating themselves, or away, as a test wants."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from shuoshi.platforms.rules.setup import PLATFORMS, account


KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


TOKENS = {"/cgi-bin/stable_token", "/cgi-bin/gettoken", "/app/getAppAccessToken"}


class FakePlatform:
    """What it was asked, and what it answers."""

    def __init__(self):
        self.asked, self.tokens, self.answers = [], 0, {}
        self.open = threading.Event()
        self.open.set()

    def paths(self):
        return [path for path, *_rest in self.asked]

    def told(self, place=-1):
        return self.asked[place][2]

    def answer(self, path, query, body):
        self.open.wait(6)
        self.asked.append((path, query, body))
        if path in self.answers:
            return self.answers[path]
        if path in TOKENS:
            self.tokens += 1
            return 200, {"access_token": f"token-{self.tokens}", "expires_in": 7200}
        return 200, {"errcode": 0, "errmsg": "ok"}


@contextmanager
def platform():
    """Run one; it gives the fake, and the settings of all three accounts that lead to it."""
    fake = FakePlatform()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size) or b"{}")
            status, told = fake.answer(parts.path, parse_qs(parts.query), body)
            raw = told if isinstance(told, bytes) else json.dumps(told).encode()
            kind = "image/png" if raw.startswith(b"\x89PNG") else "application/json"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_POST = do_GET  # noqa: N815 - as the server calls it

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake, accounts(f"http://127.0.0.1:{server.server_port}")
    finally:
        fake.open.set()
        server.shutdown()
        server.server_close()
        thread.join()


def accounts(api):
    """Return the accounts of a house that is on all three."""
    told = told_accounts(api)
    return {one: account(one, told) for one in PLATFORMS}


def told_accounts(api):
    """Return the environment of such a house."""
    return {
        "SHUOSHI_WECHAT_APPID": "wx0123456789abcdef",
        "SHUOSHI_WECHAT_SECRET": "wechat-secret",
        "SHUOSHI_WECHAT_TOKEN": "wechat-token",
        "SHUOSHI_WECHAT_AES_KEY": KEY,
        "SHUOSHI_WECHAT_TEMPLATE": "template-1",
        "SHUOSHI_WECOM_CORPID": "ww0123456789abcdef",
        "SHUOSHI_WECOM_AGENT": "1000002",
        "SHUOSHI_WECOM_SECRET": "wecom-secret",
        "SHUOSHI_WECOM_TOKEN": "wecom-token",
        "SHUOSHI_WECOM_AES_KEY": KEY,
        "SHUOSHI_QQ_APPID": "102",
        "SHUOSHI_QQ_SECRET": "DG5g3B4j9X2KOErG",
        "SHUOSHI_QQ_TOKEN_API": api,
        **{f"SHUOSHI_{one}_API": api for one in PLATFORMS},
    }
