import json
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from shuoshi.common.sealing import new_box
from shuoshi.notices.actions import queue_word, send_in_app
from shuoshi.notices.actions.delivering import LEASE, House, deliver_due
from shuoshi.notices.actions.forgetting import forget_deliveries
from shuoshi.notices.models import Address, Delivery, Muted, Notice
from shuoshi.notices.queries.roads import roads_health
from shuoshi.notices.rules.gateway import Gateway
from shuoshi.notices.rules.roads import Reach, Road
from shuoshi.notices.rules.timing import MOST_ATTEMPTS, wait_after
from tests.notices.factories import ABOUT, person, tell


pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
NIGHT, MORNING = NOON.replace(hour=22), NOON.replace(day=5, hour=7)
PHONE = "13912345678"
SECOND = UUID(int=2)


def reached(road="SMS", address=PHONE, who=None):
    who = who or person()
    made = Address(person_id=who, road=road, confirmed_at=NOON)
    box = new_box(f"address:{made.uid}")
    made.key, made.address = box.wrapped, box.seal(address, "address")
    made.save()
    return who


def deliver(now=NOON, *, known=None, reach=lambda _about: None):
    def still_told(_person, abouts):
        return set(abouts) if known is None else known & set(abouts)

    send_in_app(now=now)
    house = House("https://shuoshi.example", still_told, reach)
    return deliver_due(house, clock=lambda: now)


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def health(now=NOON):
    return next(one for one in roads_health(now) if one.road == Road.SMS)


def test_who_has_an_address_is_told_there_once(sms):
    tell(reached(), person())

    assert deliver() == 1
    assert deliver() == 0

    ((body, _headers),) = sms.sent
    assert json.loads(body) == {
        "to": PHONE,
        "content": "【说事】您有1条新情况，请登录查看。https://shuoshi.example/desk/",
    }
    assert states() == ["SENT"]


def test_what_waits_for_one_person_is_one_message(sms):
    who = reached()
    tell(who)
    tell(who, about=SECOND)
    tell(who, kind="climb")
    queue_word(to=[who], kind="swap_asked", mine_id=1, now=NOON)

    assert deliver() == 1

    assert (
        "您有2条新情况，有1条时限提醒，有1条值班、接待消息"
        in json.loads(sms.sent[0][0])["content"]
    )
    assert set(states()) == {"SENT"}


def test_nothing_of_a_matter_leaves_the_house(sms):
    tell(reached())
    deliver()

    assert "2026-0001" not in sms.sent[0][0]
    assert str(ABOUT) not in sms.sent[0][0]


def test_who_may_not_know_of_it_any_more_is_not_told(sms):
    who = reached()
    tell(who)
    tell(who, about=SECOND)

    assert deliver(known={SECOND}) == 1

    assert "您有1条新情况" in json.loads(sms.sent[0][0])["content"]
    assert sorted(states()) == ["DROPPED", "SENT"]


def test_who_may_know_of_nothing_hears_nothing(sms):
    tell(reached())

    assert deliver(known=set()) == 0

    assert sms.sent == []
    assert states() == ["DROPPED"]


def test_an_unproved_address_and_a_muted_kind_hear_nothing(sms):
    muted, unproved = reached(), reached()
    Address.objects.filter(person=unproved).update(confirmed_at=None)
    Muted.objects.create(person_id=muted, road="SMS", group="MATTER")
    tell(muted, unproved)
    tell(muted, kind="climb")

    assert deliver() == 1

    assert "时限提醒" in json.loads(sms.sent[0][0])["content"]
    assert len(sms.sent) == 1


def test_an_address_dropped_meanwhile_hears_nothing(sms):
    who = reached()
    tell(who)
    send_in_app(now=NOON)
    Address.objects.all().delete()

    assert deliver() == 0
    assert states() == ["DROPPED"]


