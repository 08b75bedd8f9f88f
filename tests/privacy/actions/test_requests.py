from datetime import date

import pytest

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.keys.actions.erasing import erase
from shuoshi.privacy.actions.requests import answer, ask
from shuoshi.privacy.models import RightsRequest
from shuoshi.privacy.queries.requests import requests_about, requests_in, shown
from shuoshi.privacy.rules.purposes import MOST_OPEN
from tests.matters.house import NOW, raised


pytestmark = pytest.mark.django_db


def asked(matter, wish="CORRECT", words="姓名改成张三风"):
    return ask(
        wish, words, mine_id=matter.mine_id, about=matter.uid, by="speaker", now=NOW
    )


def answered(request, by, outcome="GRANTED", words="已经改好。"):
    return answer(request, outcome=outcome, words=words, by=by, now=NOW)


def test_a_request_is_due_in_fifteen_working_days(house):
    request = asked(raised(house))

    # From Wednesday 9 September 2026; the 20th is worked, 25 to 27 are holidays.
    assert request.due_on == date(2026, 9, 30)
    assert "张三风" not in request.words
    assert shown(request).words == "姓名改成张三风"
    assert list(requests_about(request.about)) == [request]


def test_it_is_answered_once_with_reasons(house):
    request, by = asked(raised(house)), house.standing("coordinator")

    with pytest.raises(Refused, match="请写明内容"):
        answered(request, by, words=" ")
    done = answered(request, by, "REFUSED", "依法要保存原件。")

    assert shown(done).answer == "依法要保存原件。"
    assert (done.outcome, done.answered_by) == ("REFUSED", by.on_record)
    with pytest.raises(Outdated):
        answered(request, by)
    with pytest.raises(Refused, match="请选择能不能照办"):
        answered(asked(raised(house)), by, outcome="MAYBE")


@pytest.mark.parametrize("who", ["receiver", "head", "secadmin", "auditor"])
def test_others_answer_nothing(house, who):
    with pytest.raises(NotPermitted):
        answered(asked(raised(house)), house.standing(who))


def test_nobody_answers_their_own(house):
    by = house.standing("coordinator")
    own = ask(
        "READ", "", mine_id=by.mine_id, person_id=by.person_id, by=by.on_record, now=NOW
    )

    with pytest.raises(NotPermitted, match="由别人答复"):
        answered(own, by)
    assert answered(own, house.standing("chief")).outcome == "GRANTED"


@pytest.mark.parametrize(
    ("wish", "words", "why"),
    [
        ("WHATEVER", "", "请选择想要什么"),
        ("CORRECT", "", "请写明"),
        ("EXPLAIN", " ", "请写明"),
    ],
)
def test_a_request_that_says_nothing_is_refused(house, wish, words, why):
    matter = raised(house)

    with pytest.raises(Refused, match=why):
        asked(matter, wish, words)
    assert not RightsRequest.objects.exists()


def test_a_flood_of_requests_is_refused(house):
    matter = raised(house)
    for _time in range(MOST_OPEN):
        asked(matter, "READ", "")

    with pytest.raises(Refused, match="等答复"):
        asked(matter, "READ", "")
    asked(raised(house), "READ", "")


def test_what_waits_comes_first_by_its_day(house):
    done, waiting = asked(raised(house)), asked(raised(house))
    answered(done, house.standing("coordinator"))

    assert [one.pk for one in requests_in(house.mine.pk)] == [waiting.pk, done.pk]


def test_an_erased_request_reads_as_erased(house):
    request = asked(raised(house))
    erase("privacy.RightsRequest", request.pk, by="clock", now=NOW, why="retention")

    request.refresh_from_db()
    assert "已按规定清除" in shown(request).words
    with pytest.raises(Outdated):
        answered(request, house.standing("coordinator"))
