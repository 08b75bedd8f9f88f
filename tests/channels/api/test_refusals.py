"""What Django itself refuses is told to programs in their own form too."""

import pytest


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("put", "/api/v1/matters", 405),
        ("post", "/api/openapi.json", 403),
        ("post", "/api/v1/matters/", 404),
        ("post", "/api/v1/matters/2026-0001/actions/unknown", 404),
        ("post", "/api/nowhere", 404),
        ("get", "/api/", 404),
    ],
)
def test_a_wrong_address_or_method_is_a_problem_in_json(client, method, path, status):
    client.handler.enforce_csrf_checks = True

    answer = getattr(client, method)(path)

    assert answer.status_code == status
    assert answer.json()["errors"][0]["message"]


def test_a_wrong_host_is_a_problem_in_json(client):
    answer = client.get("/api/openapi.json", headers={"host": "elsewhere.example"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] is None
