"""Whatever is sent, the answer is a sentence and never a broken page."""

import json

import pytest

from tests.channels.spoken import Program, Spoken


pytestmark = pytest.mark.django_db
BODIES = {
    "nothing": b"",
    "half": b'{"text":',
    "not utf-8": b"\xff\xfe\x00",
    "utf-16": '{"text":"x"}'.encode("utf-16"),
    "a list": b"[]",
    "a null": b"null",
    "a number": b"1e999",
    "not a number": b"NaN",
    "a word": b'"x"',
    "deep": b"[" * 100_000,
    "deep objects": b'{"text":' * 50_000,
    "long digits": b'{"version":' + b"9" * 5000 + b"}",
    "large": b'{"text":"' + b"a" * 3_000_000 + b'"}',
    "half a character": b'{"text":"\\ud800","identity":"anonymous","reason":"\\ud800"}',
    "half a character as key": b'{"\\ud800":1,"text":"x","identity":"anonymous"}',
    "nul": b'{"\\u0000":"\\u0000"}',
    "wrong types": json.dumps(
        {
            name: {"a": [1]}
            for name in ("text", "reason", "handler", "ratings", "version")
        }
    ).encode(),
    "many keys": json.dumps({str(n): n for n in range(2000)}).encode(),
}
PATHS = [
    "matters",
    "tokens",
    "progress/{receipt}/actions/rate",
    "matters/{number}/actions/triage",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_hostile_bodies_get_a_sentence(client, house, path, body):
    story = Spoken(house)
    program = Program(client, house.people["receiver"])
    address = path.format(receipt=story.receipt, number=story.matter.number)

    answer = client.post(
        f"/api/v1/{address}",
        body,
        content_type="application/json",
        headers=program.headers,
    )

    assert answer.status_code in {400, 413, 422}
    errors = answer.json()["errors"]
    assert all(set(one) == {"field", "message"} for one in errors)
    assert all("\u4e00" <= one["message"][0] <= "\u9fff" for one in errors)


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/xml",
        "x",
    ],
)
def test_a_body_that_is_not_called_json_is_refused(client, house, kind):
    body = b'{"text":"x","identity":"anonymous"}'

    answer = client.post("/api/v1/matters", body, content_type=kind)

    assert answer.status_code == 415
    assert "application/json" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "path", ["", "v1/", "v1/nowhere", "v2/matters", "docs", "%00", "v1/matters/"]
)
def test_addresses_that_are_not_there(client, house, path):
    answer = client.get(f"/api/{path}")

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["message"] == "这里没有您要找的。"


def test_a_method_that_is_not_offered(client, house):
    answer = client.delete("/api/v1/matters")

    assert answer.status_code == 405
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_a_page_elsewhere_cannot_borrow_a_sign_in(client, house):
    """Signed in with a cookie, but without a token: the API does not know the person."""
    client.force_login(house.people["receiver"])

    assert client.get("/api/v1/matters").status_code == 401
