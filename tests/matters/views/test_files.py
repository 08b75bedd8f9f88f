"""Files leave only to who may read the matter they are about."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.models import Attachment
from shuoshi.trail.models import Event, Reading
from tests.matters.house import Story, raised


def attached(house, **saying):
    note = SimpleUploadedFile("检查单.txt", "已经检查。".encode(), "text/plain")
    return (
        Story(house, **saying).handling().take("attach", "handler", files=[note]).matter
    )


def url_of(matter):
    return f"/desk/matters/{matter.number}/files/{Attachment.objects.get().pk}/"


def test_reader_gets_the_file(house, sign_in):
    matter = attached(house)
    client = sign_in("handler")
    assert (
        "检查单.txt" in client.get(f"/desk/matters/{matter.number}/").content.decode()
    )

    answer = client.get(url_of(matter))

    assert answer.content.decode() == "已经检查。"
    # A neutral name, and no way to act on our origin.
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{matter.number}-attachment-1.txt";'
        f" filename*=UTF-8''{matter.number}-%E9%99%84%E4%BB%B61.txt"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]
    assert not Reading.objects.filter(detail__field="file").exists()


def test_stranger_gets_404(house, sign_in):
    assert sign_in("other").get(url_of(attached(house))).status_code == 404


def test_file_of_another_matter_is_not_handed_out(house, sign_in):
    own = url_of(attached(house)).replace("2026-0001", raised(house).number)

    assert sign_in("coordinator").get(own).status_code == 404


@pytest.mark.parametrize("identity", ["CONFIDENTIAL", "ANONYMOUS"])
def test_a_file_of_a_protected_matter_goes_on_record_first(house, sign_in, identity):
    matter = attached(house, identity=identity)

    sign_in("handler").get(url_of(matter))

    by = f"person:{house.people['handler'].pk}"
    read = Reading.objects.filter(thing=matter.uid, by=by).order_by("seq")
    assert {reading.field for reading in read} == {"file", "words"}


def test_a_file_of_a_sealed_matter_is_for_the_committee_alone(house, sign_in):
    note = SimpleUploadedFile("a.txt", b"words", "text/plain")
    matter = Story(house).take("attach", "receiver", files=[note])
    matter = matter.take("hand_to_discipline", "receiver", reason="检举").matter

    assert sign_in("receiver").get(url_of(matter)).status_code in {403, 404}
    assert not Reading.objects.exists()
    assert sign_in("discipline").get(url_of(matter)).content == b"words"
    assert Reading.objects.get().field == "file"


def test_a_file_that_was_changed_in_the_store_gives_a_plain_error(house, sign_in):
    matter = attached(house)
    name = Attachment.objects.get().stored_as
    with default_storage.open(name) as stored:
        sealed = bytearray(stored.read())
    sealed[-1] ^= 1
    default_storage.delete(name)
    default_storage.save(name, ContentFile(bytes(sealed)))

    answer = sign_in("handler").get(url_of(matter))

    assert answer.status_code == 409
    assert "它被动过" in answer.content.decode()
    found = Event.objects.get(verb="note.files.found_broken")
    assert found.detail["on"] == str(matter.uid)


def test_a_file_that_is_gone_reads_like_none(house, sign_in):
    matter = attached(house)
    default_storage.delete(Attachment.objects.get().stored_as)

    assert sign_in("handler").get(url_of(matter)).status_code == 404


def test_a_held_file_says_to_come_back(house, sign_in):
    matter = attached(house)
    Attachment.objects.update(held=True)

    answer = sign_in("handler").get(url_of(matter))

    assert answer.status_code == 409
    assert "还没有查完毒" in answer.content.decode()
