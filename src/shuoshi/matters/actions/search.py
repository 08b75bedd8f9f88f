"""Keep the index of words in step with the matters."""

from collections.abc import Iterable

from django.db import connection

from shuoshi.matters.rules.bigrams import index_words


_ADD = {
    "sqlite": "INSERT INTO matters_search (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO matters_search (matter_id, words) VALUES (%s, %s::tsvector)",
}
_DROP = {
    "sqlite": "DELETE FROM matters_search WHERE rowid = %s",
    "postgresql": "DELETE FROM matters_search WHERE matter_id = %s",
}


def index_matters(texts: Iterable[tuple[int, str]]) -> None:
    """Enter the words of matters, given as (id, text), into the index."""
    rows = [(matter_id, stored_words(index_words(text))) for matter_id, text in texts]
    with connection.cursor() as cursor:
        cursor.executemany(_ADD[connection.vendor], rows)


def forget_words(matter_id: int) -> None:
    """Take the words of a matter out of the index."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP[connection.vendor], [matter_id])


def stored_words(words: list[str], *, after: str = "") -> str:
    """Return index words as the database keeps them, behind others already kept so."""
    if connection.vendor == "sqlite":
        return " ".join(words)
    first = after.count(" ") + 2 if after else 1
    return " ".join(
        f"'{word}':{place}" for place, word in enumerate(words, start=first)
    )
