from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.actions import judge_held, keep
from shuoshi.files.models import Attachment
from shuoshi.files.queries import FileHeld, attachments_of, read
from shuoshi.files.tasks import judge_files
from tests.files import clamd


pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
ABOUT = UUID(int=1)


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def held(settings):
    settings.SHUOSHI_CLAMAV = "tcp:127.0.0.1:1"
    settings.SHUOSHI_CLAMAV_AWAY = "quarantine"

    def held(content):
        file = SimpleUploadedFile("a.txt", content)
        return keep(file, about=ABOUT, mine_id=1, by="speaker", now=NOW)

    return held


def test_what_was_not_judged_is_kept_and_handed_to_nobody(held):
    attachment = held(b"words")

    with pytest.raises(FileHeld, match="还没有查完毒"):
        read(attachment)
    assert list(attachments_of(ABOUT)) == [attachment]


def test_the_scanner_lets_go_what_is_clean_and_takes_down_what_is_not(held, settings):
    clean, bad = held(b"words"), held(clamd.VIRUS)

    with clamd.scanner() as address:
        settings.SHUOSHI_CLAMAV = address
        assert judge_held(now=NOW) == 2

    assert read(Attachment.objects.get(pk=clean.pk)) == b"words"
    bad.refresh_from_db()
    assert (bad.removed_by, bad.box) == ("clock", "")


def test_while_the_scanner_stays_away_everything_stays_held(held, settings):
    held(b"words")

    assert judge_held(now=NOW) == 0
    settings.SHUOSHI_CLAMAV = ""
    judge_files()
    assert Attachment.objects.get().held


def test_what_is_gone_from_the_store_holds_up_nobody(held, settings):
    gone, clean = held(b"gone"), held(b"words")
    default_storage.delete(gone.stored_as)

    with clamd.scanner() as address:
        settings.SHUOSHI_CLAMAV = address
        assert judge_held(now=NOW) == 2

    assert read(Attachment.objects.get(pk=clean.pk)) == b"words"
