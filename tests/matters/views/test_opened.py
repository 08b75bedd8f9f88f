"""Opening a matter is kept, once a person and day; a list is no opening."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.accounts.actions.people import give_token
from shuoshi.files.queries import attachments_of
from shuoshi.matters.models import Opened
from tests.matters.house import NOW, Story, raised


WAYS = ["", "slip/", "file", "api"]


def opened():
    rows = Opened.objects.order_by("pk").values_list("person__name", flat=True)
    return [name.removesuffix("某") for name in rows]


def address(story, way):
    if way == "api":
        return f"/api/v1/matters/{story.matter.number}"
    if way == "file":
        photo = SimpleUploadedFile("a.txt", "井下".encode(), "text/plain")
        story.take("attach", "receiver", files=[photo])
        way = f"files/{attachments_of(story.matter.uid).get().pk}/"
    return f"/desk/matters/{story.matter.number}/{way}"


@pytest.mark.parametrize("way", WAYS)
def test_whoever_opens_it_is_kept_once_a_day(house, sign_in, way):
    client, story = sign_in("receiver"), Story(house)
    token, _expires = give_token(
        house.people["receiver"],
        purpose="test",
        now=NOW.replace(year=2036),
        second=True,
    )
    headers = {"Authorization": f"Bearer {token}"} if way == "api" else {}
    url = address(story, way)

    for _time in range(2):
        answer = client.get(url, headers=headers)
        assert answer.status_code == 200
        if answer.streaming:
            b"".join(answer.streaming_content)

    assert opened() == ["receiver"]


@pytest.mark.parametrize("way", ["", "slip/", "api"])
def test_whoever_may_not_read_it_has_not_opened_it(house, sign_in, way):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")
    token, _expires = give_token(
        house.people["chief"], purpose="test", now=NOW.replace(year=2036), second=True
    )
    headers = {"Authorization": f"Bearer {token}"} if way == "api" else {}

    sign_in("chief").get(address(story, way), headers=headers)

    assert opened() == []


def test_a_list_opens_nothing(house, sign_in):
    raised(house)

    sign_in("receiver").get("/desk/ledger/")

    assert opened() == []


def test_those_who_route_it_read_who_had_opened_it(house, sign_in):
    story = Story(house).handling()
    url = story.matter.get_absolute_url()
    sign_in("head").get(url)
    story.take(
        "name_object", "receiver", objects=[house.people["head"]], reason="说到他"
    )

    assert "回避前看过的人" in sign_in("receiver").get(url).text
    assert "回避前看过的人" not in sign_in("leader").get(url).text
