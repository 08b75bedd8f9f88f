import pytest

from tests.notices.gateway import gateway


@pytest.fixture
def sms(settings):
    """Return a gateway that this house is set up with."""
    with gateway() as (fake, described):
        settings.SHUOSHI_SMS = described
        yield fake
