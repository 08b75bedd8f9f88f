"""Finding a matter by number or words, never more than may be read."""

import pytest

from tests.matters.house import Story, raised


URL = "/desk/search/"


def test_number_leads_to_the_matter(house, sign_in):
    raised(house)

    answer = sign_in("coordinator").get(URL, {"q": " 2026-0001 "})

    assert answer["Location"] == "/desk/matters/2026-0001/"


def test_number_of_what_may_not_be_seen_leads_nowhere(house, sign_in):
    raised(house)

    answer = sign_in("other").get(URL, {"q": "2026-0001"})

    assert answer.status_code == 200
    assert "没有找到" in answer.content.decode()


def test_two_characters_are_found_and_marked(house, sign_in):
    raised(house)

    text = sign_in("coordinator").get(URL, {"q": "热饭"}).content.decode()

    assert "<mark>热饭</mark>" in text
    assert "1件" in text


def test_count_and_words_are_those_one_may_read(house, sign_in):
    Story(house).handling()
    raised(house)
    Story(house).take("hand_to_discipline", "receiver", reason="检举")

    assert sign_in("coordinator").get(URL, {"q": "热饭"}).context["shown"].count == 2
    assert sign_in("handler").get(URL, {"q": "热饭"}).context["shown"].count == 1
    assert sign_in("other").get(URL, {"q": "热饭"}).context["shown"].count == 0


def test_words_of_the_matter_are_escaped(house, sign_in):
    raised(house, text="<script>alert(1)</script>热水")

    text = sign_in("coordinator").get(URL, {"q": "热水"}).content.decode()

    assert "&lt;script&gt;" in text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    "asked", ["", " ", "\x00", "%", "\"' OR 1=1", "（(", "x" * 5000]
)
def test_strange_questions_break_nothing(house, sign_in, asked):
    raised(house)

    assert sign_in("coordinator").get(URL, {"q": asked}).status_code == 200


def test_more_rows_ask_no_more(house, sign_in, queries):
    raised(house)
    client = sign_in("coordinator")
    once = queries(client, f"{URL}?q=热饭")
    raised(house)
    raised(house)

    assert queries(client, f"{URL}?q=热饭") == once
