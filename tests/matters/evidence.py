"""What the tests of the actions look at: all that must stay, who was told, what was said."""

from django.db import connection

from shuoshi.common.refusals import Refused
from shuoshi.common.sealing import open_box
from shuoshi.matters.models import (
    Claim,
    ClockEntry,
    Letter,
    Matter,
    ObjectNamed,
    Order,
    Part,
    Release,
    Series,
)
from shuoshi.notices.models import Notice
from shuoshi.trail.models import Event


HANGS_ON_IT = (Claim, Part, ObjectNamed, ClockEntry, Letter, Order, Release)


def everything_about(matter_id):
    """All that a refused step must leave as it was."""
    matter = Matter.objects.filter(pk=matter_id).values().get()
    return (
        matter,
        list(Event.objects.filter(about=matter["uid"]).order_by("seq").values()),
        *(
            list(model.objects.filter(matter=matter_id).order_by("pk").values())
            for model in HANGS_ON_IT
        ),
        Notice.objects.filter(about=matter["uid"]).count(),
        list(Series.objects.order_by("pk").values()),
    )


def refused(story, name, who, **given):
    """Take a step that is refused; return the field to blame and the sentence."""
    before = everything_about(story.matter.pk)
    try:
        story.take(name, who, **given)
    except Refused as refusal:
        assert everything_about(story.matter.pk) == before
        return refusal.field, refusal.message
    raise AssertionError(f"{name} was not refused")


def told(matter, kind):
    """Return who was told of a step, by their short names."""
    notices = Notice.objects.filter(about=matter.uid, kind=kind).select_related("to")
    assert {notice.number for notice in notices} <= {matter.number}
    return sorted(
        notice.to.username.partition("-")[2] if notice.to else "speaker"
        for notice in notices
    )


def last(matter):
    """Return the last event of a matter."""
    return Event.objects.filter(about=matter.uid).order_by("-seq").first()


def verbs(matter):
    """Return what happened to a matter, in order."""
    events = Event.objects.filter(about=matter.uid).order_by("seq")
    return list(events.values_list("verb", flat=True))


def said(matter, event=None):
    """Return the words of an event, by default the last."""
    event = event or last(matter)
    box = open_box(matter.uid, matter.key)
    return box.open(event.words, f"event:{event.seq}") if event.words else ""


def name_of(person):
    """Return the short name of a person of the house."""
    return person.username.partition("-")[2] if person else None


def tables_with(text):
    """Return the tables in which some column of some row holds a text."""
    return sorted(table for table in _tables() if _holds(table, text))


def _tables():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        else:
            cursor.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
            )
        return [name for (name,) in cursor.fetchall()]


def _holds(table, text):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return any(
            text.encode() in (bytes(value) if _is_raw(value) else str(value).encode())
            for row in cursor.fetchall()
            for value in row
        )


def _is_raw(value):
    return isinstance(value, (bytes, memoryview))
