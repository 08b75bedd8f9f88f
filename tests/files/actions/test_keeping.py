import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from shuoshi.common.refusals import Missing, Outdated
from shuoshi.common.sealing import SealBroken, SealErased
from shuoshi.files.actions import (
    keep,
    keeping,
    remove,
    sweep,
)
from shuoshi.files.models import Attachment
from shuoshi.files.queries import attachments_of, name_of, read
from shuoshi.files.rules.kinds import MOST_FILES, FileRefused
from shuoshi.files.tasks import sweep_store
from tests.files import samples


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


def kept(content=b"words", name="说明.txt", *, about=ABOUT, by="speaker", now=NOW):
    upload = SimpleUploadedFile(name, content)
    return keep(upload, about=about, mine_id=1, by=by, now=now)


def stored_bytes(attachment):
    with default_storage.open(attachment.stored_as) as stored:
        return stored.read()


def files_in_store():
    folders = default_storage.listdir("")[0]
    return sum(len(default_storage.listdir(folder)[1]) for folder in folders)


def test_a_file_is_kept_sealed_and_opens_again():
    attachment = kept("张三的说明".encode(), "张三.txt")

    same = Attachment.objects.get()
    assert read(same) == "张三的说明".encode()
    assert name_of(same) == "张三.txt"
    assert (same.kind, same.size, same.added_by) == ("TXT", 15, "speaker")
    assert (same.about, same.mine_id, same.added_at) == (ABOUT, 1, NOW)
    assert same.content_type == "text/plain; charset=utf-8"
    assert "张三".encode() not in stored_bytes(attachment)
    assert "张三" not in "".join(map(str, Attachment.objects.values_list()[0]))
    assert hashlib.sha256(stored_bytes(attachment)).hexdigest() == same.sha256
    assert str(same) == f"{same.id} TXT"


def test_a_photo_is_cleaned_before_it_is_kept():
    photo = samples.picture(exif=samples.telltale_exif())

    attachment = kept(photo, "IMG_0001.PNG")

    assert b"TELLTALE" not in read(attachment)
    assert (attachment.kind, name_of(attachment)) == ("JPEG", "IMG_0001.jpg")


def test_the_store_tells_nothing_by_its_names():
    attachment = kept()

    assert (
        attachment.stored_as == f"{attachment.id.hex[:2]}/{attachment.id.hex[2:]}.bin"
    )


def test_the_same_file_is_never_stored_alike():
    one, two = kept(), kept()

    assert one.sha256 != two.sha256
    assert one.box != two.box


def test_a_refusal_names_the_file_and_keeps_nothing():
    with pytest.raises(FileRefused, match=r"“照片\.heic”：这是 HEIC") as refusal:
        kept(samples.HEIC, "照片.heic")

    assert refusal.value.field == "files"
    assert not Attachment.objects.exists()


def test_a_file_without_a_name_is_kept():
    attachment = keep(
        ContentFile(b"words"), about=ABOUT, mine_id=1, by="speaker", now=NOW
    )

    assert name_of(attachment) == "附件.txt"


def test_each_person_may_add_so_many_files():
    for _time in range(MOST_FILES):
        kept()

    with pytest.raises(FileRefused, match="最多传 10 个文件"):
        kept()
    kept(by="person:1")
    kept(about=UUID(int=2))

    assert Attachment.objects.count() == MOST_FILES + 2


def test_one_thing_takes_so_many_files_from_all_together(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_TOGETHER", 3)
    for number in range(3):
        kept(by=f"person:{number}")

    with pytest.raises(FileRefused, match="已经有 3 个文件"):
        kept(by="person:9")
    kept(about=UUID(int=2))


def test_one_thing_takes_so_many_bytes_from_all_together(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BYTES_TOGETHER", 10)
    kept(b"123456", by="person:1")

    with pytest.raises(FileRefused, match="合起来超过"):
        kept(b"78901", by="person:2")
    kept(b"7890", by="person:2")


def test_attachments_come_in_the_order_they_were_added():
    second = kept(now=NOW + timedelta(minutes=1))
    first = kept()
    kept(about=UUID(int=2))

    assert list(attachments_of(ABOUT)) == [first, second]


def test_a_removed_file_is_gone_for_good(django_capture_on_commit_callbacks):
    attachment, other = kept(), kept()
    later = NOW + timedelta(hours=1)

    with django_capture_on_commit_callbacks(execute=True):
        gone = remove(attachment, by="person:1", now=later)

    assert (gone.removed_at, gone.removed_by) == (later, "person:1")
    assert (gone.box, gone.name_sealed) == ("", "")
    assert list(attachments_of(ABOUT)) == [other]
    assert files_in_store() == 1
    with pytest.raises(Missing, match="已经撤下"):
        read(gone)
    with pytest.raises(SealErased):
        name_of(gone)
    with pytest.raises(Outdated):
        remove(attachment, by="person:2", now=later)


def test_the_database_wants_a_removal_whole():
    kept()

    for half in ({"removed_at": NOW}, {"removed_by": "person:1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attachment.objects.update(**half)


def test_a_file_that_is_missing_or_changed_is_not_read():
    attachment, other = kept(), kept()
    sealed = stored_bytes(other)
    default_storage.delete(attachment.stored_as)

    with pytest.raises(Missing, match="不在了"):
        read(attachment)
    default_storage.save(attachment.stored_as, ContentFile(sealed))
    with pytest.raises(SealBroken):
        read(attachment)


def test_sweep_takes_what_no_row_knows_and_nothing_else():
    there, removed = kept(), kept()
    with transaction.atomic():
        lost = kept()
        transaction.set_rollback(True)
    Attachment.objects.filter(pk=removed.pk).update(
        removed_at=NOW, removed_by="person:1", box=""
    )
    default_storage.save("ab/notes.txt", ContentFile(b"not ours"))
    default_storage.save("elsewhere/x.bin", ContentFile(b"not ours"))
    written = default_storage.get_modified_time(lost.stored_as)

    assert sweep(now=written + timedelta(hours=23)) == 0
    assert sweep(now=written + timedelta(hours=25)) == 2

    assert read(there) == b"words"
    assert not default_storage.exists(lost.stored_as)
    assert not default_storage.exists(removed.stored_as)
    assert default_storage.exists("ab/notes.txt")
    assert default_storage.exists("elsewhere/x.bin")


def test_sweeping_an_empty_store_is_harmless():
    sweep_store()

    assert not Attachment.objects.exists()
