"""Files that come with a step: checked, sealed, named by the event."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.models import Attachment
from tests.files.samples import picture, real_paper
from tests.matters.evidence import last, refused, said, tables_with, told
from tests.matters.house import Story, answers, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return Story(build_house()).handling()


def photo(name="食堂.jpg"):
    return SimpleUploadedFile(name, picture())


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("attach", {}),
        ("report_progress", {"progress": "去了"}),
        ("answer", None),
    ],
)
def test_files_come_with_a_step(story, name, given):
    given = {"answers": answers(story.matter)} if given is None else given
    files = [photo(), SimpleUploadedFile("报告.pdf", real_paper())]

    matter = story.take(name, "handler", files=files, **given).matter

    kept = Attachment.objects.filter(about=matter.uid)
    assert set(last(matter).detail["files"]) == {str(one.pk) for one in kept}
    assert sorted(one.kind for one in kept) == ["JPEG", "PDF"]
    assert {one.added_by for one in kept} == {last(matter).by}
    assert tables_with("食堂.jpg") == []


def test_the_speaker_adds_words_and_files(story):
    matter = story.take(
        "supplement", "speaker", words="还有一张照片", files=[photo()]
    ).matter

    assert said(matter) == "还有一张照片"
    assert len(last(matter).detail["files"]) == 1
    assert told(matter, "supplement") == ["handler", "receiver"]
    assert matter.state == "HANDLING"


def test_what_cannot_be_taken_changes_nothing(story):
    bad = SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 100)

    field, words = refused(story, "attach", "handler", files=[photo(), bad])

    assert field
    assert words
    assert not Attachment.objects.exists()


def test_only_the_speaker_supplements(story):
    for who in ("handler", "receiver", "coordinator"):
        refused(story, "supplement", who, words="x")
