"""Raise a matter with its photos: both or neither, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils.timezone import now

from shuoshi.channels.actions.speaking import speak_up
from shuoshi.files.models import Attachment
from shuoshi.files.rules.kinds import FileRefused
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.sayings import Saying
from tests.files.samples import picture


SAYING = Saying("更衣室没有热水", identity="ANONYMOUS")


def speak(house, *files, nonce=""):
    return speak_up(
        SAYING, files, mine_id=house.mine.pk, channel="WEB", now=now(), nonce=nonce
    )


def photo():
    return SimpleUploadedFile("a.jpg", picture())


@pytest.mark.django_db
def test_a_file_that_cannot_be_taken_takes_the_matter_back(house):
    with pytest.raises(FileRefused):
        speak(house, photo(), SimpleUploadedFile("b.jpg", b"\x00 none"))

    assert not Matter.objects.exists()
    assert not Attachment.objects.exists()


@pytest.mark.django_db
def test_without_a_mark_each_is_a_matter_of_its_own(house):
    assert speak(house).receipt != speak(house).receipt


@pytest.mark.django_db(transaction=True)
def test_sent_at_the_same_moment_it_is_one_matter_with_its_photos(house):
    def send(_number):
        try:
            return speak(house, photo(), nonce="the same form").receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        receipts = set(pool.map(send, range(4)))

    assert len(receipts) == 1
    assert Matter.objects.count() == 1
    assert Attachment.objects.count() == 1
