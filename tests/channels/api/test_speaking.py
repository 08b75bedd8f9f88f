"""The open road, for programs."""

import re

import pytest

from shuoshi.channels.actions import speaking
from shuoshi.common import pace
from shuoshi.matters.models import Matter, Speaker
from shuoshi.matters.rules.receipts import is_well_formed
from shuoshi.matters.rules.states import State
from tests.channels.spoken import Program, Spoken, on_duty_now, problems
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
SAID = {
    "text": "更衣室的热水不够用",
    "unit": "MINE-one",
    "identity": "named",
    "name": "张三丰",
    "contact": "13800000000",
}


@pytest.fixture
def program(client, house):
    on_duty_now(house)
    return Program(client)


def test_speaking_gives_a_receipt(program):
    answer = program.post("matters", SAID)

    said = answer.json()
    matter = Matter.objects.get()
    assert answer.status_code == 201
    assert set(said) == {"receipt", "number", "due", "notice"}
    assert said["notice"] == 1
    assert is_well_formed(said["receipt"])
    assert said["number"] == matter.number
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT23:59:59\+08:00", said["due"])
    assert (matter.channel, matter.unit.code) == ("API", "MINE-one")
    assert "no-store" in answer["Cache-Control"]


def test_anonymous_leaves_nothing(program, client):
    program.post("matters", SAID | {"identity": "anonymous", "unit": None})

    assert not Speaker.objects.exists()
    assert not client.cookies


def test_claims_are_kept_apart(program):
    program.post("matters", SAID | {"claims": ["加开一小时", " ", "修好2号炉"]})

    claims = Matter.objects.get().claims.order_by("place")
    assert [claim.text for claim in claims] == ["加开一小时", "修好2号炉"]


def test_the_same_key_and_words_give_the_same_receipt(program):
    key = {"Idempotency-Key": "0123456789abcdef"}

    first, again = (program.post("matters", SAID, **key).json() for _ in range(2))
    other = program.post("matters", SAID | {"text": "别的事"}, **key).json()

    assert first == again
    assert other["receipt"] != first["receipt"]
    assert Matter.objects.count() == 2


