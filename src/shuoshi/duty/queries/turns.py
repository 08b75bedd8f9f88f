"""Find who is on duty."""

from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef

from shuoshi.duty.models import Turn
from shuoshi.org.models import Post
from shuoshi.org.queries.generation import generation


@lru_cache(maxsize=256)
def _on_duty(mine_id: int, day: date, _generation: int) -> tuple[Turn, ...]:
    # Who has left since could not even see what they would receive.
    here = Post.objects.filter(
        person=OuterRef("person"), mine_id=mine_id, ended_on=None
    )
    turns = Turn.objects.filter(
        Exists(here), mine_id=mine_id, day=day, person__is_active=True
    )
    return tuple(turns.select_related("person", "unit").order_by("pk"))


def on_duty(*, mine_id: int, day: date, at: int | None = None) -> tuple[Turn, ...]:
    """
    Return the turns of the day, in the order in which they were entered.

    They are remembered per generation; ``at`` is it if the caller already asked.
    """
    return _on_duty(mine_id, day, generation() if at is None else at)
