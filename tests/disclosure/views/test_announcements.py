"""The public column, and what leads there."""

import pytest
from django.utils.timezone import now

from shuoshi.disclosure.actions.announcements import (
    check_announcement,
    publish_announcement,
    write_announcement,
)
from shuoshi.disclosure.models import Announcement
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
WRITTEN = {"category": "LIFE", "title": "澡堂修好了", "body": "从今天起有热水。"}


@pytest.fixture
def house():
    return build_house()


def sign_in(client, house, who):
    client.force_login(house.people[who])
    return client


def test_from_the_draft_to_the_column(client, house):
    sign_in(client, house, "head").post("/desk/column/", WRITTEN)
    one = Announcement.objects.get()
    path = f"/desk/column/{one.uid}/"
    assert client.get("/column/").content.decode().count("澡堂") == 0

    sign_in(client, house, "coordinator").post(f"{path}check/")
    sign_in(client, house, "chief").post(f"{path}publish/", {"days": "15"})

    client.logout()
    assert "澡堂修好了" in client.get("/column/").content.decode()
    assert "从今天起有热水" in client.get(f"/column/{one.uid}/").content.decode()
    assert "澡堂" not in client.get("/column/?of=WAGES").content.decode()


@pytest.mark.parametrize(
    ("how", "sent", "said"),
    [
        ("publish", {"days": "3"}, "15"),
        ("publish", {"days": "x"}, "days"),
        ("write", {"title": ""}, "id_title"),
    ],
)
def test_what_is_refused_is_said_and_changes_nothing(client, house, how, sent, said):
    author = "chief" if how == "write" else "head"
    one = write_announcement(**WRITTEN, by=house.standing(author), now=now())
    check_announcement(one.uid, by=house.standing("coordinator"), now=now())

    answer = sign_in(client, house, "chief").post(
        f"/desk/column/{one.uid}/{how}/", sent
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    one.refresh_from_db()
    assert (one.state, one.title) == ("CHECKED", "澡堂修好了")


@pytest.mark.parametrize(
    "path", ["/column/?mine=NOWHERE", "/column/00000000-0000-0000-0000-000000000000/"]
)
def test_what_is_not_there_is_not_found(client, house, path):
    assert client.get(path).status_code == 404


def test_a_draft_is_no_page_for_the_public(client, house):
    one = write_announcement(**WRITTEN, by=house.standing("head"), now=now())

    assert client.get(f"/column/{one.uid}/").status_code == 404
    assert (
        sign_in(client, house, "other_head").get(f"/desk/column/{one.uid}/").status_code
        == 404
    )


def test_words_are_shown_as_words(client, house):
    one = write_announcement(
        **WRITTEN | {"body": "<script>1</script>"}, by=house.standing("head"), now=now()
    )
    check_announcement(one.uid, by=house.standing("coordinator"), now=now())
    publish_announcement(one.uid, by=house.standing("chief"), now=now())

    assert "<script>1" not in client.get(f"/column/{one.uid}/").content.decode()
