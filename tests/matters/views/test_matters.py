import pytest

from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.models import Matter
from shuoshi.trail.models import Reading
from tests.matters.house import Story, raised


def url_of(matter):
    return f"/desk/matters/{matter.number}/"


def test_sheet_shows_the_matter(house, sign_in):
    story = Story(house).answered()

    answer = sign_in("handler").get(url_of(story.matter))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "食堂晚班没有热饭" in text
    assert "已查清并办好" in text
    assert "张三丰" in text


def test_stranger_gets_the_words_for_what_is_not_there(house, sign_in):
    matter = raised(house)
    client = sign_in("other")

    hidden = client.get(url_of(matter))
    missing = client.get("/desk/matters/2026-9999/")

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
