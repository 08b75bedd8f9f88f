"""Prove the whole house: histories, seals, what events vouch for, stored files."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from shuoshi.accounts.queries.vouching import wrong_accounts
from shuoshi.common.sealing import SealBroken, SealErased, SealLocked, open_box
from shuoshi.files.models import Attachment
from shuoshi.matters.models import Letter, Matter, Series
from shuoshi.matters.queries.committee import wrong_committee_keys
from shuoshi.matters.queries.hanging import hanging_at_hand
from shuoshi.matters.queries.heads import (
    all_heads,
    any_head_of,
    number_of,
    plain_heads,
    plain_number_of,
)
from shuoshi.matters.rules.numbers import LETTERS, LOWEST_APART, MATTERS
from shuoshi.matters.rules.sayings import title_of
from shuoshi.matters.rules.vouching import (
    CLAIMS,
    DIGEST,
    HANGING,
    HANGS,
    ROW,
    changed_columns,
    changed_hanging,
    vouch_for_claims,
)
from shuoshi.org.queries.vouching import wrong_posts
from shuoshi.trail.models import Event
from shuoshi.trail.queries import Printed, verify_chains, verify_seals
from shuoshi.trail.queries.rows import file_is_sound


PAGE: Final = 500
UNREADABLE: Final = (
    DatabaseError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
)
Watching = Callable[[int], None]


@dataclass
class Proved:
    """How much was proved, and the first thing that is bad."""

    matters: int = 0
    chains: int = 0
    events: int = 0
    seals: int = 0
    files: int = 0
    first_bad: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        return self.first_bad is None


def prove_house(
    *, printed: Printed | None = None, watching: Watching = lambda _done: None
) -> Proved:
    """
    Prove everything that can be; the first touched event comes before all else.

    What cannot be read is told as damage, never raised.
    """
    proved = Proved()
    parts: list[Callable[[], None]] = [
        lambda: _chains(proved),
        lambda: _seals(proved, printed),
        lambda: _matters(proved, watching),
        lambda: _numbers(proved),
        lambda: _people(proved),
        lambda: _files(proved),
        lambda: _database(proved),
    ]
    for part in parts:
        try:
            part()
        except UNREADABLE:
            proved.first_bad = {"why": "unreadable"}
        if not proved.ok:
            break
    return proved


def _chains(proved: Proved) -> None:
    verdict = verify_chains(all_heads(), again=any_head_of, plainly=plain_heads)
    proved.chains, proved.events = verdict.chains, verdict.events
    if bad := verdict.first_bad:
        number = _number_of(bad.about)
        proved.first_bad = {**bad.as_dict(), "number": number}
        if number and bad.why == "head" and bad.event is None:
            # The history is whole: what the matter remembers of its end is not.
            proved.first_bad = {"number": number, "why": "row", "what": "version"}


def _number_of(about: str) -> str:
    try:
        return number_of(about) or plain_number_of(about)
    except UNREADABLE:
        return ""


def _seals(proved: Proved, printed: Printed | None) -> None:
    verdict = verify_seals(printed)
    proved.seals, proved.first_bad = verdict.seals, verdict.first_bad


def _matters(proved: Proved, watching: Watching) -> None:
    for matter, vouched in _vouched():
        proved.matters += 1
        watching(proved.matters)
        if wrong := _wrong(matter, vouched):
            proved.first_bad = {"number": matter.number, "why": "row", "what": wrong}
            return


def _vouched() -> Iterator[tuple[Matter, dict[str, Any]]]:
    """Yield every matter with what its first and its last event vouch for."""
    after = 0
    whole = Matter.objects.select_related("speaker").prefetch_related("claims", *HANGS)
    while True:
        page = list(whole.filter(pk__gt=after).order_by("pk")[:PAGE])
        events = Event.objects.filter(about__in=[matter.uid for matter in page])
        first = dict(events.filter(seq=1).values_list("about", "detail"))
        ends = events.filter(hash__in={matter.head_hash for matter in page})
        last = dict(ends.values_list("about", "detail"))
        for matter in page:
            digest = first.get(matter.uid, {}).get(DIGEST)
            yield matter, {**last.get(matter.uid, {}), DIGEST: digest}
        if len(page) < PAGE:
            return
        after = page[-1].pk


def _wrong(matter: Matter, vouched: dict[str, Any]) -> str:
    """
    Return which part of a matter is not as its events say; empty if all are.

    What was erased, or lies under a committee's key, is proved by its columns alone.
    """
    if ROW in vouched and (columns := changed_columns(matter, vouched[ROW])):
        return ",".join(columns)
    if HANGING in vouched and (
        kinds := changed_hanging(hanging_at_hand(matter), vouched[HANGING])
    ):
        return ",".join(kinds)
    try:
        box = open_box(matter.uid, matter.key)
        text = box.open(matter.sealed_text, "text") if matter.sealed else matter.text
    except (SealErased, SealLocked):
        return ""
    except SealBroken:
        return "text"
    if vouched[DIGEST] and box.digest(text) != vouched[DIGEST]:
        return "text"
    if matter.title != ("" if matter.sealed else title_of(text)):
        return "title"
    claims = matter.claims.all()
    if CLAIMS in vouched and vouch_for_claims(box, claims) != vouched[CLAIMS]:
        return "claims"
    return "" if _speaker_opens(matter) else "speaker"


def _speaker_opens(matter: Matter) -> bool:
    speaker = getattr(matter, "speaker", None)
    if speaker is None:
        return True
    try:
        box = open_box(f"speaker:{matter.uid}", speaker.key)
        for name in ("name", "contact"):
            if token := getattr(speaker, name):
                box.open(token, name)
    except (SealErased, SealLocked):
        return True
    except SealBroken:
        return False
    return True


def _numbers(proved: Proved) -> None:
    """Hold each series against its last number: none was taken and is not there."""
    for series in Series.objects.order_by("pk"):
        kept = _numbered_in(series)
        if kept is not None and kept != series.last:
            name = f"{series.name} {series.year}"
            proved.first_bad = {"why": "series", "what": name}
            return


def _numbered_in(series: Series) -> int | None:
    place = {"mine_id": series.mine_id, "year": series.year}
    if series.name == MATTERS:
        return Matter.objects.filter(**place, serial__lt=LOWEST_APART).count()
    name, _colon, kind = series.name.partition(":")
    if name == LETTERS:
        return Letter.objects.filter(**place, kind=kind).count()
    return None


def _people(proved: Proved) -> None:
    """Hold accounts, posts and committees' keys against what the house vouches for."""
    for what, wrong in (
        ("account", wrong_accounts()),
        ("post", wrong_posts()),
        ("committee_key", wrong_committee_keys()),
    ):
        if first := next(wrong, None):
            proved.first_bad = {"why": "people", "what": f"{what} {first}"}
            return


def _files(proved: Proved) -> None:
    """Hold the stored bytes of every file against what the database knows of them."""
    kept = Attachment.objects.filter(removed_at=None).exclude(box="").order_by("pk")
    for file in kept.iterator():
        proved.files += 1
        if why := _wrong_file(file):
            number = _number_of(str(file.about))
            proved.first_bad = {"number": number, "why": why, "file": str(file.pk)}
            return


def _wrong_file(file: Attachment) -> str:
    try:
        with default_storage.open(file.stored_as) as stored:
            same = hashlib.sha256(stored.read()).hexdigest() == file.sha256
    except FileNotFoundError:
        return "file_missing"
    return "" if same else "file"


def _database(proved: Proved) -> None:
    if connection.vendor == "sqlite" and not file_is_sound():
        proved.first_bad = {"why": "database"}
