"""Attachments of what is made public, and what was taken off again."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from shuoshi.disclosure.models import Announcement
from shuoshi.disclosure.rules.announcements import AnnouncementState
from shuoshi.files.models import Attachment
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
SAID = {"category": "LIFE", "title": "澡堂修好了", "body": "从今天起有热水。"}


@pytest.fixture
def house():
    return build_house()


def desk(house, who):
    client = Client()
    client.force_login(house.people[who])
    return client


def plan(name="plan.txt", content=b"hot water from six"):
    return SimpleUploadedFile(name, content, "text/plain")


def written(house, **how):
    writer = desk(house, "head")
    answer = writer.post("/desk/column/", SAID | {"attachments": [plan()]} | how)
    assert answer.status_code == 302
    return writer, Announcement.objects.get()


def let_out(house, one):
    path = f"/desk/column/{one.uid}/"
    desk(house, "coordinator").post(f"{path}check/")
    desk(house, "chief").post(f"{path}publish/", {"days": 15})
    one.refresh_from_db()
    assert one.state == AnnouncementState.PUBLISHED


def test_a_file_goes_with_a_draft_and_is_had_by_who_checks(house):
    _writer, one = written(house)
    file = Attachment.objects.get(about=one.uid)
    path = f"/desk/column/{one.uid}/files/{file.pk}/"

    answer = desk(house, "coordinator").get(path)

    assert answer.content == b"hot water from six"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "plan" not in answer["Content-Disposition"]
    assert desk(house, "other_head").get(path).status_code == 404
    assert Client().get(path).status_code == 302


def test_everybody_has_it_while_it_stands_there_and_no_longer(house):
    _writer, one = written(house)
    file = Attachment.objects.get(about=one.uid)
    path = f"/column/{one.uid}/files/{file.pk}/"
    assert Client().get(path).status_code == 404

    let_out(house, one)
    assert path in Client().get(f"/column/{one.uid}/").text
    assert Client().get(path).content == b"hot water from six"
    assert Client().get(f"/column/{one.uid}/files/{uuid4()}/").status_code == 404
    reason = {"reason": "电话写错了"}
    desk(house, "chief").post(f"/desk/column/{one.uid}/withdraw/", reason)

    assert Client().get(path).status_code == 404


def test_a_file_of_one_is_had_by_no_other_s_address(house):
    _writer, one = written(house)
    let_out(house, one)
    file = Attachment.objects.get(about=one.uid)
    other = Announcement.objects.create(
        mine=one.mine,
        author=one.author,
        written_at=one.written_at,
        published_at=one.published_at,
        until=one.until,
        state=AnnouncementState.PUBLISHED,
        **SAID,
    )

    assert Client().get(f"/column/{other.uid}/files/{file.pk}/").status_code == 404


def test_another_file_has_to_be_checked_anew(house):
    writer, one = written(house)
    desk(house, "coordinator").post(f"/desk/column/{one.uid}/check/")
    file = Attachment.objects.get(about=one.uid)

    path = f"/desk/column/{one.uid}/"
    assert (
        desk(house, "other_head").post(f"{path}drop/", {"file": file.pk}).status_code
        == 404
    )
    writer.post(f"{path}drop/", {"file": file.pk})

    one.refresh_from_db()
    assert one.state == AnnouncementState.DRAFT
    assert Attachment.objects.get().removed_at
    again = writer.post(f"{path}drop/", {"file": file.pk})
    assert again.status_code == 422


def test_what_is_no_file_of_ours_is_said_and_nothing_is_kept(house):
    bad = plan("x.exe", b"MZ" + bytes(200))

    answer = desk(house, "head").post("/desk/column/", SAID | {"attachments": [bad]})

    assert answer.status_code == 422
    assert "attachments" in answer.context["form"].errors
    assert SAID["body"] in answer.text
    assert not Announcement.objects.exists()


def test_what_was_taken_off_is_told_but_not_what_it_said(house):
    _writer, one = written(house)
    let_out(house, one)
    assert "还没有撤下过" in Client().get("/column/withdrawn/").text
    reason = {"reason": "电话写错了"}
    desk(house, "chief").post(f"/desk/column/{one.uid}/withdraw/", reason)

    page = Client().get("/column/withdrawn/").text

    assert "电话写错了" in page
    assert SAID["title"] not in page
    assert "/column/withdrawn/" in Client().get("/column/").text
    assert Client().get("/column/withdrawn/?mine=NONE").status_code == 404
