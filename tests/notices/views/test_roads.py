"""One's own roads, as their owner sets them."""

import re

import pytest

from shuoshi.jobs.models import Job
from shuoshi.notices.models import Address
from shuoshi.notices.queries.addresses import quiet_of, roads_shown
from shuoshi.notices.tasks import prove_address
from tests.matters.house import build_house
from tests.platforms.fake import accounts


pytestmark = pytest.mark.django_db
PHONE = "13912345678"


@pytest.fixture
def zhang():
    return build_house().people["receiver"]


@pytest.fixture
def desk(client, zhang):
    client.force_login(zhang)
    return client


def run_jobs():
    for job in Job.objects.filter(name="notices.prove_address"):
        prove_address(**job.arguments)


def code_in(sms):
    return re.search(r"[0-9]{6}", sms.sent[-1][0].replace(PHONE, ""))[0]


def test_a_house_without_roads_says_so(desk):
    assert "这里只有站内通知" in desk.get("/accounts/roads/").content.decode()


def test_from_number_to_wish(desk, sms, zhang):
    answer = desk.post("/accounts/roads/SMS/", {"address": PHONE})
    assert answer.status_code == 302
    run_jobs()
    page = desk.get("/accounts/roads/").content.decode()
    assert "验证码已经发到 139****5678" in page
    assert PHONE not in page

    desk.post("/accounts/roads/SMS/confirm/", {"code": code_in(sms)})
    desk.post(
        "/accounts/roads/wish/",
        {"SMS-DEADLINE": "on", "starts": "20:00", "ends": "08:00"},
    )

    (shown,) = roads_shown(zhang.pk)
    assert shown.confirmed
    assert [str(group) for group, wish in shown.wanted if wish] == ["DEADLINE"]
    assert str(quiet_of([zhang.pk])[zhang.pk].ends) == "08:00:00"

    desk.post("/accounts/roads/SMS/drop/")
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("SMS/", {"address": "8123"}, "请填11位手机号码。"),
        ("SMS/", {}, "这个字段是必填项。"),
        ("SMS/confirm/", {"code": "000000"}, "验证码不对，或者已经过了15分钟。"),
        ("EMAIL/", {"address": "a@example.com"}, "这里没有开通这种方式。"),
        ("wish/", {"starts": "25:00", "ends": ""}, "请输入一个有效的时间。"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(desk, sms, path, given, said):
    desk.post("/accounts/roads/SMS/", {"address": PHONE})
    answer = desk.post(f"/accounts/roads/{path}", given)

    assert answer.status_code == 422
    if not path.startswith(("EMAIL",)):
        assert Address.objects.get().confirmed_at is None


def test_no_such_road_is_not_there(desk):
    assert desk.post("/accounts/roads/PIGEON/", {"address": "x"}).status_code == 404
    assert desk.post("/accounts/roads/PIGEON/drop/").status_code == 404


def test_strangers_sign_in_first(client):
    assert client.get("/accounts/roads/").status_code == 302


def test_a_platform_is_bound_by_a_code_of_its_own(desk, settings, zhang):
    settings.SHUOSHI_PLATFORMS = accounts("http://127.0.0.1:9")

    page = desk.post("/accounts/roads/WECHAT/bind/").content.decode()

    assert re.search(r"绑定 [0-9]{6}", page)
    assert not Address.objects.get(person=zhang).confirmed_at
    assert desk.post("/accounts/roads/SMS/bind/").status_code == 302
    assert desk.post("/accounts/roads/PIGEON/bind/").status_code == 404
