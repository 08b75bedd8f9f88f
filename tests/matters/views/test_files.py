"""Files leave only to who may read the matter they are about."""

from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.models import Attachment
from tests.matters.house import Story, raised


def attached(house):
    note = SimpleUploadedFile("检查单.txt", "已经检查。".encode(), "text/plain")
    return Story(house).handling().take("attach", "handler", files=[note]).matter


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
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_stranger_gets_404(house, sign_in):
    assert sign_in("other").get(url_of(attached(house))).status_code == 404


def test_file_of_another_matter_is_not_handed_out(house, sign_in):
    own = url_of(attached(house)).replace("2026-0001", raised(house).number)

    assert sign_in("coordinator").get(own).status_code == 404
