"""What people who work do through a program."""

import base64

import pytest
from django.utils.timezone import now

from shuoshi.accounts.models import Token
from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.states import State
from shuoshi.matters.rules.table import STEPS
from shuoshi.trail.models import Reading
from tests.channels.spoken import Program, Spoken, problems
from tests.files.samples import picture
from tests.matters.house import Story, build_house


pytestmark = pytest.mark.django_db
PEOPLE = [
    "receiver",
    "coordinator",
    "party_head",
    "head",
    "handler",
    "mate",
    "other_head",
    "other",
    "leader",
    "chief",
    "discipline",
    "sysadmin",
    "secadmin",
    "auditor",
]
TRIAGE = {"lead_unit": "MINE-one", "request_type": "COMPLAINT", "level": "ORDINARY"}


@pytest.fixture
def as_(client, house):
    return lambda who: Program(client, house.people[who])


def numbers(answer):
    return [row["number"] for row in answer.json()["matters"]]


@pytest.mark.parametrize("path", ["matters", "matters/2026-0001"])
def test_without_a_token_nothing(client, house, path):
    answer = Program(client).get(path)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert problems(answer) == {None: "请带上有效的令牌。"}


@pytest.mark.parametrize("token", ["", "x", "Bearer", "\xff" * 50, "a" * 5000])
def test_a_wrong_token_is_none(client, house, token):
    answer = client.get("/api/v1/matters", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


def test_a_token_that_ran_out_or_whose_person_left_is_none(client, house, as_):
    program = as_("receiver")
    Token.objects.update(expires_at=now())
    assert program.get("matters").status_code == 401

    program = as_("receiver")
    house.people["receiver"].is_active = False
    house.people["receiver"].save()
    assert program.get("matters").status_code == 401


@pytest.mark.parametrize("who", PEOPLE)
def test_list_and_read_agree_with_what_is_seen(house, as_, who):
    plain, named = Story(house).handling(), Story(house).handling()
    named.take("name_object", "coordinator", objects=[house.people["head"]], reason="x")
    sealed = Story(house).take("hand_to_discipline", "receiver", reason="x")
    seen = set(matters_seen_by(house.standing(who)).values_list("number", flat=True))
    program = as_(who)

    listed = set(numbers(program.get("matters")))
    read = {
        story.matter.number
        for story in (plain, named, sealed)
        if program.get(f"matters/{story.matter.number}").status_code == 200
    }

    assert listed == read == seen


@pytest.mark.parametrize("who", PEOPLE)
def test_actions_are_those_that_can_be_taken(house, as_, who):
    story = Story(house).handling()
    program = as_(who)
    path = f"matters/{story.matter.number}"
    open_to = program.get(path).json().get("actions")

    for name, step in STEPS.items():
        if not step.sources or open_to is None:
            continue
        status = program.post(f"{path}/actions/{name}", {"version": 999}).status_code
        if name in open_to:
            # Only the version is wrong, or a field is missing.
            assert status in {409, 422}, name
        else:
            assert status in {403, 422, 409}, name
    assert Matter.objects.get().version == story.matter.version


def test_what_is_not_seen_is_not_there(house, as_):
    story = Story(house)
    program = as_("other")

    hidden = program.get(f"matters/{story.matter.number}")
    absent = program.get("matters/2020-9999")
    acted = program.post(f"matters/{story.matter.number}/actions/withdraw", {})

    assert hidden.status_code == absent.status_code == acted.status_code == 404
    assert hidden.content == absent.content == acted.content


@pytest.mark.parametrize("number", ["x", "%00", "-", "٣", "9" * 300, "2026-0001%0A"])
def test_numbers_that_can_be_none_are_not_there(house, as_, number):
    Story(house)

    assert as_("receiver").get(f"matters/{number}").status_code == 404


def test_a_step_that_is_anothers_is_forbidden(house, as_):
    story = Story(house)

    answer = as_("coordinator").post(f"matters/{story.matter.number}/actions/close", {})

    assert answer.status_code == 403


def test_a_matter_walks_the_loop(house, as_):
    story = Spoken(house)
    path = f"matters/{story.matter.number}/actions"

    triaged = as_("receiver").post(
        f"{path}/triage",
        TRIAGE | {"claims": ["热水", "排气扇\n坏了"], "assisting_units": ["MINE-two"]},
    )
    accepted = as_("head").post(f"{path}/accept", {"handler": "mine-handler"})
    as_("handler").post(
        f"{path}/report_progress", {"progress": "在买", "tell_speaker": True}
    )
    replied = as_("handler").post(
        f"{path}/answer",
        {
            "answers": [
                {"claim": 1, "facts": "已修", "outcome": "SUPPORTED", "solved": True},
                {"claim": 2, "facts": "已换", "outcome": "EXPLAINED"},
            ]
        },
    )

    assert triaged.json()["state"] == State.TRIAGED
    assert [one["text"] for one in triaged.json()["claims"]] == ["热水", "排气扇 坏了"]
    assert accepted.json()["handler"] == "mine-handler"
    assert replied.json()["state"] == State.ANSWERED
    assert [one["solved"] for one in replied.json()["claims"]] == [True, False]
    assert replied.json()["version"] == 5
    assert replied.json()["events"][0]["by"] == "speaker"
    assert replied.json()["events"][1]["by"] == "mine-receiver"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "lead_unit"),
        (TRIAGE | {"lead_unit": "NOWHERE"}, "lead_unit"),
        (TRIAGE | {"lead_unit": ["MINE-one"]}, "lead_unit"),
        (TRIAGE | {"level": "HUGE"}, "level"),
        (TRIAGE | {"petition_class": "ACCUSATION"}, "petition_class"),
        (TRIAGE | {"assisting_units": ["MINE-one"]}, "assisting_units"),
        (TRIAGE | {"objects": ["nobody"]}, "objects"),
        (TRIAGE | {"claims": [""] * 11}, "claims"),
        (TRIAGE | {"version": "1"}, "version"),
        (TRIAGE | {"surprise": 1}, "surprise"),
    ],
)
def test_a_refusal_names_the_field_and_changes_nothing(house, as_, given, field):
    story = Story(house)

    answer = as_("receiver").post(
        f"matters/{story.matter.number}/actions/triage", given
    )

    assert answer.status_code == 422
    assert field in problems(answer)
    assert Matter.objects.get().version == 1


