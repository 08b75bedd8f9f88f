"""An SMS gateway on loopback that can be slow, wrong, or away."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shuoshi.notices.rules.gateway import Gateway


JSON_BODY = '{"to": "{phone}", "content": "{text}"}'


class FakeGateway:
    """What it was sent, and what it answers next."""

    def __init__(self):
        self.sent = []
        self.answer = (200, b'{"code": 0}')
        self.paused = threading.Event()
        self.paused.set()

    def take(self, body, headers):
        self.sent.append((body, headers))
        self.paused.wait(5)
        return self.answer


@contextmanager
def gateway(body=JSON_BODY, headers="", taken='"code": 0'):
    """Run one; it gives the fake, and the settings that lead to it."""
    fake = FakeGateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            size = int(self.headers["Content-Length"])
            status, answer = fake.take(self.rfile.read(size).decode(), self.headers)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/send"
    try:
        yield fake, Gateway.parse(url, body, headers, taken)
    finally:
        fake.paused.set()
        server.shutdown()
        server.server_close()
        thread.join()
