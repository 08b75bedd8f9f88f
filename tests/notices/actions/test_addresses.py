import re
from datetime import time, timedelta

import pytest

from shuoshi.accounts.actions.throttling import TooOften
from shuoshi.accounts.models import User
from shuoshi.common.refusals import Refused
from shuoshi.notices.actions.addresses import (
    CodeRefused,
    ask_for_code,
    choose,
    confirm_address,
    drop_address,
    send_code,
)
from shuoshi.notices.models import Address
from shuoshi.notices.queries.addresses import opened, quiet_of, roads_shown
from shuoshi.notices.rules.roads import AddressRefused, RoadAway
from shuoshi.notices.rules.timing import USUAL, Quiet
from shuoshi.trail.models import Event
from tests.notices.factories import NOW, person


pytestmark = pytest.mark.django_db
PHONE = "13912345678"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def zhang(db):
    return User.objects.get(pk=person())


def ask(who, text=PHONE, now=NOW):
    made = ask_for_code(who, road="SMS", text=text, now=now)
    send_code(made.pk, now=now)
    return made


def code_in(sms):
    return re.search(r"[0-9]{6}", sms.sent[-1][0].replace(PHONE, ""))[0]


def test_an_address_counts_once_its_code_came_back(sms, zhang):
    ask(zhang)
    assert roads_shown(zhang.pk)[0].waiting

    confirm_address(zhang, road="SMS", code=f" {code_in(sms)} ", now=LATER)

    kept = Address.objects.get()
    assert kept.confirmed_at == LATER
    assert opened(kept) == PHONE
    assert roads_shown(zhang.pk)[0].address == "139****5678"
    assert Event.objects.get(verb="note.notices.address_confirmed").detail == {
        "road": "SMS"
    }


def test_neither_number_nor_code_lies_readable(sms, zhang):
    made = ask(zhang)
    row = str(Address.objects.values_list().get(pk=made.pk))

    assert PHONE not in row
    assert code_in(sms) not in row
    assert Address.objects.get().code == ""


@pytest.mark.parametrize("wait", [timedelta(minutes=1), timedelta(minutes=15)])
def test_a_wrong_code_and_a_late_one_are_refused(sms, zhang, wait):
    ask(zhang)
    late = wait >= timedelta(minutes=15)
    code = code_in(sms) if late else f"{(int(code_in(sms)) + 1) % 10**6:06}"

    with pytest.raises(CodeRefused):
        confirm_address(zhang, road="SMS", code=code, now=NOW + wait)

    assert Address.objects.get().confirmed_at is None


def test_the_code_of_another_is_none(sms, zhang):
    ask(zhang)
    other = User.objects.get(pk=person())

    with pytest.raises(CodeRefused):
        confirm_address(other, road="SMS", code=code_in(sms), now=LATER)


def test_codes_are_not_guessed(sms, zhang):
    ask(zhang)
    for _time in range(6):
        with pytest.raises(CodeRefused):
            confirm_address(zhang, road="SMS", code="x", now=LATER)

    with pytest.raises(TooOften):
        confirm_address(zhang, road="SMS", code=code_in(sms), now=LATER)


def test_nobody_pesters_a_strangers_phone(sms, zhang):
    for _time in range(5):
        ask(zhang)
    other = User.objects.get(pk=person())

    with pytest.raises(TooOften):
        ask(zhang, "13800000000")
    with pytest.raises(TooOften):
        ask(other)
    assert len(sms.sent) == 5


@pytest.mark.parametrize(
    ("road", "text"), [("EMAIL", "a@example.com"), ("PIGEON", "x"), ("SMS", "8123")]
)
def test_what_cannot_be_sent_to_is_refused(sms, zhang, road, text):
    with pytest.raises(AddressRefused):
        ask_for_code(zhang, road=road, text=text, now=NOW)

    assert not Address.objects.exists()


def test_a_code_is_tried_again_and_sent_once(sms, zhang):
    made = ask_for_code(zhang, road="SMS", text=PHONE, now=NOW)
    sms.answer = (503, b"")
    with pytest.raises(RoadAway):
        send_code(made.pk, now=NOW)
    sms.answer = (200, b'{"code": 0}')

    send_code(made.pk, now=LATER)
    send_code(made.pk, now=LATER)

    assert len(sms.sent) == 2


def test_a_code_too_old_is_not_sent(sms, zhang):
    made = ask_for_code(zhang, road="SMS", text=PHONE, now=NOW)

    send_code(made.pk, now=NOW + timedelta(hours=1))

    assert sms.sent == []
    assert Address.objects.get().code == ""


def test_another_number_takes_the_place_of_the_first(sms, zhang):
    ask(zhang)
    ask(zhang, "13800000000")

    assert opened(Address.objects.get()) == "13800000000"


def test_dropping_is_for_good_and_on_record(sms, zhang):
    ask(zhang)
    drop_address(zhang, road="SMS", now=LATER)
    drop_address(zhang, road="SMS", now=LATER)

    assert not Address.objects.exists()
    assert Event.objects.filter(verb="note.notices.address_dropped").count() == 1


def test_wishes_are_kept(sms, zhang):
    quiet = Quiet(time(12), time(14))
    assert quiet_of([zhang.pk]) == {zhang.pk: USUAL}

    choose(zhang, wanted={("SMS", "DEADLINE")}, quiet=quiet)

    assert quiet_of([zhang.pk]) == {zhang.pk: quiet}
    wanted = {str(group) for group, wish in roads_shown(zhang.pk)[0].wanted if wish}
    assert wanted == {"DEADLINE"}


def test_every_refusal_is_a_sentence():
    assert issubclass(CodeRefused, Refused)
    assert issubclass(AddressRefused, Refused)