def test_a_wrong_state_is_refused_in_words(house, as_):
    story = Story(house).triaged()

    answer = as_("receiver").post(
        f"matters/{story.matter.number}/actions/triage", TRIAGE
    )

    assert answer.status_code == 422
    assert "已择事" in problems(answer)[None]


def test_outdated_is_a_conflict(house, as_):
    story = Story(house)

    answer = as_("receiver").post(
        f"matters/{story.matter.number}/actions/triage", TRIAGE | {"version": 9}
    )

    assert answer.status_code == 409


def test_a_step_out_of_ones_own_sight_leaves_a_receipt(house, as_):
    story = Story(house)

    answer = as_("receiver").post(
        f"matters/{story.matter.number}/actions/hand_to_discipline",
        {"reason": "检举控告"},
    )

    assert answer.status_code == 200
    assert answer.json()["sealed"]
    assert answer.json()["text"] is None


def test_sealed_words_are_for_the_committee_and_on_record(house, as_):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举控告")
    path = f"matters/{story.matter.number}"

    for who in ("receiver", "coordinator", "chief"):
        seen = as_(who).get(path).json()
        assert {seen["text"], seen["title"], seen["lead_unit"]} == {None}
        assert seen["claims"] == seen["events"] == []
    assert not Reading.objects.exists()
    assert as_("discipline").get(path).json()["text"].startswith("食堂")
    assert Reading.objects.get().field == "text"


def test_who_spoke_is_told_to_few_and_on_record(house, as_):
    story = Story(house, identity="CONFIDENTIAL").handling()
    path = f"matters/{story.matter.number}/speaker"

    kept_out = as_("handler").post(path)
    told = as_("receiver").post(path)

    assert kept_out.status_code == 403
    assert told.json() == {"name": "张三丰", "contact": "13800000000"}
    assert Reading.objects.get().by == house.standing("receiver").on_record


