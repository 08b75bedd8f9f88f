"""The queue at the counter, on the phone and on the wall."""

import pytest
from django.utils.timezone import localtime, now

from shuoshi.matters.models import Matter
from shuoshi.reception.models import Booking, Ticket
from shuoshi.reception.queries.bookings import times_of
from tests.channels.spoken import nonce_in, on_duty_now, receipt_in
from tests.channels.views.test_booking import SAID
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = build_house()
    on_duty_now(house)
    return house


@pytest.fixture
def desk(client, house):
    client.force_login(house.people["receiver"])
    return client


def take(desk, **how):
    answer = desk.post("/desk/queue/take/", {"line": "DUTY", **how})
    return Ticket.objects.latest("pk"), answer


def test_from_the_number_to_the_matter(desk):
    assert "还没有人来" in desk.get("/desk/queue/").content.decode()
    ticket, answer = take(desk)
    assert answer.status_code == 302
    slip = desk.get(answer.url).content.decode()
    assert "前面还有" in slip

    desk.post("/desk/queue/call/", {"line": "DUTY"})
    desk.post(f"/desk/queue/{ticket.uid}/here/")
    page = desk.get(f"/desk/queue/{ticket.uid}/register/")
    said = {
        "nonce": nonce_in(page),
        "channel": "WALK_IN",
        "identity": "NAMED",
        "name": "张三丰",
        "contact": "138",
        "text": "澡堂的水凉了。",
    }
    assert desk.post(f"/desk/queue/{ticket.uid}/register/", said).status_code == 200

    assert Matter.objects.get().text == "澡堂的水凉了。"
    assert "谈完了" in desk.get("/desk/queue/").content.decode()


def test_what_is_wrong_is_said_beside_the_field_and_loses_nothing(desk):
    ticket, _answer = take(desk)

    answer = desk.post(
        f"/desk/queue/{ticket.uid}/register/",
        {"nonce": "n", "channel": "WALK_IN", "identity": "NAMED", "text": "水凉"},
    )

    assert answer.status_code == 422
    assert "水凉" in answer.content.decode()
    assert not Matter.objects.exists()


def test_nobody_waiting_and_no_such_queue_are_said_plainly(desk):
    for path, line in (("call", "DUTY"), ("take", "OPEN-9")):
        answer = desk.post(f"/desk/queue/{path}/", {"line": line}, follow=True)
        text = answer.content.decode()
        assert "没有人在等。" in text or "今天没有这个队。" in text
    assert desk.post("/desk/queue/call/", {}).status_code == 404
    assert (
        desk.post("/desk/queue/take/", {"line": "DUTY", "booking": "x"}).status_code
        == 404
    )


def test_who_booked_sees_their_number_on_the_phone(client, house):
    key = [one.key for one in times_of(house.mine.pk, now=now())][-1]
    nonce = nonce_in(client.get("/book/"))
    receipt = receipt_in(client.post("/book/", SAID | {"time": key, "nonce": nonce}))
    Booking.objects.update(day=localtime(now()).date(), starts_at="23:59")
    client.force_login(house.people["receiver"])
    take(client)
    take(client, booking=Booking.objects.get().uid)
    client.logout()

    page = client.post("/book/mine/", {"receipt": receipt}).content.decode()

    assert "您的号" in page
    assert "1人" in page


def test_the_wall_shows_numbers_and_nobody(desk, client):
    take(desk)
    take(desk)
    desk.post("/desk/queue/call/", {"line": "DUTY"})

    page = client.get("/wall/").content.decode()

    assert "正在叫号" in page
    assert "<b>1</b>" in page
    assert "<span>2</span>" in page


def test_a_number_of_another_mine_is_not_there(desk, client):
    ticket, _answer = take(desk)
    client.force_login(build_house("ELSEWHERE").people["receiver"])

    assert client.get(f"/desk/queue/{ticket.uid}/").status_code == 404
    assert client.post(f"/desk/queue/{ticket.uid}/here/").status_code == 404
    assert client.post(f"/desk/queue/{ticket.uid}/nonsense/").status_code == 404
