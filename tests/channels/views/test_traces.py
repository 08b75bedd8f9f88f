"""What the pages of those who speak leave on the device and in between."""

import pytest

from shuoshi.channels.actions.proofs import MISSES, WITHOUT
from tests.channels.puzzling import solved
from tests.channels.spoken import Program, Spoken, nonce_in, on_duty_now, problems
from tests.channels.views.test_speaking import SAID


pytestmark = pytest.mark.django_db


def puzzle_in(answer):
    return answer.content.decode().partition('data-puzzle="')[2].partition('"')[0]


def test_no_page_is_kept_or_told_and_none_sets_a_cookie(client, house):
    spoken = Spoken(house, identity="ANONYMOUS", name="", contact="")
    answers = [
        client.get("/speak/"),
        client.get("/progress/"),
        client.post("/progress/", {"receipt": spoken.receipt}),
        client.post("/progress/", {"receipt": "1"}),
        client.post("/progress/do/withdraw/", {"receipt": spoken.receipt}),
        client.post("/speak/", SAID | {"nonce": nonce_in(client.get("/speak/"))}),
    ]

    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "data-leave" in answer.content.decode()
        assert spoken.receipt not in answer.get("Location", "")
    for form in answers[:4]:
        assert 'autocomplete="off"' in form.content.decode()
    assert not client.cookies


def test_leaving_goes_home_and_clears(client, house):
    answer = client.get("/leave/")

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert "no-store" in answer["Cache-Control"]
    assert not client.cookies


def test_when_it_is_busy_the_words_stay_and_a_proof_goes_in(client, house, settings):
    on_duty_now(house)
    settings.SHUOSHI_CALM = 1
    for _time in range(WITHOUT + 1):
        client.post("/speak/", SAID | {"nonce": nonce_in(client.get("/speak/"))})

    refused = client.post("/speak/", SAID | {"nonce": nonce_in(client.get("/speak/"))})

    page = refused.content.decode()
    assert refused.status_code == 429
    assert "现在提交的人很多" in page
    assert SAID["text"] in page
    assert SAID["name"] in page
    proof = {"nonce": nonce_in(refused), "proof": solved(puzzle_in(refused))}
    assert client.post("/speak/", SAID | proof).status_code == 200


def test_guessing_on_the_page_asks_for_a_proof(client, house):
    spoken = Spoken(house)
    for number in range(MISSES + WITHOUT):
        client.post("/progress/", {"receipt": f"{number:016}"})

    refused = client.post("/progress/", {"receipt": spoken.receipt})

    assert refused.status_code == 429
    proof = solved(puzzle_in(refused))
    shown = client.post("/progress/", {"receipt": spoken.receipt, "proof": proof})
    assert shown.status_code == 200
    seen = shown.content.decode().partition('name="seen" value="')[2][:64]
    step = {"receipt": spoken.receipt, "seen": seen, "version": 1, "words": "还有"}
    assert client.post("/progress/do/supplement/", step).status_code == 200
    del step["seen"]
    assert client.post("/progress/do/supplement/", step).status_code == 429


def test_guessing_through_the_api_asks_for_a_proof_too(client, house):
    spoken, program = Spoken(house), Program(client)
    for number in range(MISSES + WITHOUT):
        assert program.get(f"progress/{number:016}").status_code == 404

    refused = program.get(f"progress/{spoken.receipt}")
    told = program.get("puzzles/receipt").json()

    assert refused.status_code == 429
    assert "现在提交的人很多" in problems(refused)[None]
    assert told["needed"]
    program.headers["Proof"] = solved(told["puzzle"])
    assert program.get(f"progress/{spoken.receipt}").status_code == 200
    assert program.get(f"progress/{spoken.receipt}").status_code == 429


def test_a_flood_through_the_api_asks_for_a_proof_too(client, house, settings):
    on_duty_now(house)
    settings.SHUOSHI_CALM = 1
    program, said = Program(client), {"text": "灯坏了", "identity": "anonymous"}
    for _time in range(WITHOUT + 1):
        assert program.post("matters", said).status_code == 201

    assert program.post("matters", said).status_code == 429
    program.headers["Proof"] = solved(program.get("puzzles/speak").json()["puzzle"])
    assert program.post("matters", said).status_code == 201
