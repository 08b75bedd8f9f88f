"""The list of what is due, confirmed as it was shown."""

import pytest

from shuoshi.matters.models import Matter, Speaker
from shuoshi.privacy.models import RetentionPlan
from shuoshi.rights.tasks import carry_out_confirmed
from tests.matters.house import NOW, build_house
from tests.rights.actions.test_retention import ended


pytestmark = pytest.mark.django_db
URL = "/desk/rights/retention/"


def words(answer):
    return answer.content.decode()


@pytest.fixture
def client(house, sign_in):
    """The security administrator, where something ended long ago."""
    ended(house)
    Matter.objects.update(ended_at=NOW.replace(year=2020))
    return sign_in("secadmin")


def listed(client):
    answer = client.post(f"{URL}plan/")
    return RetentionPlan.objects.latest("pk"), answer["Location"]


def test_what_is_due_is_shown_without_small_figures(client):
    assert "还没有清单" in words(client.get(URL))

    plan, url = listed(client)

    page = words(client.get(url))
    assert "&lt;5" in page
    assert plan.digest in page
    assert "等确认" in words(client.get(URL))
    assert Speaker.objects.get().key


def test_confirmed_the_worker_does_it_and_the_page_says_so(client):
    plan, url = listed(client)

    page = words(client.post(f"{url}confirm/", {"digest": plan.digest}, follow=True))
    assert "已经确认" in page
    carry_out_confirmed()

    assert Speaker.objects.get().key == ""
    assert "照清单清除" in words(client.get(url))
    assert "已清除" in words(client.get(URL))


@pytest.mark.parametrize("digest", ["", "0" * 64, "\x00", "x" * 900])
def test_a_list_that_was_not_shown_is_not_confirmed(client, digest):
    _plan, url = listed(client)

    page = words(client.post(f"{url}confirm/", {"digest": digest}, follow=True))

    assert "请看最新的一份" in page
    assert RetentionPlan.objects.get().confirmed_at is None


def test_an_older_list_says_that_it_is_old(client):
    _plan, url = listed(client)
    listed(client)

    assert "已经过时" in words(client.get(url))


def test_the_auditor_looks_and_confirms_nothing(client, sign_in):
    plan, url = listed(client)
    auditor = sign_in("auditor")

    assert auditor.get(url).status_code == 200
    assert auditor.post(f"{url}confirm/", {"digest": plan.digest}).status_code == 403
    assert auditor.post(f"{URL}plan/").status_code == 403
    assert sign_in("head").get(url).status_code == 403


def test_another_mines_list_is_not_there(client, sign_in):
    elsewhere = build_house("OTHER")
    plan = RetentionPlan.objects.create(
        mine_id=elsewhere.mine.pk, made_at=NOW, made_by="clock", until=NOW, digest="x"
    )

    for url in (f"{URL}{plan.uid}/", f"{URL}{plan.uid}/confirm/"):
        method = client.post if url.endswith("confirm/") else client.get
        assert method(url).status_code == 404


def test_nothing_due_needs_nothing(house, sign_in):
    client = sign_in("coordinator")

    _plan, url = listed(client)

    assert "什么都不用做" in words(client.get(url))
