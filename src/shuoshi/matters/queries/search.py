"""Look for matters by words or number, among those a person may read."""

from collections.abc import Callable

from django.db import connection
from django.db.models import QuerySet

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by, numbered, read_by
from shuoshi.matters.rules.bigrams import query_phrases
from shuoshi.org.rules.standing import Standing


LONGEST = 100
_CANDIDATES = {
    "sqlite": (
        "matters_matter.id IN"
        " (SELECT rowid FROM matters_search WHERE matters_search MATCH %s)"
    ),
    "postgresql": (
        "matters_matter.id IN"
        " (SELECT matter_id FROM matters_search WHERE words @@ %s::tsquery)"
    ),
}
# The index as words in their order, one row a matter, the same from either database.
READ_INDEX = {
    "sqlite": "SELECT rowid, words FROM matters_search ORDER BY rowid",
    "postgresql": (
        "SELECT matter_id, string_agg(lexeme, ' ' ORDER BY place)"
        " FROM matters_search, unnest(words) AS one (lexeme, places, weights),"
        " unnest(places) AS place GROUP BY matter_id ORDER BY matter_id"
    ),
}
# Index words are letters and digits only, so that quoting them is enough.
_MATCH: dict[str, Callable[[list[list[str]]], str]] = {
    "sqlite": lambda phrases: " AND ".join(
        f'"{" ".join(phrase)}" *' for phrase in phrases
    ),
    "postgresql": lambda phrases: " & ".join(
        "(" + " <-> ".join(f"'{word}'" for word in phrase) + ":*)" for phrase in phrases
    ),
}


def matters_found(person: Standing, asked: str) -> QuerySet[Matter]:
    """
    Return the matters whose number or words hold everything that was asked for.

    Sealed words are not in the index. The newest come first.
    """
    asked = asked.strip()[:LONGEST]
    with_number = numbered(matters_seen_by(person), asked)
    if with_number.exists():
        return with_number
    phrases = query_phrases(asked)
    if not phrases:
        return Matter.objects.none()
    found = read_by(person).extra(  # noqa: S610 - the clause is constant, the words a parameter
        where=[_CANDIDATES[connection.vendor]],
        params=[_MATCH[connection.vendor](phrases)],
    )
    return found.order_by("-received_at", "-id")
