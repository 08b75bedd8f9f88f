"""Send what waits in the outbox. The only road so far ends inside the program."""

from datetime import datetime
from typing import Final

from shuoshi.notices.models import Notice
from shuoshi.notices.queries import outbox_waiting


IN_APP: Final = "IN_APP"
BATCH: Final = 1000


def send_in_app(*, now: datetime) -> int:
    """Send what waits for people inside the program, batch by batch; return how many."""
    sent = 0
    while batch := list(outbox_waiting(IN_APP).values_list("id", flat=True)[:BATCH]):
        # Another worker may have sent some of them a moment ago.
        sent += Notice.objects.filter(id__in=batch, sent_at=None).update(sent_at=now)
    return sent
