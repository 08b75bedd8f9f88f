"""Search as a person sees it: a page of lines, how many there are, and where the words stand."""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shuoshi.matters.queries.keyset import Place, page_of
from shuoshi.matters.queries.lines import SHOWN, Line, listed
from shuoshi.matters.queries.matters import matters_seen_by, numbered
from shuoshi.matters.queries.search import matters_found


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.matters.queries.faces import Faces
    from shuoshi.org.rules.standing import Standing

ROWS = 25
# Counting stops here: more than this, nobody reads anyway.
MOST = 100
AROUND = 30


@dataclass(frozen=True)
class Found:
    """One page of what was found; ``count`` goes up to one more than ``MOST``."""

    lines: list[Line]
    count: int
    newer: str = ""
    older: str = ""

    @property
    def is_many(self) -> bool:
        return self.count > MOST


def matter_with_number(person: "Standing", asked: str) -> "Matter | None":
    """Return the one matter whose number was typed, if the person may see it."""
    number = unicodedata.normalize("NFKC", asked).strip()
    return numbered(matters_seen_by(person), number).first()


def found_by(
    person: "Standing", asked: str, faces: "Faces", place: Place | None
) -> Found:
    """Return one page of the matters that hold the words, the newest first."""
    found = matters_found(person, asked)
    ids = list(found.order_by().values_list("pk", flat=True)[: MOST + 1])
    if not ids:
        return Found([], 0)
    if len(ids) <= MOST:
        # Few are looked up one by one; for many, the newest soon fill a page.
        found = matters_seen_by(person).filter(pk__in=ids)
    rows = page_of(
        listed(found).only(*SHOWN, "text"),
        "received_at",
        place=place,
        size=ROWS,
        descending=True,
    )
    lines = [
        Line(matter, faces.of(matter), snippet=snippet(matter.text, asked))
        for matter in rows.rows
    ]
    return Found(lines, len(ids), rows.newer, rows.older)


def snippet(text: str, asked: str) -> SafeString:
    """Return the text around the first word that was asked for, with all of them marked."""
    words = [re.escape(word) for word in asked.split()]
    pattern = re.compile("|".join(words) or r"(?!)", re.IGNORECASE)
    flat = " ".join(text.split())
    first = pattern.search(flat)
    start = max(0, first.start() - AROUND) if first else 0
    cut = flat[start : start + 4 * AROUND]
    marked = format_html_join(
        "", "{}{}", [(plain, _mark(word)) for plain, word in _pieces(pattern, cut)]
    )
    ends = ("…" if start else "", "…" if start + 4 * AROUND < len(flat) else "")
    return format_html("{}{}{}", ends[0], marked, ends[1])


def _pieces(pattern: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    pieces, at = [], 0
    for match in pattern.finditer(text):
        pieces.append((text[at : match.start()], match[0]))
        at = match.end()
    return [*pieces, (text[at:], "")]


def _mark(word: str) -> SafeString | str:
    return format_html("<mark>{}</mark>", word) if word else ""
