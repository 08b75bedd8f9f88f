"""Seal an accusation: from then on the discipline committee alone reads it."""

from django.db import transaction

from shuoshi.keys.actions.overwriting import overwrite_log
from shuoshi.matters.actions.change import Change
from shuoshi.matters.actions.handing_over import hand_over_matter
from shuoshi.matters.actions.search import forget_words
from shuoshi.matters.models import Claim, Part
from shuoshi.matters.queries.claims import ANSWERED


def seal_matter(change: Change) -> None:
    """Move the words of a matter under its key and out of every column and index."""
    matter, box = change.matter, change.box
    change.set(
        sealed=True,
        sealed_text=box.seal(matter.text, "text"),
        text="",
        title="",
        unit=None,
        unit_text="",
        place="",
    )
    for claim in matter.claims.all():
        about = f"claim:{claim.place}"
        answered = {
            name: box.seal(words, f"{about}:{name}")
            for name in ANSWERED
            if (words := getattr(claim, name))
        }
        Claim.objects.filter(pk=claim.pk).update(
            text=box.seal(claim.text, about), **answered
        )
    # What units were asked and said stands, sealed, in the events.
    Part.objects.filter(matter=matter).update(task="", result="")
    forget_words(matter.pk)
    # The box in hand stays open until the step is written.
    hand_over_matter(matter, now=change.now)
    transaction.on_commit(overwrite_log, robust=True)
