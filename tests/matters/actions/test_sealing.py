"""Accusations: sealed, handed to the committee, gone from every table and index."""

from datetime import timedelta

import pytest

from shuoshi.common.sealing import open_box
from shuoshi.matters.models import Part
from shuoshi.matters.queries.claims import readable_claims
from shuoshi.matters.queries.search import matters_found
from shuoshi.matters.rules.answers import ClaimAnswer, ClaimRating
from tests.matters.evidence import last, refused, said, tables_with, told
from tests.matters.house import NOW, TEXT, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house)


SECRET = "张班长收了工友的钱"


def sealed(house, **given):
    story = Story(house, text=SECRET, claims=(SECRET, "要求查处张班长"))
    return story.take("hand_to_discipline", "receiver", reason="属检举", **given)


def test_handed_to_the_committee_under_seal(house):
    matter = sealed(house).matter

    assert (matter.state, matter.sealed) == ("HANDED_OVER", True)
    assert (matter.text, matter.title, matter.place, matter.unit_text) == ("",) * 4
    assert matter.responsible is None
    assert told(matter, "hand_to_discipline") == ["discipline", "speaker"]
    assert said(matter) == "属检举"


def test_the_committee_still_reads_every_word(house):
    story = Story(house, text=SECRET, claims=(SECRET, "要求查处"))
    matter = story.take("hand_to_discipline", "receiver", reason="属检举").matter

    assert open_box(matter.uid, matter.key).open(matter.sealed_text, "text") == SECRET
    assert [claim.text for claim in readable_claims(matter)] == [SECRET, "要求查处"]


def test_the_words_stand_in_no_table(house):
    sealed(house)

    assert tables_with(SECRET) == tables_with("张班长") == []
    assert tables_with("班长收") == []


def test_the_words_are_found_by_nobody(house):
    sealed(house)

    for who in house.people:
        assert not matters_found(house.standing(who), "张班长").exists()


def test_what_units_and_answers_said_of_it_is_sealed_too(house):
    story = Story(house).handling()
    story.take(
        "ask_part",
        "head",
        unit=house.units["two"],
        task=f"请核对：{SECRET}",
        finish_on=NOW.date() + timedelta(days=3),
    )
    part = Part.objects.get()
    story.take("deliver_part", "other_head", part=part, result=f"核对了：{SECRET}")
    claim = story.matter.claims.get().pk
    answer = ClaimAnswer(claim, f"查了{SECRET}", "SUPPORTED", solved=True, basis=SECRET)
    rating = ClaimRating(claim, "SATISFIED", solved=True, comment=SECRET)
    story.take("answer", "handler", answers=[answer])
    story.take("rate", "speaker", ratings=[rating])
    story.take("ask_review", "speaker", reason="举报")
    story.take("overturn", "leader", opinion="移送纪委")
    story.take("hand_to_discipline", "receiver", reason="属检举")

    assert tables_with(SECRET) == []
    assert tables_with(TEXT) == []
    (claim,) = readable_claims(story.matter)
    assert (claim.text, claim.facts) == (TEXT, f"查了{SECRET}")
    assert (claim.basis, claim.comment) == (SECRET, SECRET)


def test_whom_it_accuses_does_not_even_see_the_receipt(house):
    story = sealed(house, objects=[house.people["coordinator"]])
    matter = story.matter

    assert matter.names_objects
    assert last(matter).detail["objects"] == 1
    told = {
        name: one for name, one in last(matter).detail.items() if "digest" not in name
    }
    assert house.people["coordinator"].pk not in told.values()
    assert not matters_found(house.standing("coordinator"), matter.number).exists()
    assert list(matters_found(house.standing("chief"), matter.number)) == [matter]


def test_an_accusation_of_the_chief_reaches_the_committee(house):
    matter = sealed(house, objects=[house.people["chief"]]).matter

    assert told(matter, "hand_to_discipline") == ["discipline", "speaker"]
    assert list(matters_found(house.standing("discipline"), matter.number)) == [matter]
    assert not matters_found(house.standing("coordinator"), matter.number).exists()


def test_it_is_sealed_after_sorting_too(house, story):
    matter = (
        story.triaged().take("hand_to_discipline", "receiver", reason="检举").matter
    )

    assert (matter.state, matter.sealed) == ("HANDED_OVER", True)


@pytest.mark.parametrize("who", ["handler", "leader", "chief", "discipline", "speaker"])
def test_others_do_not_seal_it(story, who):
    refused(story, "hand_to_discipline", who, reason="检举")


def test_what_is_handled_is_not_handed_over_sealed(story):
    _field, words = refused(
        story.handling(), "hand_to_discipline", "receiver", reason="检举"
    )

    assert "办理中" in words


@pytest.mark.django_db(transaction=True)
def test_not_even_a_pair_of_characters_stays_in_the_index():
    house = build_house()
    for _time in range(3):
        Story(house, text="食堂没有热饭")
    sealed(house)

    for pair in ("张班", "班长", "工友"):
        assert tables_with(pair) == []
    assert tables_with("热饭") != []
