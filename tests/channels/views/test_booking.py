"""Book a time on the page: what is refused stands beside its field, nothing is lost."""

from datetime import time, timedelta

import pytest
from django.utils.timezone import localtime, now

from shuoshi.channels.actions.proofs import ASKING, WITHOUT
from shuoshi.reception.actions.open_days import announce_open_day, plan_open_day
from shuoshi.reception.models import Booking, OpenDay
from shuoshi.reception.queries.bookings import times_of
from tests.channels.spoken import nonce_in, receipt_in
from tests.matters.house import build_house


pytestmark = pytest.mark.django_db
SAID = {"party": "PERSON", "name": "张三丰", "contact": "13800000000"}


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def keys(house):
    return [one.key for one in times_of(house.mine.pk, now=now())[-3:]]


def send(client, key, **said):
    nonce = nonce_in(client.get("/book/"))
    return client.post("/book/", SAID | {"time": key, "nonce": nonce} | said)


def test_a_booking_leaves_no_cookie_and_no_cache(client, keys):
    answer = send(client, keys[0])

    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.cookies == {}
    assert Booking.objects.count() == 1


def test_the_same_form_sent_twice_shows_the_same_number(client, keys):
    nonce = nonce_in(client.get("/book/"))
    said = SAID | {"time": keys[0], "nonce": nonce}

    first, again = client.post("/book/", said), client.post("/book/", said)

    assert receipt_in(first) == receipt_in(again)


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        ({"time": ""}, "time"),
        ({"time": "2026-13-99 25:00"}, "time"),
        ({"time": "9999-12-31 09:00"}, "time"),
        ({"name": ""}, "name"),
        ({"contact": ""}, "contact"),
        ({"party": "UNIT"}, "unit"),
        ({"party": "CROWD"}, "party"),
        ({"words": "长" * 201}, "words"),
    ],
)
def test_what_is_refused_stands_beside_its_field(client, keys, said, beside):
    answer = send(client, keys[0], **({"words": "奖金怎么算"} | said))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#id_{beside}' in page
    assert "奖金怎么算" in page or beside == "words"
    assert not Booking.objects.exists()


def test_a_time_that_has_gone_is_said(client, keys):
    send(client, keys[0])

    answer = send(client, keys[0], contact="139")

    assert answer.status_code == 422
    assert "被别人约走" in answer.content.decode()


def test_its_number_alone_shows_moves_and_cancels(client, keys):
    receipt = receipt_in(send(client, keys[0]))

    shown = client.post("/book/mine/", {"receipt": receipt})
    moved = client.post(
        "/book/mine/", {"receipt": receipt, "move": "1", "time": keys[1]}
    )
    gone = client.post("/book/mine/", {"receipt": receipt, "cancel": "1"})
    twice = client.post("/book/mine/", {"receipt": receipt, "cancel": "1"})

    assert "张三丰" in shown.content.decode()
    assert "已改好" in moved.content.decode()
    assert "已取消" in gone.content.decode()
    assert twice.status_code == 422


def test_who_comes_tomorrow_reads_so(client, keys):
    """A reminder says only that there is news: this is what it is about."""
    receipt = receipt_in(send(client, keys[0]))
    asked = {"receipt": receipt}
    assert client.post("/book/mine/", asked).context["near"] == ""
    tomorrow = localtime(now()).date() + timedelta(days=1)

    Booking.objects.update(day=tomorrow)
    assert ">明天<" in client.post("/book/mine/", asked).text

    Booking.objects.update(state="CANCELLED")
    assert ">明天<" not in client.post("/book/mine/", asked).text


def test_guessing_numbers_is_held_back(client, keys, monkeypatch):
    monkeypatch.setattr(ASKING.__class__, "bits", lambda _door, _now: 20)

    answers = [
        client.post("/book/mine/", {"receipt": f"{number:016}"})
        for number in range(WITHOUT + 2)
    ]

    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429


def test_where_all_is_taken_one_waits_in_line_and_leaves_it(client, house):
    """The line is for open days: on duty days whoever comes is received."""
    by, moment = house.standing("coordinator"), now()
    ahead = localtime(moment).date() + timedelta(days=40)
    day = plan_open_day(
        f"{ahead:%Y-%m}",
        leader_id=house.people["leader"].pk,
        day=ahead,
        by=by,
        now=moment,
    )
    one = {"starts_at": time(9), "ends_at": time(9, 15), "minutes": 15}
    OpenDay.objects.filter(pk=day.pk).update(**one)
    day = announce_open_day(day, by=by, now=moment)
    path = f"/book/?open={day.line}"
    taken = SAID | {"time": f"{ahead:%Y-%m-%d} 09:00", "contact": "有号的人"}
    assert client.post(path, taken | {"nonce": "a" * 22}).status_code == 200

    shown = client.get(path).text
    assert "可以排队" in shown
    waiting = client.post(path, SAID | {"nonce": nonce_in(client.get(path))})
    assert "已排上队" in waiting.text
    mine = {"receipt": receipt_in(waiting)}
    assert "前面还有" in client.post("/book/mine/", mine).text
    left = client.post("/book/mine/", mine | {"cancel": "1"}).text

    assert "已经不排了" in left
    assert (
        Booking.objects.get(contact_digest__gt="", state="CANCELLED").starts_at is None
    )
