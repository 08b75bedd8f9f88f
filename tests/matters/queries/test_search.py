"""The index finds what a substring search finds, and nothing the searcher may not read."""

import random

import pytest
from django.db.models import Q

from shuoshi.matters.actions.search import (
    PAGES,
    _in_places,
    forget_words,
    index_matters,
    merge_index,
    tidy_index,
)
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import read_by
from shuoshi.matters.queries.search import matters_found
from tests.matters.house import Story, build_house, raised


pytestmark = pytest.mark.django_db

CHARACTERS = "食堂热饭井下工资"


@pytest.fixture
def house():
    return build_house()


def found(house, asked, who="coordinator"):
    return set(matters_found(house.standing(who), asked).values_list("pk", flat=True))


def substring(house, asked, who="coordinator"):
    """The plain way: look at every text and claim that the person may read."""
    readable = read_by(house.standing(who))
    holds = Q(text__contains=asked) | Q(claims__text__contains=asked)
    return set(readable.filter(holds).values_list("pk", flat=True))


@pytest.fixture
def crowd(house):
    """Some matters in each relation; every third said more in its claims."""
    chance = random.Random(2026)

    def words(most):
        return "".join(chance.choices(CHARACTERS + "，A1 ", k=chance.randint(1, most)))

    texts = [f"{words(12)}。{words(12)}" for _time in range(24)]
    for place, text in enumerate(texts):
        story = Story(
            house, text=f"说{text}", claims=(words(6) + "吧",) * (place % 3 == 0)
        )
        if place % 4 == 1:
            story.handling()
        if place % 6 == 2:
            given = {"objects": [house.people["coordinator"]], "reason": "他"}
            story.take("name_object", "receiver", **given)
        if place % 8 == 3:
            story.take("hand_to_discipline", "receiver", reason="检举")
    return chance


SEARCHERS = ["coordinator", "receiver", "head", "handler", "discipline", "auditor"]


def test_chinese_is_found_exactly_where_a_substring_is(house, crowd):
    asked = {
        "".join(crowd.choices(CHARACTERS, k=length))
        for length in (1, 1, 2, 2, 2, 2, 3, 3, 4)
        for _time in range(6)
    }
    hits = 0

    for who in SEARCHERS:
        for words in asked:
            expected = substring(house, words, who)
            assert found(house, words, who) == expected
            hits += len(expected)
    assert hits > 100


def test_what_may_not_be_read_is_neither_found_nor_counted(house, crowd):
    for who in house.people:
        readable = set(read_by(house.standing(who)).values_list("pk", flat=True))
        for words in ("食", "热饭", "说"):
            hits = matters_found(house.standing(who), words)
            assert set(hits.values_list("pk", flat=True)) <= readable
            assert hits.count() == len(hits)


def test_several_words_must_all_be_there(house):
    both = raised(house, text="食堂没有热饭")
    raised(house, text="食堂很好")

    assert found(house, "热饭 食堂") == {both.pk}


@pytest.mark.parametrize(
    "asked",
    [
        "食堂，热饭",
        "食堂",
        "堂",
        "WiFi",
        "wifi断",
        "ｗｉｆｉ",
        "3号",
        "号井",
        "wi",
        "断了。",
        "#断",
    ],
)
def test_punctuation_width_and_case_do_not_matter(house, asked):
    matter = raised(house, text="食堂，热饭；3号井WiFi断了")

    assert found(house, asked) == {matter.pk}


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "  ",
        "，。",
        "\x00",
        "\ud800",
        "'",
        '"',
        "* AND",
        "a:* | b",
        "NOT 热饭",
        "饭热",
        "热饭" * 60,
        "%",
        "_",
        "\\",
        "(",
        "热饭 OR 不在",
    ],
)
def test_odd_questions_find_nothing_and_break_nothing(house, asked):
    raised(house, text="没有热饭")

    assert found(house, asked) == set()


def test_by_number_a_sealed_matter_is_found_as_a_receipt(house):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    assert found(house, story.matter.number) == {story.matter.pk}
    assert found(house, story.matter.number, "head") == set()


def test_a_number_in_a_text_is_found_where_no_matter_has_it(house):
    matter = raised(house, text="见2019-0042号文件")

    assert found(house, "2019-0042") == {matter.pk}


def test_the_newest_come_first(house):
    first, second = raised(house), raised(house)

    hits = matters_found(house.standing("coordinator"), "热饭")
    assert list(hits) == [second, first]


def test_another_mine_finds_nothing(house):
    raised(house)

    assert found(build_house("NORTH"), "热饭") == set()


def test_many_enter_the_index_at_once_and_one_leaves_it(house):
    one, two = raised(house), raised(house)
    forget_words(one.pk)
    forget_words(two.pk)
    assert found(house, "热饭") == set()

    index_matters([(one.pk, one.text), (two.pk, "别的")])

    assert found(house, "热饭") == {one.pk}
    assert found(house, "别的") == {two.pk}


def test_a_long_text_is_indexed(house):
    matter = raised(house, text="热饭" * 2500, claims=("工资" * 2500,) * 3)

    assert found(house, "饭热饭") == {matter.pk}
    assert Matter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_tidied_in_small_steps_the_index_finds_the_same(vendor):
    house = build_house()
    matters = [raised(house) for _time in range(4)]
    forget_words(matters.pop().pk)
    chance = random.Random(2026)
    for place in range(8):
        text = "".join(chr(chance.randint(0x4E00, 0x9FA0)) for _char in range(9000))
        index_matters([(1_000_000 + place, text)])

    times = tidy_index(pages=1)

    assert (times > 1) is (vendor == "sqlite")
    assert tidy_index() == 1
    assert found(house, "热饭") == {matter.pk for matter in matters}
    assert merge_index(PAGES) is False


def test_on_postgresql_words_stand_in_their_places():
    both = _in_places(["热饭", "饭"], "")

    assert both == "'热饭':1 '饭':2"
    assert _in_places(["食堂"], both) == "'食堂':3"
