"""A speaker sees who read the matter, and checks it against the seal on paper."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.rules.sayings import Saying
from shuoshi.org.queries.readers import readers_of
from shuoshi.trail.actions import note_reading, seal_day
from shuoshi.trail.models import Seal
from tests.matters.house import NOW, TEXT, build_house, raised
from tests.trail.factories import by_force


pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[3] / "tools" / "check_proof.py"


@pytest.fixture
def house(db):
    return build_house()


@pytest.fixture
def spoken(house):
    saying = Saying(text=TEXT, identity="NAMED", name="张三丰", contact="138")
    return raise_matter(saying, mine_id=house.mine.pk, channel="WEB", now=NOW)


def check(receipt, **more):
    return Client().post("/progress/check/", {"receipt": receipt, **more})


def open_sheet(house, spoken, who):
    client = Client()
    client.force_login(house.people[who])
    assert client.get(spoken.matter.get_absolute_url()).status_code == 200


def test_who_read_it_is_told_by_post_and_only_the_receiver_by_name(house, spoken):
    assert "还没有人看过" in check(spoken.receipt).content.decode()
    for who in ("receiver", "coordinator", "coordinator"):
        open_sheet(house, spoken, who)

    text = check(spoken.receipt).content.decode()

    assert "首问人receiver某" in text
    assert "party队 统筹人员" in text
    assert "coordinator某" not in text
    assert "2次" in text


def test_before_the_first_seal_it_says_so(spoken):
    assert "还没有封存" in check(spoken.receipt).content.decode()
    assert check(spoken.receipt, paper="1")["Content-Type"].startswith("text/html")


def test_the_own_matter_agrees_with_the_seal_on_paper(house, spoken):
    raised(house), raised(house)
    seal = seal_day(NOW.date(), now=NOW)

    text = check(spoken.receipt).content.decode()

    assert "相符：您这件事的记录封存以后没有动过" in text
    assert all(seal.hash[at : at + 4] in text for at in range(0, 64, 4))


def test_a_touched_matter_does_not_agree(spoken):
    seal_day(NOW.date(), now=NOW)
    by_force("UPDATE trail_event SET verb = 'x' WHERE about = %s", _kept(spoken))

    assert "不相符" in check(spoken.receipt).content.decode()


def _kept(spoken):
    from django.db import connection  # noqa: PLC0415 - the one who asks

    uid = spoken.matter.uid
    return uid.hex if connection.vendor == "sqlite" else uid


def test_a_wrong_receipt_gets_nothing(house, spoken):
    seal_day(NOW.date(), now=NOW)
    for receipt in ("", "1" * 16, "张三"):
        answer = check(receipt, paper="1")
        assert answer.status_code == 422
        assert answer["Content-Type"].startswith("text/html")
    assert Client().get("/progress/check/").status_code == 405


@pytest.mark.parametrize("others", range(6))
def test_the_proof_is_checked_without_the_program(house, spoken, tmp_path, others):
    for _other in range(others):
        raised(house)
    seal = seal_day(NOW.date(), now=NOW)
    answer = check(spoken.receipt, paper="1")
    assert answer["Content-Disposition"].startswith("attachment")
    proof = json.loads(answer.content)
    assert "张三丰" not in answer.content.decode()

    printed = " ".join(seal.hash[at : at + 4] for at in range(0, 64, 4))
    assert run(tmp_path, proof, printed) == 0
    assert run(tmp_path, proof, seal.hash[:16]) == 0
    assert run(tmp_path, proof, "0" * 16) == 1
    assert run(tmp_path, proof, "") == 1
    assert run(tmp_path, {**proof, "leaf": "0" * 64}, printed) == 1
    assert (
        run(tmp_path, {**proof, "seal": proof["seal"] | {"leaves": 99}}, printed) == 1
    )
    assert Seal.objects.count() == 1


def run(folder, proof, printed):
    path = folder / "proof.json"
    path.write_text(json.dumps(proof), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path), printed],
        capture_output=True,
        check=False,
    )
    return told.returncode


def test_readers_of_anything_can_be_told(house):
    thing = UUID(int=77)
    for who in ("head", "head", "chief"):
        note_reading(
            mine_id=house.mine.pk,
            about=thing,
            field="care",
            by=house.standing(who).on_record,
            at=NOW,
            why="visit",
        )

    told = [(one.post, one.unit, one.field, one.times) for one in readers_of(thing)]

    assert told == [
        ("主要领导", "MINE煤矿", "care", 1),
        ("单位负责人", "one队", "care", 2),
    ]
