"""People who raise matters over the web, and do not give up when the line breaks."""

import re
import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from shuoshi.channels.forms.speaking import new_nonce


RECEIPT = re.compile(r'<p class="code">(.+?)</p>')
NO_DIGIT = re.compile(r"<[^>]*>|&[^;]*;|\D")
PAUSE, PATIENCE = 0.2, 20
MOST_ODD = 3
BUSY = 429
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Said:
    """What was said, and what came of it."""

    receipts: dict[str, str] = field(default_factory=dict)
    broken: int = 0
    odd: list[str] = field(default_factory=list)


class Client(threading.Thread):
    """Raises one matter after the other; each until its receipt is shown."""

    def __init__(self, name: str, port: int, calm: threading.Event) -> None:
        # Whoever still waits for an answer holds nobody up who gives up.
        super().__init__(name=name, daemon=True)
        self.port, self.calm, self.said = port, calm, Said()

    def run(self) -> None:
        """Go on until asked to be calm; the matter at hand is finished first."""
        count = 0
        while not self.calm.wait(PAUSE):
            count += 1
            self._say(f"{self.name}说的第{count}件事：巷道口的灯又坏了。")

    def _say(self, text: str) -> None:
        nonce = new_nonce()
        body = urlencode({"nonce": nonce, "text": text, "identity": "ANONYMOUS"})
        while True:
            try:
                status, page = self._posted(body)
            except (OSError, HTTPException):
                # Nobody knows whether it arrived: the same form is sent again.
                self.said.broken += 1
                self.calm.wait(PAUSE)
                continue
            found = RECEIPT.search(page)
            if status == 200 and found:
                self.said.receipts[text] = NO_DIGIT.sub("", found[1])
                return
            if status == BUSY:
                # Very many speak just now: a person would wait as well.
                self.calm.wait(PAUSE * 10)
                continue
            self.said.odd.append(f"{status}: {page[:200]}")
            if len(self.said.odd) >= MOST_ODD:
                return
            self.calm.wait(PAUSE)

    def _posted(self, body: str) -> tuple[int, str]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            line.request("POST", "/speak/", body, FORM)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()
