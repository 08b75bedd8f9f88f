import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.matters.rules.bigrams import MOST_WORDS, index_words, query_phrases


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("食堂热饭", ["食堂", "堂热", "热饭", "饭"]),
        ("饭", ["饭"]),
        ("食堂，热饭。", ["食堂", "堂", "热饭", "饭"]),
        ("3号井WiFi断了", ["3", "号井", "井", "wifi", "断了", "了"]),
        ("ＡＢＣ　１２３", ["abc", "123"]),
        ("a_b", ["a", "b"]),
        ("𠮷野", ["𠮷野", "野"]),
        ("……！？\n", []),
        ("", []),
    ],
)
def test_words_of_the_index(text, words):
    assert index_words(text) == words


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("热饭", [["热饭"]]),
        ("饭", [["饭"]]),
        ("食堂热饭", [["食堂", "堂热", "热饭"]]),
        ("食堂 热饭", [["食堂"], ["热饭"]]),
        ("食堂wi", [["食堂", "堂", "wi"]]),
        ("wifi断", [["wifi", "断"]]),
        ("ＷｉＦｉ", [["wifi"]]),
        ("，。 ！", []),
        ("热饭，", [["热饭"]]),
        ("   ", []),
        ("", []),
    ],
)
def test_phrases_of_a_question(asked, phrases):
    assert query_phrases(asked) == phrases


HAN = st.text(st.sampled_from("食堂热饭井下工"), min_size=1, max_size=8)


def holds(words, phrase):
    """Say whether the index finds the phrase, its last word as a beginning."""
    *whole, last = phrase
    return any(
        words[start : start + len(whole)] == whole
        and words[start + len(whole)].startswith(last)
        for start in range(len(words) - len(whole))
    )


@given(HAN, HAN)
def test_chinese_is_found_where_a_substring_is(text, asked):
    (phrase,) = query_phrases(asked)

    assert holds(index_words(text), phrase) is (asked in text)


@given(HAN, st.text("abc12", min_size=1, max_size=3), HAN)
def test_mixed_text_is_found_from_any_character_on(before, latin, after):
    text = before + latin + after

    for start in range(len(before)):
        for end in range(len(before) + 1, len(text) + 1):
            (phrase,) = query_phrases(text[start:end])
            assert holds(index_words(text), phrase)


def test_nobody_looks_for_the_end_of_a_book():
    assert len(index_words("字" * (MOST_WORDS + 10))) == MOST_WORDS


def test_no_word_is_longer_than_an_index_takes():
    assert max(len(word.encode()) for word in index_words("a" * 5000)) < 2046
    (phrase,) = query_phrases("a" * 90)
    assert holds(index_words("a" * 5000), phrase)
