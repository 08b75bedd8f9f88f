import pytest

from tests.platforms.fake import platform


@pytest.fixture
def fake(settings):
    """Return a platform server that this house is set up with, as all three."""
    with platform() as (server, accounts):
        settings.SHUOSHI_PLATFORMS = accounts
        yield server
