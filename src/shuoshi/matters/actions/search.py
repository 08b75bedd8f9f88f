"""Keep the index of words in step with the matters."""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import connection, transaction

from shuoshi.matters.rules.bigrams import index_words


_ADD = {
    "sqlite": "INSERT INTO matters_search (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO matters_search (matter_id, words) VALUES (%s, %s::tsvector)",
}
_DROP = {
    "sqlite": "DELETE FROM matters_search WHERE rowid = %s",
    "postgresql": "DELETE FROM matters_search WHERE matter_id = %s",
}
_MERGE = {
    "sqlite": "INSERT INTO matters_search (matters_search, rank) VALUES ('merge', %s)",
    # Vacuum does it there.
    "postgresql": "SELECT %s",
}
# Some two megabytes: what is merged at once while a person waits.
PAGES = 500


def index_matters(texts: Iterable[tuple[int, str]]) -> None:
    """Enter the words of matters, given as (id, text), into the index."""
    enter_words((matter_id, index_words(text)) for matter_id, text in texts)


def enter_words(words: Iterable[tuple[int, list[str]]]) -> None:
    """Enter words that were cut already, in their order, into the index."""
    rows = [(matter_id, stored_words(cut)) for matter_id, cut in words]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD[connection.vendor], rows)


def forget_words(matter_id: int) -> None:
    """Take the words of a matter out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP[connection.vendor], [matter_id])
    # What is merged in the same transaction does not know yet what was forgotten.
    transaction.on_commit(partial(merge_index, -PAGES), robust=True)


def merge_index(pages: int) -> bool:
    """
    Merge so many pages of the index; say whether there was anything to merge.

    SQLite only marks what is forgotten and keeps the words until their segments are
    merged. A negative number begins to merge all of them into one.
    """
    with connection.cursor() as cursor:
        before = _changes()
        cursor.execute(_MERGE[connection.vendor], [pages])
    # The command itself counts as one change.
    return _changes() - before > 1


def _changes() -> int:
    return int(getattr(connection.connection, "total_changes", 0))


def tidy_index(*, pages: int = PAGES) -> int:
    """Merge the whole index, a few pages a time; return how many times it took."""
    merge_index(-pages)
    times = 1
    while merge_index(pages):
        times += 1
    return times


def stored_words(words: list[str], *, after: str = "") -> str:
    """Return index words as the database keeps them, behind others already kept so."""
    return _STORED[connection.vendor](words, after)


def _in_places(words: list[str], after: str) -> str:
    first = after.count(" ") + 2 if after else 1
    return " ".join(
        f"'{word}':{place}" for place, word in enumerate(words, start=first)
    )


_STORED: dict[str, Callable[[list[str], str], str]] = {
    "sqlite": lambda words, _after: " ".join(words),
    "postgresql": _in_places,
}
