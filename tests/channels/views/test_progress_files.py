"""The speaker opens files with the receipt: the own, and those of the reply."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from shuoshi.files.actions import keep
from shuoshi.files.models import Attachment
from shuoshi.files.queries import attachments_of
from shuoshi.trail.models import Reading
from tests.channels.spoken import Spoken
from tests.matters.house import answers


pytestmark = pytest.mark.django_db
NOBODYS = "00000000-0000-4000-8000-000000000000"


def paper(words, name="内部名称.txt"):
    return SimpleUploadedFile(name, words.encode(), "text/plain")


def spoken(house, **saying):
    """The own photo, one of the handler's for the house alone, one of the reply."""
    story = Spoken(house, **saying)
    matter = story.matter
    keep(paper("own"), about=matter.uid, mine_id=1, by="speaker", now=story.now)
    story.handling().take("attach", "handler", files=[paper("internal")])
    given = answers(story.matter)
    return story.take("answer", "handler", answers=given, files=[paper("proof")])


def ask(client, story, uid):
    return client.post(f"/progress/files/{uid}/", {"receipt": story.receipt})


def files_by_words(client, story):
    """Return the file that each of the words came in, by asking for every one."""
    told = {}
    for one in attachments_of(story.matter.uid):
        answer = ask(client, story, one.pk)
        if answer.status_code == 200:
            told[answer.content.decode()] = answer
    return told


@pytest.mark.parametrize("identity", ["NAMED", "CONFIDENTIAL", "ANONYMOUS"])
def test_the_speaker_opens_the_own_file_and_that_of_the_reply(client, house, identity):
    story = spoken(house, identity=identity)

    opened = files_by_words(client, story)

    assert set(opened) == {"own", "proof"}
    answer = opened["proof"]
    assert answer["Content-Disposition"].startswith(
        f'attachment; filename="{story.matter.number}-attachment-2.txt"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert not client.cookies
    assert not Reading.objects.exists()


def test_the_page_offers_them_by_place_and_names_none(client, house):
    story = spoken(house)

    page = client.post("/progress/", {"receipt": story.receipt}).content.decode()

    offered = set(re.findall(r"/progress/files/([0-9a-f-]+)/", page))
    own, internal, proof = attachments_of(story.matter.uid)
    assert offered == {str(own.pk), str(proof.pk)}
    assert str(internal.pk) not in page
    assert "内部名称" not in page
    assert "您交的" in page
    assert "办理单位附的" in page


def test_a_receipt_opens_no_file_of_another_matter(client, house):
    story, other = spoken(house), spoken(house)

    for one in attachments_of(other.matter.uid):
        assert ask(client, story, one.pk).status_code == 404
    assert ask(client, story, NOBODYS).status_code == 404


def test_a_wrong_receipt_opens_nothing(client, house):
    story = spoken(house)
    uid = attachments_of(story.matter.uid)[0].pk

    answer = client.post(f"/progress/files/{uid}/", {"receipt": "1234567890123456"})

    assert answer.status_code == 422
    assert client.get(f"/progress/files/{uid}/").status_code == 405


def test_sealed_the_speaker_too_gets_a_receipt_and_no_file(client, house):
    story = Spoken(house)
    keep(paper("own"), about=story.matter.uid, mine_id=1, by="speaker", now=now())
    story.take("hand_to_discipline", "receiver", reason="检举")

    assert files_by_words(client, story) == {}
    page = client.post("/progress/", {"receipt": story.receipt}).content.decode()
    assert "/progress/files/" not in page


def test_a_held_file_says_to_come_back(client, house):
    story = spoken(house)
    Attachment.objects.update(held=True)

    answer = ask(client, story, attachments_of(story.matter.uid)[0].pk)

    assert answer.status_code == 409
    assert "还没有查完毒" in answer.content.decode()
