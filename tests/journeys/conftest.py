"""Real Chromium on a real server with the real, hashed static files."""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import handlers
from django.core.management import call_command
from django.test import override_settings
from tools.browser import find_browser

from tests.support.pages import SIZES, Watch, assert_accessible, shoot


# Playwright's event loop runs in this thread, so Django takes it for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

AS_IN_LIFE = {
    **django_settings.STORAGES,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


def pytest_collection_modifyitems(items):
    """
    Mark every journey as one: it commits, for the server is another thread.

    A browser that shares two cores with the tests beside it may come too late once.
    It gets a second chance, which the report shows; what is broken fails twice.
    """
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the browser that is there, or the fetched one."""
    browser = find_browser()
    return {
        **browser_type_launch_args,
        "executable_path": browser.executable,
        "args": browser.args,
        "env": {**os.environ, **browser.env},
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """Sit where the users sit."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture(scope="session")
def collected_static():
    """Collect and hash, and let WhiteNoise serve it as in life."""
    with override_settings(STORAGES=AS_IN_LIFE):
        call_command("collectstatic", interactive=False, verbosity=0)
    finders = handlers.StaticFilesHandler
    handlers.StaticFilesHandler = lambda application: application
    yield
    handlers.StaticFilesHandler = finders


@pytest.fixture(scope="session")
def live_server(collected_static, live_server):
    """Start the server only after there is something to serve."""
    return live_server


@pytest.fixture
def watch(live_server, settings):
    """Fail the test for whatever the browser complains of; ``expect(422)`` allows."""
    settings.STORAGES = AS_IN_LIFE
    watch = Watch(urlsplit(live_server.url).netloc)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def visitor(new_context, watch, live_server):
    """
    Return a page of somebody new: ``visitor("phone")``, ``"desk"`` or ``"wall"``.

    Paths are relative to the server; ``java_script_enabled=False`` and other options
    of a Playwright context are passed on.
    """

    def arrive(size="desk", **options):
        context = watch.over(
            new_context(base_url=live_server.url, **SIZES[size], **options)
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    return arrive


@pytest.fixture
def phone(visitor):
    """Return a page on a phone, 360 by 740."""
    return visitor("phone")


@pytest.fixture
def desk(visitor):
    """Return a page on a desk's screen, 1366 by 768."""
    return visitor("desk")


@pytest.fixture
def wall(visitor):
    """Return a page on the wall, 1920 by 1080."""
    return visitor("wall")


@pytest.fixture
def axe():
    """Return the check ``axe(page)``: no accessibility violation."""
    return assert_accessible


@pytest.fixture
def screenshot():
    """Return ``screenshot(page, "name")``; it saves when SHUOSHI_SCREENSHOTS=1."""
    if os.environ.get("SHUOSHI_SCREENSHOTS") == "1":
        return shoot
    return lambda page, name: None