def test_a_short_key_is_refused(program):
    answer = program.post("matters", SAID, **{"Idempotency-Key": "short"})

    assert answer.status_code == 422
    assert problems(answer) == {"Idempotency-Key": "至少16个字。"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": None}, "text"),
        ({"text": "长" * 5001}, "text"),
        ({"unit": "NOWHERE"}, "unit"),
        ({"unit": "\x00"}, "unit"),
        ({"identity": "NAMED"}, "identity"),
        ({"name": ""}, "name"),
        ({"identity": "confidential", "name": "", "contact": None}, "contact"),
        ({"claims": ["一"] * 11}, "claims"),
        ({"claims": "一"}, "claims"),
        ({"claims": [{"a": 1}]}, "claims.0"),
        ({"mine": "NOWHERE"}, "mine"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_refusal_names_the_field_and_raises_nothing(program, said, field):
    answer = program.post("matters", SAID | said)

    assert answer.status_code == 422
    assert field in problems(answer)
    assert not Matter.objects.exists()


def test_a_unit_of_another_mine_is_none_of_this(program):
    build_house("SECOND")

    ours = program.post("matters", SAID | {"unit": "SECOND-one"})
    theirs = program.post("matters", SAID | {"unit": "SECOND-one", "mine": "SECOND"})

    assert "unit" in problems(ours)
    assert theirs.status_code == 201


def test_progress_in_plain_steps(program, house):
    story = Spoken(house).handling()

    said = program.get(f"progress/{story.receipt}").json()

    assert said["number"] == story.matter.number
    assert said["state"] == State.HANDLING
    assert said["due"].endswith("+08:00")
    assert [step["what"] for step in said["steps"]] == [
        "已登记接事",
        "已分给主办单位：one队",
        "主办单位已受理",
    ]
    assert said["actions"] == ["supplement", "withdraw"]


@pytest.mark.parametrize(
    "receipt", ["1234567890123456", "4539578763621486", "x", "%00", "9" * 500]
)
def test_a_wrong_receipt_is_not_found_in_the_same_words(program, receipt):
    answers = [
        program.get(f"progress/{receipt}"),
        program.post(f"progress/{receipt}/actions/withdraw", {}),
    ]

    for answer in answers:
        assert answer.status_code == 404
        assert problems(answer) == {None: "没有找到这个回执号，请核对号码。"}


def test_no_receipt_stands_in_a_log(program, house, caplog):
    story = Spoken(house)

    program.get(f"progress/{story.receipt[:-1]}")
    program.post(f"progress/{story.receipt}/actions/ask_review", {"reason": "x"})

    assert story.receipt[:-1] not in caplog.text


def test_the_speakers_steps(program, house):
    story = Spoken(house).answered()
    rating = {"claim": 1, "solved": True, "grade": "SATISFIED"}

    rated = program.post(
        f"progress/{story.receipt}/actions/rate", {"ratings": [rating]}
    )
    review = program.post(
        f"progress/{story.receipt}/actions/ask_review", {"reason": "水还是凉的"}
    )

    assert rated.json()["state"] == State.CLOSED
    assert rated.json()["actions"] == ["ask_review"]
    assert review.json()["state"] == State.REVIEWING


def test_a_step_that_asks_nothing_needs_no_body(program, house):
    story = Spoken(house)

    answer = program.post(f"progress/{story.receipt}/actions/withdraw")

    assert answer.json()["state"] == State.WITHDRAWN


@pytest.mark.parametrize(
    ("ratings", "field"),
    [
        ([], "ratings.1.solved"),
        ([{"claim": 2, "solved": True, "grade": "SATISFIED"}], "ratings"),
        ([{"claim": 1, "solved": True, "grade": "SATISFIED"}] * 2, "ratings"),
        ([{"claim": 1, "solved": "yes", "grade": "SATISFIED"}], "ratings.0.solved"),
        ([{"claim": 1, "solved": True, "grade": "GOOD"}], "ratings.0.grade"),
    ],
)
def test_a_rating_with_a_gap_is_refused(program, house, ratings, field):
    story = Spoken(house).answered()

    answer = program.post(
        f"progress/{story.receipt}/actions/rate", {"ratings": ratings}
    )

    assert answer.status_code == 422
    assert field in problems(answer)
    assert Matter.objects.get().state == State.ANSWERED


@pytest.mark.parametrize("name", ["triage", "close", "add_note", "nothing"])
def test_steps_of_others_are_not_there(program, house, name):
    story = Spoken(house)

    answer = program.post(f"progress/{story.receipt}/actions/{name}", {})

    assert answer.status_code == 404


def test_outdated_is_a_conflict(program, house):
    story = Spoken(house).handling()

    answer = program.post(f"progress/{story.receipt}/actions/withdraw", {"version": 1})

    assert answer.status_code == 409
    assert Matter.objects.get().state == State.HANDLING


def test_progress_asks_the_database_little(
    program, house, django_assert_max_num_queries
):
    story = Spoken(house).handling()
    program.get(f"progress/{story.receipt}")

    with django_assert_max_num_queries(10):
        program.get(f"progress/{story.receipt}")


def test_the_notice_is_read_and_its_version_kept(program):
    told = program.get("notice").json()
    assert (told["version"], told["sensitive_version"]) == (1, 1)
    assert "谁在处理您的信息" in told["text"]

    assert program.get("notice", mine="NOWHERE").status_code == 422
    assert (
        program.post("matters", SAID | {"notice": told["version"]}).status_code == 201
    )
    assert problems(program.post("matters", SAID | {"notice": 9})) == {
        "notice": "没有这个版本的告知书，请核对版本号。"
    }


def test_what_is_sensitive_needs_a_consent_of_its_own(program):
    refused = program.post("matters", SAID | {"sensitive": True})

    assert refused.status_code == 422
    assert "要您单独同意" in problems(refused)["agreed"]
    agreed = SAID | {"sensitive": True, "agreed": True}
    assert program.post("matters", agreed).status_code == 201


def test_programs_name_whom_it_is_about(program, house):
    program.post(
        "matters", {**SAID, "about": "coordinator某", "about_unit": "MINE-two"}
    )

    matter = Matter.objects.get()
    assert matter.names_objects
    assert matter.objects_named.count() == 2
    wrong = program.post("matters", {**SAID, "about_unit": "NOWHERE"})
    assert wrong.status_code == 422
    assert Matter.objects.count() == 1


def test_a_name_is_not_felt_out_by_the_time_it_takes(program, monkeypatch):
    slept = []
    monkeypatch.setattr(pace, "sleep", slept.append)
    monkeypatch.setattr(speaking, "NAMING", 3600)

    program.post("matters", {**SAID, "about": "没有这个人啊啊"})

    assert len(slept) == 1
    assert slept[0] > 0
