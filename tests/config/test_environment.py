import pytest
from django.core.exceptions import ImproperlyConfigured

from shuoshi.config.environment import Environment


@pytest.mark.parametrize(
    "address",
    ["unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", "tcp:[::1]:3310", ""],
)
def test_the_address_of_a_scanner_is_read(monkeypatch, address):
    monkeypatch.setenv("SHUOSHI_CLAMAV", address)

    assert Environment.read().clamav == address
    assert Environment.read().clamav_away == "refuse"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHUOSHI_CLAMAV", "127.0.0.1:3310"),
        ("SHUOSHI_CLAMAV", "unix:clamd.ctl"),
        ("SHUOSHI_CLAMAV", "tcp:127.0.0.1"),
        ("SHUOSHI_CLAMAV_AWAY", "ignore"),
    ],
)
def test_a_setting_of_the_scanner_that_means_nothing_stops_the_start(
    monkeypatch, name, value
):
    monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured, match=name):
        Environment.read()
