import pytest

from shuoshi.common.words import WordsRefused
from shuoshi.matters.rules.sayings import (
    Saying,
    SayingRefused,
    checked_saying,
    title_of,
)


def refused(**saying):
    words = {"text": "没有热饭", "name": "张三丰"}
    with pytest.raises((SayingRefused, WordsRefused)) as refusal:
        checked_saying(Saying(**(words | saying)))
    return refusal.value.field, refusal.value.message


def test_what_was_said_is_cleaned():
    said = checked_saying(
        Saying(
            "  没有\x00热饭\r\n三天了\u200b ",
            name=" 张三丰 ",
            contact="138",
            claims=("热饭 ", " ", "\x07开门"),
            place=" 一食堂",
        )
    )

    assert said.text == "没有热饭\n三天了\u200b"
    assert (said.name, said.contact, said.place) == ("张三丰", "138", "一食堂")
    assert said.claims == ("热饭", "开门")


def test_nothing_is_kept_of_an_anonymous_person():
    said = checked_saying(
        Saying("没有热饭", identity="ANONYMOUS", name="张三丰", contact="138")
    )

    assert (said.name, said.contact) == ("", "")


def test_a_confidential_person_gives_a_name_or_a_contact():
    for given in ({"name": "张三丰"}, {"contact": "138"}):
        saying = Saying("没有热饭", identity="CONFIDENTIAL", **given)
        assert checked_saying(saying) == saying


@pytest.mark.parametrize(
    ("saying", "field", "words"),
    [
        ({"text": ""}, "text", "写明内容"),
        ({"text": " \u200b\u200d\ufeff\u2060　"}, "text", "写明内容"),
        ({"text": "\x00\x1f"}, "text", "写明内容"),
        ({"text": "坏\ud800字"}, "text", "无法识别"),
        ({"text": "字" * 5001}, "text", "最多5000个字，现在有5001个字"),
        ({"name": "\udfff"}, "name", "无法识别"),
        ({"name": "长" * 51}, "name", "最多50个字"),
        ({"contact": "1" * 101}, "contact", "最多100个字"),
        ({"place": "井" * 101}, "place", "最多100个字"),
        ({"claims": ("字" * 5001,)}, "claims", "最多5000个字"),
        ({"claims": ("热饭",) * 11}, "claims", "最多10个"),
        ({"identity": "KING"}, "identity", "实名、保密或者匿名"),
        ({"name": ""}, "name", "实名反映请写姓名"),
        ({"name": "\u200b"}, "name", "实名反映请写姓名"),
        ({"identity": "CONFIDENTIAL", "name": ""}, "contact", "姓名或者联系方式"),
    ],
)
def test_what_cannot_be_taken_down(saying, field, words):
    blamed, said = refused(**saying)

    assert blamed == field
    assert words in said


def test_five_thousand_characters_are_taken_down():
    assert checked_saying(Saying("字" * 5000, name="张")).text == "字" * 5000


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("没有热饭", "没有热饭"),
        ("没有\n\n  热饭\t了", "没有 热饭 了"),
        ("字" * 40, "字" * 40),
        ("字" * 41, "字" * 39 + "…"),
    ],
)
def test_the_title_is_the_beginning(text, title):
    assert title_of(text) == title
