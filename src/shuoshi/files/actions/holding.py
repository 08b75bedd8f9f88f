"""Let the scanner judge the files that were kept while it was away."""

from datetime import datetime
from typing import Final

from shuoshi.common.refusals import Missing
from shuoshi.common.sealing import SealBroken
from shuoshi.files.actions.keeping import remove
from shuoshi.files.models import Attachment
from shuoshi.files.queries import read_held
from shuoshi.files.queries.scanning import ScannerAway, is_infected, is_scanned


BATCH: Final = 100
CLOCK: Final = "clock"


def judge_held(*, now: datetime) -> int:
    """
    Let go what is clean, take down what is not; return how many were judged.

    Where the house has no scanner any more, what was held stays held.
    """
    if not is_scanned():
        return 0
    waiting = Attachment.objects.filter(held=True, removed_at=None)
    judged = 0
    for attachment in waiting.order_by("added_at")[:BATCH]:
        try:
            infected = is_infected(read_held(attachment))
        except ScannerAway:
            break
        except (Missing, SealBroken):
            # Damaged: it is no danger, and whoever asks for it is told so.
            infected = False
        if infected:
            remove(attachment, by=CLOCK, now=now)
        else:
            Attachment.objects.filter(pk=attachment.pk).update(held=False)
        judged += 1
    return judged
