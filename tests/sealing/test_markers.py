"""Nothing protected is readable in any byte on disk, whichever way it came in."""

import logging
import tempfile
from pathlib import Path

import pytest
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from shuoshi.channels.views import speaking
from shuoshi.common.logs import PlainFormatter
from shuoshi.files.models import Attachment
from shuoshi.jobs.actions.queue import enqueue
from shuoshi.jobs.models import Job
from shuoshi.jobs.rules.registry import TASKS, Declared
from shuoshi.keys.actions.overwriting import overwrite_log
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.sheet import speaker_of_sheet
from tests.channels.spoken import Program, nonce_in, on_duty_now, receipt_in
from tests.matters.house import build_house
from tests.sealing.bytes_on_disk import Search, marker, writings
from tests.support import environment


pytestmark = pytest.mark.django_db(transaction=True)
NAME, CONTACT, WORDS, FILE, OPEN = (marker(seed) for seed in range(1, 6))
SMALL = FILE.encode() * 3


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def disk(tmp_path, settings, monkeypatch):
    """Everything that is written while the test runs: database, files, logs, spools."""
    for folder in ("files", "spool", "logs"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "spool"))
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": settings.STORAGES["default"]["BACKEND"],
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    handler = logging.FileHandler(tmp_path / "logs" / "shuoshi.log")
    form = live.LOGGING["formatters"]["plain"]
    assert form["()"] == "shuoshi.common.logs.PlainFormatter"
    handler.setFormatter(PlainFormatter(form["format"]))
    logging.getLogger().addHandler(handler)
    yield Search([tmp_path, Path(environment.DATA)])
    logging.getLogger().removeHandler(handler)
    handler.close()


def upload(content=SMALL, name=f"{FILE}.txt"):
    return SimpleUploadedFile(name, content, "text/plain")


def speak(client, **said):
    words = {
        "nonce": nonce_in(client.get("/speak/")),
        "text": f"{OPEN}的灯坏了",
        "identity": "NAMED",
        "name": NAME,
        "contact": CONTACT,
    }
    answer = client.post("/speak/", words | said)
    assert answer.status_code == 200, answer.content.decode()
    return receipt_in(answer), Matter.objects.latest("pk")


def sign_in(client, house, who):
    client.force_login(house.people[who])
    return client


def step(client, matter, name, **given):
    matter.refresh_from_db()
    answer = client.post(
        f"/desk/matters/{matter.number}/do/{name}/",
        {"version": matter.version, **given},
    )
    assert answer.status_code in {200, 302, 303}, answer.content.decode()


def finish(disk):
    """Let the worker tidy up, as it does in life, and cut the log."""
    call_command("work", "--once")
    assert Job.objects.exists()
    if connection.vendor == "sqlite":
        assert overwrite_log()


@pytest.mark.parametrize("identity", ["NAMED", "CONFIDENTIAL", "ANONYMOUS"])
def test_who_speaks_and_what_they_show(house, disk, client, identity):
    _receipt, matter = speak(client, identity=identity, photos=[upload()])
    Program(client).post(
        "matters",
        {
            "text": "灯坏了",
            "identity": identity.lower(),
            "name": NAME if identity != "ANONYMOUS" else None,
            "contact": CONTACT if identity != "ANONYMOUS" else None,
        },
    )
    finish(disk)

    for word in (NAME, CONTACT, FILE):
        assert disk.finds(word) == []
    assert Attachment.objects.count() == 1
    # The search does find what lies open: the words of a matter that is not sealed.
    assert disk.finds(OPEN) != []
    if identity == "NAMED":
        assert speaker_of_sheet(matter).name == NAME


def test_an_accusation_of_a_higher_level_leaves_no_byte(house, disk, client):
    said = {
        "nonce": nonce_in(client.get("/speak/")),
        "text": WORDS,
        "claim_1": WORDS,
        "place": WORDS[:30],
        "identity": "NAMED",
        "name": NAME,
        "contact": CONTACT,
        "higher": "on",
    }
    large = upload(FILE.encode() * 200_000)

    answer = client.post("/speak/", {**said, "photos": [upload(), large]})
    finish(disk)

    assert WORDS in answer.content.decode()
    assert not Matter.objects.exists()
    for word in (WORDS, NAME, CONTACT, FILE):
        assert disk.finds(word) == []


def test_what_is_sealed_leaves_no_trace_of_when_it_was_open(house, disk, client):
    receipt, matter = speak(
        client, text=WORDS, claim_1=WORDS, claim_2=f"要求{WORDS}", place=WORDS[:30]
    )
    supplement = {"receipt": receipt, "words": WORDS, "version": matter.version}
    said = client.post("/progress/do/supplement/", supplement | {"files": [upload()]})
    assert said.status_code == 200, said.content.decode()
    desk = sign_in(client, house, "receiver")
    step(desk, matter, "add_note", note=WORDS)
    assert disk.finds(WORDS) != []

    step(desk, matter, "hand_to_discipline", reason=WORDS)
    finish(disk)

    matter.refresh_from_db()
    assert matter.sealed
    assert Attachment.objects.count() == 1
    for word in (WORDS, NAME, FILE):
        assert disk.finds(word) == []


def test_errors_tell_nothing(house, disk, client, monkeypatch, settings):
    def fails(*_args, **_kwargs):
        raise RuntimeError(WORDS)

    settings.ADMINS = [("somebody", "somebody@example.org")]
    monkeypatch.setattr(speaking, "speak_up", fails)
    monkeypatch.setitem(TASKS, "test.fails", Declared("test.fails", fails))
    client.raise_request_exception = False
    nonce = nonce_in(client.get("/speak/"))

    answer = client.post(
        f"/speak/?said={WORDS}",
        {"text": WORDS, "identity": "NAMED", "name": NAME, "nonce": nonce},
        headers={"referer": f"http://testserver/{WORDS}", "user-agent": WORDS},
    )
    enqueue("test.fails")
    client.get(f"/desk/matters/{WORDS}/")
    client.get("/desk/search/", {"q": WORDS})
    client.get(f"/api/v1/progress/{WORDS}")
    Program(client).post("matters", {"text": WORDS * 9000, "identity": WORDS})
    client.post("/speak/", WORDS, content_type="text/xml")
    finish(disk)

    assert answer.status_code == 500
    assert WORDS not in answer.content.decode()
    assert disk.finds(WORDS) == []
    assert disk.finds(NAME) == []
    log = next(disk.folders[0].rglob("shuoshi.log")).read_text()
    assert "500 POST speak/" in log
    assert "RuntimeError" in log
    assert Job.objects.get(name="test.fails").error.startswith("RuntimeError at")


def test_large_uploads_are_spooled_sealed_and_gone(house, disk, client, monkeypatch):
    seen = []
    real = speaking.speak_up

    def looked(*args, **kwargs):
        seen.append(disk.finds(FILE))
        return real(*args, **kwargs)

    monkeypatch.setattr(speaking, "speak_up", looked)
    large = FILE.encode() * (2 * 1024 * 1024 // len(FILE.encode()))

    speak(client, photos=[upload(large)])

    assert seen == [[]]
    assert disk.finds(FILE) == []
    assert list((disk.folders[0] / "spool").iterdir()) == []
    assert Attachment.objects.get().size == len(large)


def test_the_search_finds_whatever_way_it_is_written(tmp_path):
    for way in writings(NAME):
        assert way
        (tmp_path / "one").write_bytes(b"\0\1" + way + b"\2")
        assert Search([tmp_path]).finds(NAME) == ["one"]
    (tmp_path / "one").write_bytes(marker(99).encode())
    assert Search([tmp_path]).finds(NAME) == []
