"""Look for a word in every byte that the house leaves behind, however it is written."""

import base64
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from shuoshi.matters.rules.bigrams import index_words
from tests.matters.evidence import _tables


# Characters that no page, name or invented word of the house uses.
RARE = "骉麤犇猋贔磊淼焱垚森鱻羴飝馫龘靐齾爩灪虋"


def marker(seed):
    """Return a word that is written nowhere else."""
    chance = random.Random(seed)
    return "".join(chance.sample(RARE, 5)) + f"qz{chance.randrange(10**9):09}"


def writings(word):
    """Return the word as bytes in every way it could lie somewhere."""
    ways = [
        word.encode(encoding)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    ]
    ways += [raw.hex().encode() for raw in ways]
    ways += [json.dumps(word)[1:-1].encode(), quote(word).encode()]
    ways += [quote(word).lower().encode(), word.encode("unicode_escape")]
    ways += [one for raw in ways[:4] for one in _in_base64(raw)]
    return ways + _in_the_index(word)


def _in_base64(raw):
    # In all three places of a group, without what mixes with its neighbours.
    for ahead in range(3):
        inside = base64.b64encode(b"\0" * ahead + raw)
        yield inside[(ahead * 8 + 5) // 6 : len(inside) // 4 * 4 - 4]


def _in_the_index(word):
    # Every pair is a word of its own there.
    return [pair.encode() for pair in index_words(word) if len(pair) > 1]


@dataclass
class Search:
    """The places where something could be left behind."""

    folders: list[Path]
    found: list[str] = field(default_factory=list)

    def finds(self, word):
        """Return where the word lies, in whatever writing."""
        ways = writings(word)
        return sorted(
            {
                place
                for place, content in self._contents()
                if any(way in content for way in ways)
            }
        )

    def _contents(self):
        for folder in self.folders:
            for file in folder.rglob("*"):
                if file.is_file() and "/static/" not in str(file):
                    yield file.name, file.read_bytes()
                yield "a name", str(file).encode()
        if connection.vendor == "postgresql":
            yield from self._dumped()

    def _dumped(self):
        with connection.cursor() as cursor:
            for table in _tables():
                cursor.execute(f'SELECT t::text FROM "{table}" t')
                yield table, "\n".join(row for (row,) in cursor.fetchall()).encode()
