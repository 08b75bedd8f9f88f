"""
Cut a text into what the index holds: pairs of neighbouring characters. Pure.

Chinese is not spaced and its words are mostly of two characters, so every pair is a word
to look for, and the last character of a run stands alone besides, so that the beginning
of a word finds every character. Latin words and numbers stay whole.
"""

import re
import unicodedata


_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_HAN}]+|[^\\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
# A tsvector holds no more positions; nobody looks for the end of a book.
MOST_WORDS = 16_000
# Nor a word longer than 2046 bytes; what is that long is no word.
LONGEST = 64


def index_words(text: str) -> list[str]:
    """Return the words of a text for the index, in order."""
    runs = _RUN.findall(_folded(text))
    return [word for run in runs for word in _words(run)][:MOST_WORDS]


def query_phrases(text: str) -> list[list[str]]:
    """
    Return what was asked for as phrases of index words, all of which must be there.

    The last word of a phrase may be the beginning of a word in the index.
    """
    return [phrase for chunk in _folded(text).split() if (phrase := _phrase(chunk))]


def _phrase(chunk: str) -> list[str]:
    *before, last = _RUN.findall(chunk) or [""]
    words = [word for run in before for word in _words(run)]
    if not last:
        return words
    ending = _words(last)
    # The text may go on where the question ends.
    return words + (ending[:-1] if len(ending) > 1 else ending)


def _words(run: str) -> list[str]:
    if not _IS_HAN.match(run):
        return [run[:LONGEST]]
    return [run[start : start + 2] for start in range(len(run))]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
