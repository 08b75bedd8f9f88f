"""The company's own sign-in: a provider on loopback that signs for real."""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from shuoshi.accounts.models import User
from shuoshi.accounts.rules.company import Company
from shuoshi.trail.models import Event


pytestmark = pytest.mark.django_db
LEAVE, BACK = "/accounts/sign-in/company/", "/accounts/sign-in/company/back/"
CLIENT, SECRET = "shuoshi", "kept between us"


class Provider(BaseHTTPRequestHandler):
    """Knows one person; what it says can be changed by a test."""

    def log_message(self, *args):
        """Say nothing."""

    def do_GET(self):
        base = self.server.base
        if self.path == self.server.detour:
            self.send_response(302)
            self.send_header("Location", f"{base}/elsewhere")
            self.end_headers()
            return None
        if self.path.endswith("openid-configuration"):
            return self._say(
                {
                    "issuer": self.server.issuer,
                    "authorization_endpoint": f"{base}/auth",
                    "token_endpoint": f"{base}/token",
                    "jwks_uri": f"{base}/keys",
                }
            )
        public = jwt.algorithms.RSAAlgorithm.to_jwk(
            self.server.key.public_key(), as_dict=True
        )
        return self._say({"keys": [public | {"kid": "k1", "alg": "RS256"}]})

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        given = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        asked = self.server.asked
        if given["client_secret"] != SECRET or challenge != asked["code_challenge"]:
            return self._say({"error": "invalid_grant"})
        claims = {
            "iss": self.server.issuer,
            "aud": CLIENT,
            "sub": "4711",
            "iat": int(time.time()),
            "exp": int(time.time()) + 60,
            "nonce": asked["nonce"],
            "preferred_username": "mine-handler",
        } | self.server.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        token = jwt.encode(
            claims,
            self.server.signing or self.server.key,
            algorithm=self.server.algorithm,
            headers={"kid": "k1"},
        )
        return self._say({"id_token": token})

    def _say(self, told):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.base = server.issuer = f"http://127.0.0.1:{server.server_port}"
    server.key, server.signing, server.algorithm = KEY, None, "RS256"
    server.claims, server.asked, server.detour = {}, {}, None
    settings.SHUOSHI_OIDC = Company(server.issuer, CLIENT, SECRET, name="单位统一登录")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def leave(client, provider, onward=""):
    address = client.get(LEAVE, {"next": onward} if onward else {}).url
    provider.asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
    return provider.asked["state"]


def come_back(client, state, code="c"):
    return client.get(BACK, {"state": state, "code": code})


def is_in(client):
    return client.get("/accounts/").status_code == 200


@pytest.mark.usefixtures("password_alone")
def test_a_known_person_is_let_in(client, house, provider):
    state = leave(client, provider, "/desk/ledger/")

    assert come_back(client, state).url == "/desk/ledger/"
    assert is_in(client)
    event = Event.objects.get(verb="note.accounts.signed_in")
    assert event.detail["how"] == "company"


def test_the_second_factor_is_asked_for_all_the_same(client, house, provider):
    provider.claims = {"preferred_username": "mine-receiver"}

    answer = come_back(client, leave(client, provider))

    assert answer.url == "/accounts/sign-in/enrol/"
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "somebody else"},
        {"iss": "http://elsewhere.example"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"preferred_username": "unknown"},
        {"preferred_username": None},
    ],
)
def test_what_does_not_fit_lets_nobody_in(client, house, provider, claims):
    provider.claims, before = claims, User.objects.count()

    answer = come_back(client, leave(client, provider))

    assert answer.url == "/accounts/sign-in/"
    assert not is_in(client)
    assert User.objects.count() == before


def test_another_key_lets_nobody_in(client, house, provider):
    provider.signing = OTHER

    come_back(client, leave(client, provider))

    assert not is_in(client)


def test_a_shared_secret_is_no_signature(client, house, provider):
    provider.algorithm, provider.signing = "HS256", SECRET * 4

    come_back(client, leave(client, provider))

    assert not is_in(client)


def test_the_state_is_ours_and_good_once(client, house, provider):
    state = leave(client, provider)
    stranger = Client()
    assert come_back(stranger, state).url == "/accounts/sign-in/"
    assert not is_in(stranger)
    assert come_back(client, "another").url == "/accounts/sign-in/"
    assert come_back(client, state).url == "/accounts/sign-in/"
    assert not is_in(client)


def test_a_code_is_needed(client, house, provider):
    come_back(client, leave(client, provider), code="")

    assert not is_in(client)


def test_who_left_is_not_let_in(client, house, provider):
    User.objects.filter(username="mine-handler").update(is_active=False)

    come_back(client, leave(client, provider))

    assert not is_in(client)


def test_a_provider_that_is_not_whom_it_says_is_not_asked(client, house, provider):
    provider.issuer = "http://elsewhere.example"

    assert client.get(LEAVE).url == "/accounts/sign-in/"


def test_a_provider_that_is_away_is_said_plainly(client, house, settings):
    settings.SHUOSHI_OIDC = Company("http://127.0.0.1:9", CLIENT, SECRET)

    answer = client.get(LEAVE, follow=True)

    assert "单位统一登录没有通过" in answer.text


def test_without_a_provider_there_is_nothing_here(client, house):
    assert client.get(LEAVE).status_code == client.get(BACK).status_code == 404
    assert "单位统一登录" not in client.get("/accounts/sign-in/").text


@pytest.mark.parametrize(
    ("issuer", "safe"),
    [
        ("https://sso.mine.example", True),
        ("http://127.0.0.1:8080", True),
        ("http://sso.mine.example", False),
        ("file:///etc/passwd", False),
        ("file://localhost/etc/passwd", False),
        ("ftp://127.0.0.1/keys", False),
    ],
)
def test_the_provider_is_asked_over_https(issuer, safe):
    assert Company(issuer, "", "").is_safe == safe


@pytest.mark.parametrize("detour", ["/.well-known/openid-configuration", "/keys"])
def test_a_provider_that_sends_elsewhere_is_not_followed(
    client, house, provider, detour
):
    # Where it leads was never looked at: it might be this machine's own files.
    state = leave(client, provider)
    provider.detour = detour

    answer = come_back(client, state)

    assert answer.status_code == 302
    assert answer.url == "/accounts/sign-in/"
    assert not is_in(client)
