"""What hangs on a matter, as its events vouch for it."""

from shuoshi.matters.models import Matter, Speaker
from shuoshi.matters.rules.vouching import HANGS, vouch_for_hanging


def hanging_now(matter: Matter) -> dict[str, str]:
    """Return the digests of what hangs on a matter, read anew (a query for each kind)."""
    rows = {kind: list(getattr(matter, kind).all().order_by("pk")) for kind in HANGS}
    has_speaker = Speaker.objects.filter(matter=matter.pk).exists()
    return vouch_for_hanging(matter, rows, has_speaker=has_speaker)


def hanging_at_hand(matter: Matter) -> dict[str, str]:
    """Return the same from what was fetched along with the matter."""
    rows = {kind: getattr(matter, kind).all() for kind in HANGS}
    has_speaker = getattr(matter, "speaker", None) is not None
    return vouch_for_hanging(matter, rows, has_speaker=has_speaker)
