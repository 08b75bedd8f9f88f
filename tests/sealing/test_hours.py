"""Of an anonymous matter nothing is kept that is finer than the hour."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db.models import DateTimeField

from shuoshi.channels.actions.speaking import speak_up
from shuoshi.common.hours import HourStorage, hour_of
from shuoshi.files.rules.uploads import CleanFile
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.sayings import Saying
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, build_house, ratings


WHEN = NOW + timedelta(minutes=37, seconds=21, microseconds=5)


def speak(house, **said):
    saying = Saying(**({"text": "灯坏了", "identity": "ANONYMOUS"} | said))
    photo = CleanFile("灯.txt", "TXT", b"dark")
    how = {"mine_id": house.mine.pk, "channel": "WEB", "now": WHEN, "nonce": "n" * 16}
    for _time in range(2):
        speak_up(saying, [photo], **how)


def times():
    """Return every moment in the whole database, by table and column."""
    return {
        (model._meta.label, field.name, moment)
        for model in apps.get_models()
        if model.__module__.startswith("shuoshi.")
        for field in model._meta.fields
        if isinstance(field, DateTimeField)
        for moment in model.objects.values_list(field.name, flat=True)
        if moment
    }


@pytest.mark.django_db
def test_nothing_in_any_table_tells_the_minute():
    house = build_house()
    before = times()

    speak(house)

    told = times() - before
    assert ("matters.Matter", "received_at", NOW) in told
    assert ("files.Attachment", "added_at", NOW) in told
    assert ("trail.Event", "at", NOW) in told
    assert [one for one in told if abs(one[2] - WHEN) < timedelta(minutes=37)] == []


@pytest.mark.django_db
def test_who_is_known_keeps_their_time():
    speak(build_house(), identity="NAMED", name="张三丰", contact="8123")

    assert Matter.objects.get().received_at == WHEN


@pytest.mark.django_db
def test_the_desk_notes_no_minute_either():
    story = Story(build_house(), now=WHEN, identity="ANONYMOUS", name="", contact="")

    assert story.matter.received_at == NOW


@pytest.mark.django_db
def test_what_an_anonymous_speaker_does_later_keeps_to_the_hour():
    story = Story(build_house(), identity="ANONYMOUS", name="", contact="").answered()
    answered = Event.objects.filter(about=story.matter.uid).latest("seq").at
    story.now = datetime(2026, 9, 9, 5, 41, 30, tzinfo=UTC)

    story.take("rate", "speaker", ratings=ratings(story.matter))

    rated = Event.objects.filter(about=story.matter.uid, verb="rate").get()
    assert rated.at == datetime(2026, 9, 9, 5, tzinfo=UTC) > answered
    assert story.matter.ended_at == rated.at


@pytest.mark.django_db
def test_and_never_comes_before_what_was_done_before():
    story = Story(build_house(), identity="ANONYMOUS", name="", contact="").answered()
    answered = Event.objects.filter(about=story.matter.uid).latest("seq").at

    story.take("rate", "speaker", ratings=ratings(story.matter))

    rated = Event.objects.filter(about=story.matter.uid, verb="rate").get()
    assert rated.at == answered


def test_files_lie_in_the_store_with_the_hour_alone(tmp_path):
    store = HourStorage(location=tmp_path)

    name = store.save("ab/cd.bin", ContentFile(b"x"))
    other = store.save("ab/ef.bin", ContentFile(b"x"))
    store.delete(other)

    for path in (tmp_path / name, tmp_path / "ab"):
        assert os.stat(path).st_mtime % 3600 == 0
        assert os.stat(path).st_atime % 3600 == 0


def test_the_hour_of_a_moment():
    assert hour_of(WHEN) == NOW
