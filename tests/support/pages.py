"""Pages under watch: whatever a visitor's browser complains of fails the test."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response


SIZES = {
    "phone": {
        "viewport": {"width": 360, "height": 740},
        "is_mobile": True,
        "has_touch": True,
    },
    "desk": {"viewport": {"width": 1366, "height": 768}},
    "wall": {"viewport": {"width": 1920, "height": 1080}},
}
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
# Chromium repeats a refused answer on the console; the answer itself is judged.
ECHO = re.compile(r"the server responded with a status of (\d+)")


@dataclass
class Watch:
    """Everything that went wrong in the browser, as sentences."""

    host: str
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def expect(self, *statuses: int) -> None:
        """Let these answers pass in this test: a refusal is part of the story."""
        self.expected.update(statuses)

    def over(self, context: BrowserContext) -> BrowserContext:
        """Watch every page of a context, those opened later too."""
        context.on("console", self._hear)
        context.on("request", self._see_request)
        context.on("response", self._see_response)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ECHO.search(message.text):
            self.complaints.append(f"console {message.type}: {message.text}")

    def _see_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.complaints.append(f"asked another host: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"answered {response.status}: {response.url}")


def overflow(page: Page) -> int:
    """Return by how many pixels the page, once it is there, is wider than its window."""
    page.wait_for_load_state()
    # A locator waits for its element; a page just come has no element yet.
    width = page.locator("html").evaluate("html => html.scrollWidth - innerWidth")
    return int(width)


def assert_accessible(page: Page) -> None:
    """
    Let axe look at the page as it stands, once it is there.

    :raises AssertionError: with axe's report, when it finds anything.
    """
    page.wait_for_load_state()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def shoot(page: Page, name: str) -> None:
    """Save what the visitor sees, the whole length of it."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
