"""Nothing can be kept: people hear so in plain words, and nothing is half written."""

import errno
import random
import resource
from contextlib import contextmanager
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from shuoshi.channels.forms.speaking import new_nonce
from shuoshi.common.room import is_without_room
from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter
from shuoshi.notices.models import Notice
from tests.channels.spoken import on_duty_now
from tests.matters.house import build_house


TEXT = "井下照明坏了，已经报过三次，一直没有人来修。"


class Told(Exception):
    def __init__(self, **carried):
        self.__dict__.update(carried)


@pytest.mark.parametrize(
    ("error", "answer"),
    [
        (OSError(errno.ENOSPC, "x"), True),
        (OSError(errno.EROFS, "x"), True),
        (OSError(errno.EDQUOT, "x"), True),
        (OSError(errno.ENOENT, "x"), False),
        (Told(sqlite_errorcode=13), True),
        (Told(sqlite_errorcode=8 | (3 << 8)), True),
        (Told(sqlite_errorcode=19), False),
        (Told(sqlstate="53100"), True),
        (Told(sqlstate="25006"), True),
        (Told(sqlstate="23505"), False),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_no_room_is_told_from_other_faults(error, answer):
    assert is_without_room(error) is answer


def test_what_a_fault_came_from_counts():
    outer = ValueError("y")
    outer.__cause__ = OSError(errno.ENOSPC, "x")

    assert is_without_room(outer)


@contextmanager
def full():
    """Let the database grow no more: a real SQLITE_FULL; PostgreSQL refuses to write."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            cursor.execute("SET default_transaction_read_only = on")
            yield
            cursor.execute("SET default_transaction_read_only = off")


@contextmanager
def read_only():
    """Let the database be read only."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = ON")
            yield
            cursor.execute("PRAGMA query_only = OFF")
        else:
            cursor.execute("SET default_transaction_read_only = on")
            yield
            cursor.execute("SET default_transaction_read_only = off")


@contextmanager
def no_large_files():
    """Let this process write no large file, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def person(transactional_db):
    house = build_house()
    on_duty_now(house)
    return Client(raise_request_exception=False)


def kept():
    return Matter.objects.count(), Notice.objects.count(), Attachment.objects.count()


@pytest.mark.parametrize("trouble", [full, read_only])
def test_what_was_said_is_given_back_and_taken_down_later(person, trouble):
    # A photo's worth of words, so that no free page is left to hold them.
    said = {"nonce": new_nonce(), "text": TEXT * 80, "identity": "ANONYMOUS"}
    with trouble():
        answer = person.post("/speak/", said)

        assert answer.status_code == 503
        assert "现在存不下" in answer.text
        assert TEXT in answer.text
        assert f'type="hidden" name="nonce" value="{said["nonce"]}"' in answer.text
        assert "查询码" not in answer.text
        assert answer["Retry-After"]
        assert kept() == (0, 0, 0)
        # What is only read can still be read.
        assert person.get("/progress/").status_code == 200

    answer = person.post("/speak/", said)

    assert answer.status_code == 200
    assert kept()[0] == 1


def test_a_photo_that_cannot_be_kept_keeps_the_matter_out_too(person):
    noise = random.Random(1).randbytes(3 * 500 * 500)
    photo = _noisy(noise)
    upload = SimpleUploadedFile("井口.png", photo, content_type="image/png")
    said = {"nonce": new_nonce(), "text": TEXT, "identity": "ANONYMOUS"}
    with no_large_files():
        answer = person.post("/speak/", said | {"photos": [upload]})

    assert answer.status_code == 503
    assert "再选一次" in answer.text
    assert kept() == (0, 0, 0)


def _noisy(noise):
    written = BytesIO()
    Image.frombytes("RGB", (500, 500), noise).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("trouble", [full, read_only])
def test_a_program_hears_it_in_its_own_language(person, trouble):
    said = {"text": TEXT * 80, "identity": "anonymous"}
    with trouble():
        answer = person.post("/api/v1/matters", said, content_type="application/json")

    assert answer.status_code == 503, answer.content
    assert "存不下" in answer.json()["errors"][0]["message"]
    assert kept() == (0, 0, 0)
