import threading

import pytest
from django.db import connection

from shuoshi.common.sealing import open_box
from shuoshi.files.queries import name_of, read
from shuoshi.keys.actions import rotation
from shuoshi.keys.actions.rotation import rotate_keys
from shuoshi.keys.queries.boxes import boxes_by_key
from shuoshi.matters.actions.erasing import erase_speaker
from shuoshi.matters.models import Matter, Speaker
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.trail.models import Event
from tests.keys.house import NEW, OLD, attachment, with_a_photo, wrapped_keys
from tests.matters.evidence import said
from tests.matters.house import NOW, build_house


@pytest.fixture
def house(settings):
    settings.SHUOSHI_KEYS = OLD
    return build_house()


def rotate(**how):
    return rotate_keys(by="console", clock=lambda: NOW, **how)


@pytest.mark.django_db
def test_everything_opens_under_the_new_key_alone(house, settings, monkeypatch):
    monkeypatch.setattr(rotation, "PAGE", 2)
    stories = [with_a_photo(house) for _time in range(3)]
    stories[0].take("add_note", "receiver", note="已经电话核实")
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    done = rotate()
    settings.SHUOSHI_KEYS = NEW

    assert (done.wrapped, done.broken, done.waiting) == (9, 0, 0)
    assert done.by_key == {"k1": 0, "k2": 9}
    assert {key.partition(".")[0] for key in wrapped_keys()} == {"k2"}
    matter = Matter.objects.get(pk=stories[0].matter.pk)
    assert speaker_of_sheet(matter).name == "张三丰"
    assert said(matter) == "已经电话核实"
    assert read(attachment(stories[2])) == "井口".encode()
    assert name_of(attachment(stories[2])) == "井口照片.txt"


@pytest.mark.django_db
def test_begin_and_end_are_on_record(house, settings):
    with_a_photo(house)
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    rotate()

    began, ended = Event.objects.filter(verb__startswith="note.keys").order_by("pk")
    assert began.verb == "note.keys.rotation_began"
    assert began.detail == {"to": "k2", "waiting": 3}
    assert ended.verb == "note.keys.rotation_ended"
    assert ended.detail == {"to": "k2", "wrapped": 3, "broken": 0, "waiting": 0}


@pytest.mark.django_db
def test_interrupted_anywhere_it_goes_on_where_it_was(house, settings, monkeypatch):
    monkeypatch.setattr(rotation, "PAGE", 1)
    for _time in range(2):
        with_a_photo(house)
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    def pull_the_plug(done, _total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(told=pull_the_plug)
    assert boxes_by_key() == {"k2": 3, "k1": 3}
    seen = []
    done = rotate(told=lambda done, total: seen.append((done, total)))

    assert (done.wrapped, done.waiting) == (3, 0)
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert rotate().wrapped == 0


@pytest.mark.django_db
def test_what_was_tampered_with_stays_and_keeps_nobody_waiting(house, settings):
    good, bad = with_a_photo(house), with_a_photo(house)
    moved = Matter.objects.values_list("key", flat=True).get(pk=good.matter.pk)
    Matter.objects.filter(pk=bad.matter.pk).update(key=moved)
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    done = rotate()

    assert (done.wrapped, done.broken, done.waiting) == (5, 1, 1)
    assert Matter.objects.get(pk=bad.matter.pk).key == moved


@pytest.mark.django_db
def test_who_erases_meanwhile_has_the_last_word(house, settings, monkeypatch):
    story = with_a_photo(house)
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"
    rewrap = rotation.rewrap

    def erased_meanwhile(owner, key):
        if owner.startswith("speaker:"):
            erase_speaker(story.matter, by="person:1", now=NOW, why="asked")
        return rewrap(owner, key)

    monkeypatch.setattr(rotation, "rewrap", erased_meanwhile)

    assert rotate().wrapped == 2
    assert Speaker.objects.get().key == ""


@pytest.mark.django_db(transaction=True)
def test_the_house_stays_open_while_keys_are_rotated(house, settings, monkeypatch):
    monkeypatch.setattr(rotation, "PAGE", 1)
    stories = [with_a_photo(house) for _time in range(4)]
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"
    fresh = []

    def work():
        for story in stories:
            story.take("add_note", "receiver", note="照常办事")
        fresh.append(with_a_photo(house).matter)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    rotate()
    worker.join()
    done = rotate()

    assert done.waiting == 0
    settings.SHUOSHI_KEYS = NEW
    for story in stories:
        matter = Matter.objects.get(pk=story.matter.pk)
        assert said(matter) == "照常办事"
    assert open_box(fresh[0].uid, Matter.objects.get(pk=fresh[0].pk).key)