def test_at_night_it_waits_for_the_morning(sms):
    tell(reached())

    assert deliver(NIGHT) == 0
    assert deliver(MORNING - timedelta(minutes=1)) == 0
    assert deliver(MORNING) == 1


def test_what_fell_due_into_the_night_waits_too(sms):
    tell(reached())
    send_in_app(now=NOON)

    assert deliver(NIGHT) == 0

    assert Delivery.objects.get().next_at == MORNING


@pytest.mark.parametrize(
    "answer", [(503, b""), (429, b""), (302, b""), (200, b'{"code": 7}')]
)
def test_a_road_that_is_away_is_tried_again_later(sms, answer):
    tell(reached())
    sms.answer = answer
    assert deliver() == 0
    assert deliver() == 0
    assert health().ails
    assert health().waiting == 1

    sms.answer = (200, b'{"code": 0}')
    assert deliver(NOON + wait_after(1)) == 1

    assert len(sms.sent) == 2
    assert not health().ails
    assert states() == ["SENT"]


def test_a_road_that_takes_no_connection_is_away(settings):
    settings.SHUOSHI_SMS = Gateway.parse(
        "http://127.0.0.1:9/send", "{phone}{text}", "", ""
    )
    tell(reached())

    assert deliver() == 0

    kept = Delivery.objects.get()
    assert (kept.state, kept.attempts, kept.failure) == ("WAITING", 1, "ConnectError")
    assert health().failure == "ConnectError"


def test_after_ten_tries_it_is_given_up(sms):
    tell(reached())
    sms.answer = (500, b"")
    now = NOON
    for _time in range(3 * MOST_ATTEMPTS):
        deliver(now)
        now += timedelta(hours=8)

    assert len(sms.sent) == MOST_ATTEMPTS
    assert states() == ["GIVEN_UP"]


def test_an_address_that_is_gone_is_not_tried_again(sms):
    tell(reached())
    sms.answer = (404, b"")

    assert deliver() == 0

    assert states() == ["GIVEN_UP"]
    assert health().given_up == 1


def test_one_road_away_does_not_hold_up_the_round(sms):
    tell(*(reached() for _n in range(8)))
    sms.answer = (503, b"")

    deliver()

    assert len(sms.sent) == 3


def test_two_workers_send_it_once(sms):
    tell(reached())
    send_in_app(now=NOON)
    Delivery.objects.update(lease_until=NOON + LEASE)
    assert deliver() == 0

    assert deliver(NOON + LEASE + timedelta(seconds=1)) == 1


def test_a_speaker_is_reached_by_what_they_left(sms):
    tell(None)
    tell(None, about=SECOND)
    given = {ABOUT: Reach(Road.SMS, PHONE)}

    assert deliver(reach=given.get) == 1

    assert "请凭回执查看" in json.loads(sms.sent[0][0])["content"]
    assert sorted(states()) == ["DROPPED", "SENT"]
    assert health().sent_at == NOON


def test_without_roads_nothing_is_prepared():
    tell(reached(), None)

    assert deliver() == 0
    assert not Delivery.objects.exists()
    assert not health().is_open


def test_a_road_closed_meanwhile_gives_up(sms, settings):
    tell(reached())
    send_in_app(now=NOON)
    settings.SHUOSHI_SMS = None

    deliver()

    assert states() == ["GIVEN_UP"]


def test_words_of_no_known_kind_are_refused():
    with pytest.raises(KeyError):
        queue_word(to=[1], kind="gossip", mine_id=1, now=NOON)


def test_what_left_long_ago_is_forgotten(sms):
    tell(reached())
    queue_word(to=[person()], kind="duty_gaps", mine_id=1, now=NOON)
    deliver()

    assert forget_deliveries(now=NOON + timedelta(days=29)) == 0
    assert forget_deliveries(now=NOON + timedelta(days=31)) == 1
    assert forget_deliveries(now=NOON + timedelta(days=181)) == 1
    assert Notice.objects.count() == 1
