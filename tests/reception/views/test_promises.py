"""Promises at the desk."""

import pytest
from django.utils.timezone import localdate, now

from shuoshi.reception.models import Promise
from tests.channels.spoken import on_duty_now
from tests.matters.house import Story, build_house
from tests.reception.actions.test_promises import TODAY, WORDS, workday


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    on_duty_now(house)
    return Story(house, now=now())


@pytest.fixture
def desk(client, house):
    client.force_login(house.people["receiver"])
    return client


@pytest.fixture
def given(house):
    day = workday(house, ahead=(localdate() - TODAY).days + 5)
    return {"words": WORDS, "unit": house.units["one"].pk, "due_on": day.isoformat()}


def test_from_the_promise_to_the_check(desk, client, house, story, given):
    assert "还没有答应的事" in desk.get("/desk/promises/").content.decode()
    path = f"/desk/promises/on/{story.matter.number}/"
    assert desk.get(path).status_code == 200
    assert desk.post(path, given).status_code == 302
    promise = Promise.objects.get()
    assert WORDS in desk.get("/desk/promises/").content.decode()

    report = f"/desk/promises/{promise.uid}/report/"
    refused = desk.post(report, {"words": "修好了。"})
    assert refused.status_code == 422
    assert "修好了。" in refused.content.decode()
    assert desk.post(report, {"kept": "1", "words": "修好了。"}).status_code == 302
    check = f"/desk/promises/{promise.uid}/so/"
    assert desk.post(check).status_code == 403
    client.force_login(house.people["coordinator"])
    client.post(check)

    promise.refresh_from_db()
    assert promise.state == "KEPT"


@pytest.mark.parametrize(
    "changed", [{"due_on": "2020-01-01"}, {"due_on": ""}, {"words": ""}, {"unit": "0"}]
)
def test_what_is_wrong_is_said_and_nothing_is_lost(desk, story, given, changed):
    answer = desk.post(f"/desk/promises/on/{story.matter.number}/", given | changed)

    assert answer.status_code == 422
    assert not Promise.objects.exists()


def test_on_what_is_not_seen_nothing_is_promised(client, story):
    client.force_login(build_house("ELSEWHERE").people["receiver"])

    assert client.get(f"/desk/promises/on/{story.matter.number}/").status_code == 404
    assert client.post("/desk/promises/on/none/").status_code == 404
