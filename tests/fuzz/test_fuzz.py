"""Some of `make fuzz`, the same each time: nothing breaks, and nobody learns what they must not."""

import pytest

from tests.fuzz.found import told
from tests.fuzz.judge import Judge
from tests.fuzz.run import Fuzz
from tests.fuzz.wire import Answered, Asked
from tests.fuzz.world import World


pytestmark = pytest.mark.django_db
SEED, REQUESTS = 20261125, 500


@pytest.fixture
def world(db):
    return World()


def test_nobody_is_told_what_the_table_forbids(world):
    fuzz = Fuzz(world, SEED)

    found = fuzz.run(REQUESTS)
    fuzz.close()

    assert found.wrong == {}, told(found, SEED, 1)
    assert set(found.kinds) == set(world.kinds)
    assert {200, 302, 401, 403, 404, 405, 422} <= set(found.statuses)
    assert found.steps


def test_the_table_by_hand_is_what_the_gate_grants(world):
    house = set(world.house.people)

    assert world.table_now() == {
        name: tuple(column & house for column in row)
        for name, row in world.table.items()
    }


PAGE = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "default-src 'none'"),
    ("X-Content-Type-Options", "nosniff"),
]


@pytest.mark.parametrize(
    ("who", "path", "status", "body", "complaint"),
    [
        ("mate", "/desk/", 500, b"", "answered 500"),
        ("mate", "/desk/x/", 404, b"qxword00z", "word of received shown to mate"),
        ("head", "/desk/x/", 404, b"qxname07z", "name of guarded shown to head"),
        ("auditor", "/desk/x/", 404, b"2026-0043", "number of sealed shown to auditor"),
        ("mate", "/desk/matters/2026-0041/", 200, b"", "received answered 200 to mate"),
        ("anonymous", "/desk/x/", 200, b"", "the desk answered 200 to anonymous"),
        ("mate", "/desk/x/", 404, b"<xq7z>", "a tag came back as it was sent"),
    ],
)
def test_the_judge_complains(world, who, path, status, body, complaint):
    answer = Answered(status, PAGE, body)

    assert complaint in set(Judge(world).findings(who, Asked("GET", path), answer))


def test_the_judge_knows_a_receipt(world):
    receipt = world.planted[0].receipt
    answer = Answered(200, PAGE, f"<p>{receipt[:4]} {receipt[4:]}</p>".encode())

    asked = Asked("GET", "/")
    assert set(Judge(world).findings("mate", asked, answer)) == {
        "a receipt shown to mate"
    }
