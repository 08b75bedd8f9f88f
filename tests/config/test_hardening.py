"""What browsers are told, once the house is reached by TLS."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from tests.matters.house import build_house


ASK = """
import json
from django.conf import settings
names = [name for name in dir(settings) if name.isupper()]
wanted = [name for name in names if "COOKIE" in name or "HSTS" in name]
print(json.dumps({name: getattr(settings, name) for name in wanted}))
"""


@pytest.fixture(scope="module")
def by_tls():
    """Return the settings of a house behind a proxy with TLS."""
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DJANGO_SETTINGS_MODULE": "shuoshi.config.settings",
            "SHUOSHI_DATA": str(settings.DATA_DIR),
            "SHUOSHI_DEBUG": "1",
            "SHUOSHI_HTTPS": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("cookie", ["SESSION_COOKIE", "CSRF_COOKIE"])
def test_cookies_belong_to_this_host_alone(by_tls, cookie):
    assert by_tls[f"{cookie}_NAME"].startswith("__Host-")
    assert by_tls[f"{cookie}_SECURE"] is True
    assert by_tls[f"{cookie}_PATH"] == "/"
    assert by_tls[f"{cookie}_DOMAIN"] is None


@pytest.mark.parametrize("cookie", ["SESSION_COOKIE", "CSRF_COOKIE"])
def test_cookies_stay_at_home(by_tls, cookie):
    assert by_tls[f"{cookie}_HTTPONLY"] is True
    assert by_tls[f"{cookie}_SAMESITE"] == "Lax"


def test_browsers_are_told_to_come_by_tls(by_tls):
    assert by_tls["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert by_tls["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True


@pytest.fixture
def house(db):
    return build_house()


@pytest.mark.parametrize("path", ["/", "/speak/", "/accounts/sign-in/", "/nowhere/"])
def test_every_page_has_its_policy(client, house, path):
    policy = client.get(path)["Content-Security-Policy"]

    told = dict(part.strip().split(" ", 1) for part in policy.split(";") if part)
    for name in ("default-src", "object-src", "base-uri", "frame-ancestors"):
        assert told[name] == "'none'"
    assert told["script-src"] == told["style-src"] == "'self'"


@pytest.mark.parametrize("path", ["/", "/desk/", "/api/v1/matters"])
def test_no_other_origin_is_let_in(client, house, path):
    answer = client.get(path, headers={"origin": "https://evil.example"})

    assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("path", ["/", "/desk/", "/api/v1/matters"])
def test_trace_is_not_answered(client, house, path):
    answer = client.generic("TRACE", path, headers={"x-mine": "qx7"})

    assert answer.status_code in {302, 405}
    assert b"qx7" not in answer.content


def test_signing_out_clears_the_browser(client, house):
    client.force_login(house.people["head"])

    answer = client.post(reverse("accounts:sign_out"))

    assert '"cache"' in answer["Clear-Site-Data"]
