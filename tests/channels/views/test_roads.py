"""Roads in, opened and closed."""

import pytest

from shuoshi.channels.actions.conversing import converse
from shuoshi.channels.rules.conversing import Heard, Message
from shuoshi.matters.models import Matter
from shuoshi.trail.models import Event
from tests.channels.spoken import Program, nonce_in, on_duty_now, problems
from tests.channels.views.test_speaking import SAID
from tests.matters.house import NOW


pytestmark = pytest.mark.django_db


@pytest.fixture
def close(client, house):
    on_duty_now(house)

    def close(road, *, is_open="0"):
        client.force_login(house.people["coordinator"])
        answer = client.post(f"/desk/roads/{road}/", {"open": is_open})
        client.logout()
        return answer

    return close


def test_a_closed_page_says_so_and_gives_the_words_back(client, close):
    page = client.get("/speak/")
    assert close("WEB").status_code == 302

    shut = client.get("/speak/")
    sent = client.post("/speak/", SAID | {"nonce": nonce_in(page)})

    assert "现在不能在这里说事" in shut.content.decode()
    assert (shut.status_code, sent.status_code) == (200, 422)
    assert SAID["text"] in sent.content.decode()
    assert not Matter.objects.exists()
    # A poster is another road.
    assert "现在不能在这里说事" not in client.get("/speak/?place=井口").content.decode()


def test_opened_again_it_takes_what_is_said(client, close):
    close("WEB")
    close("WEB", is_open="1")
    nonce = nonce_in(client.get("/speak/"))

    assert client.post("/speak/", SAID | {"nonce": nonce}).status_code == 200

    verbs = Event.objects.filter(verb__startswith="note.channels.road")
    assert list(verbs.order_by("seq").values_list("verb", flat=True)) == [
        "note.channels.road_closed",
        "note.channels.road_opened",
    ]


def test_a_program_is_told_too(client, close):
    close("API")

    refused = Program(client).post("matters", {"text": "水凉", "identity": "anonymous"})

    assert refused.status_code == 422
    assert "现在不能在这里说事" in str(problems(refused))


def test_a_platform_answers_where_to_go(house, close):
    close("WECHAT")
    said = converse(
        Message("WECHAT", "somebody", Heard.TEXT, words="1"),
        mine_id=house.mine.pk,
        now=NOW,
    )

    assert "现在不能在这里说事" in said


def test_only_who_coordinates_switches(client, house):
    client.force_login(house.people["receiver"])
    assert client.get("/desk/roads/").status_code == 403
    assert client.post("/desk/roads/WEB/", {"open": "0"}).status_code == 403

    client.force_login(house.people["coordinator"])
    page = client.get("/desk/roads/").content.decode()
    assert "没有接通，由系统管理员设置" in page
    assert client.post("/desk/roads/PIGEON/", {"open": "0"}).status_code == 404
    assert client.post("/desk/roads/WEB/", {"open": "x"}).status_code == 404
