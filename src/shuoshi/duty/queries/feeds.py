"""The turns behind a secret address, as a calendar reads them (RFC 5545)."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from shuoshi.common.hashing import kept_hashes
from shuoshi.duty.models import Feed, Turn


PURPOSE: Final = "duty feed"
BACK, AHEAD = timedelta(days=31), timedelta(days=366)


def feed_behind(secret: str) -> Feed | None:
    """Return the feed of this secret, if it still holds and its owner is still here."""
    hashes = kept_hashes(PURPOSE, secret)
    feeds = Feed.objects.filter(digest__in=hashes, person__is_active=True)
    return feeds.first()


def has_feed(person_id: int) -> bool:
    return Feed.objects.filter(person_id=person_id).exists()


def calendar_behind(feed: Feed, *, today: date, moment: datetime) -> bytes:
    """Return the owner's turns, of the last month and the next year."""
    book = Calendar()
    book.add("prodid", "-//Shuoshi//duty//ZH")
    book.add("version", "2.0")
    book.add("x-wr-calname", _("说事室值班"))
    turns = Turn.objects.filter(
        person_id=feed.person_id, day__range=(today - BACK, today + AHEAD)
    )
    for turn in turns.select_related("unit", "mine").order_by("day"):
        event = Event()
        # The same turn keeps its name when it is planned anew on the same day.
        event.add("uid", f"duty-{turn.mine_id}-{turn.day}-{turn.person_id}@shuoshi")
        event.add("dtstamp", moment)
        event.add("dtstart", turn.day)
        event.add("dtend", turn.day + timedelta(days=1))
        event.add("summary", _("%(mine)s说事室值班") % {"mine": turn.mine.name})
        event.add("description", turn.unit.name)
        book.add_component(event)
    content: bytes = book.to_ical()
    return content
