"""A note hangs on the chain of who did it, and is proved like every event."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from shuoshi.trail.actions import note
from shuoshi.trail.queries import events_about
from shuoshi.trail.rules.actors import chain_of
from shuoshi.trail.rules.chain import event_hash


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)
THING = UUID(int=7)


def test_notes_of_one_actor_hang_together():
    note("accounts.signed_in", by="person:7", at=NOW)
    note("ledger.exported", by="person:7", at=NOW, about=THING, detail={"rows": 3})
    note("accounts.signed_in", by="person:8", at=NOW)

    first, second = events_about(chain_of("person:7"))

    assert (first.verb, second.verb) == (
        "note.accounts.signed_in",
        "note.ledger.exported",
    )
    assert second.prev_hash == first.hash
    assert second.hash == event_hash(second)
    assert second.detail == {"rows": 3, "on": str(THING)}
