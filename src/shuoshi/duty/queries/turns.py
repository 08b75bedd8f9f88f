"""Find who is on duty."""

from datetime import date

from django.db.models import QuerySet

from shuoshi.duty.models import Turn


def on_duty(*, mine_id: int, day: date) -> QuerySet[Turn]:
    """Return the turns of the day, in the order in which they were entered."""
    turns = Turn.objects.filter(mine_id=mine_id, day=day, person__is_active=True)
    return turns.select_related("person", "unit").order_by("pk")