def test_of_an_anonymous_speaker_nothing_is_there(house, as_):
    story = Story(house, identity="ANONYMOUS")

    assert (
        as_("receiver").post(f"matters/{story.matter.number}/speaker").status_code
        == 403
    )


def test_words_whose_key_is_gone_are_said_to_be_gone(house, as_):
    story = Story(house).handling().take("add_note", "handler", note="备注")
    Matter.objects.update(key="")

    answer = as_("receiver").get(f"matters/{story.matter.number}")

    assert answer.json()["events"][-1]["words"] == "这段内容已按规定清除。"


def test_files_come_with_a_step(house, as_):
    story = Story(house)
    content = base64.b64encode(picture()).decode()
    path = f"matters/{story.matter.number}/actions/attach"

    kept = as_("receiver").post(
        path, {"files": [{"name": "炉.jpg", "content": content}]}
    )
    none = as_("receiver").post(path, {"files": []})
    noise = as_("receiver").post(path, {"files": [{"name": "炉.jpg", "content": "!"}]})

    assert kept.status_code == 200
    assert Attachment.objects.get().about == story.matter.uid
    assert "files" in problems(none)
    assert "files.0.content" in problems(noise)


def test_list_pages_by_where_rows_stand(house, as_):
    stories = [Story(house) for _ in range(5)]
    program = as_("receiver")

    first = program.get("matters", limit=2)
    second = program.get("matters", limit=2, after=first.json()["next"])
    last = program.get("matters", limit=2, after=second.json()["next"])

    assert numbers(first) + numbers(second) + numbers(last) == [
        story.matter.number for story in reversed(stories)
    ]
    assert last.json()["next"] is None


def test_list_filters(house, as_):
    hot, cold = (
        Story(house, text="澡堂热水不够"),
        Story(house, text="食堂冷饭").triaged(),
    )
    program = as_("receiver")

    assert numbers(program.get("matters", q="热水")) == [hot.matter.number]
    assert numbers(program.get("matters", state="TRIAGED")) == [cold.matter.number]
    assert numbers(program.get("matters", zone="INTAKE")) == [hot.matter.number]
    assert numbers(program.get("matters", q="热水", zone="TRIAGE")) == []


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "X"},
        {"zone": "x"},
        {"limit": 0},
        {"limit": "9" * 99},
        {"after": "x"},
        {"after": "9" * 40},
        {"q": "a" * 101},
    ],
)
def test_filters_that_mean_nothing_are_refused(house, as_, asked):
    answer = as_("receiver").get("matters", **asked)

    assert answer.status_code == 422
    assert next(iter(asked)) in problems(answer)


@pytest.mark.parametrize(
    "words",
    ["\x00", "%", "'\"", "*", "AND OR NOT", "\udcff".encode(errors="replace").decode()],
)
def test_hostile_words_find_nothing(house, as_, words):
    Story(house)

    answer = as_("receiver").get("matters", q=words)

    assert answer.status_code == 200


def test_list_of_another_mine_is_its_own(house, as_):
    Story(house)
    second = build_house("SECOND")
    other = Story(second)

    assert numbers(
        Program(as_("receiver").client, second.people["receiver"]).get("matters")
    ) == [other.matter.number]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_little(house, as_, rows, django_assert_max_num_queries):
    for _ in range(rows):
        story = Story(house)
        story.take(
            "name_object", "receiver", objects=[house.people["other"]], reason="x"
        )
    program = as_("receiver")
    program.get("matters")

    with django_assert_max_num_queries(6):
        program.get("matters")


@pytest.mark.parametrize("more", [0, 5])
def test_reading_asks_the_database_little(
    house, as_, more, django_assert_max_num_queries
):
    story = Story(house).handling()
    for _ in range(more):
        story.take("add_note", "handler", note="备注")
    program = as_("receiver")
    path = f"matters/{story.matter.number}"
    program.get(path)

    # One of them asks whether it was opened today already.
    with django_assert_max_num_queries(10):
        program.get(path)
