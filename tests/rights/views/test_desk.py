"""Texts, periods and registers, for those who look after them."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from shuoshi.privacy.models import Assessment, Handing, Period, Telling
from shuoshi.trail.models import Event
from tests.matters.house import Story, raised


pytestmark = pytest.mark.django_db
WEIGHED = {
    "title": "敏感信息填写",
    "purpose": "办理困难求助",
    "necessity": "不看收入没法核实",
    "risks": "泄露会伤害尊严",
    "measures": "加密、留痕",
    "approved_by": "主要领导",
    "approved_on": "2026-01-05",
}
HANDED = {
    "recipient": "=某区法律援助中心",
    "what": "诉求摘要",
    "ground": "《法律援助法》",
}
# page → who may open it
OPENS = {
    "/desk/rights/": {"coordinator", "chief", "discipline", "secadmin", "auditor"},
    "/desk/rights/notices/": {"coordinator", "secadmin", "auditor"},
    "/desk/rights/notices/speak/": {"coordinator", "secadmin"},
    "/desk/rights/retention/": {"coordinator", "secadmin", "auditor"},
    "/desk/rights/periods/speaker/": {"coordinator", "secadmin"},
    "/desk/rights/handings/": {"coordinator", "secadmin", "auditor"},
    "/desk/rights/handings/export/": {"coordinator", "secadmin", "auditor"},
    "/desk/rights/assessments/": {"coordinator", "secadmin", "auditor"},
    "/desk/rights/assessments/enter/": {"coordinator", "secadmin"},
}


def words(answer):
    return answer.content.decode()


def hand_url(matter):
    return f"/desk/matters/{matter.number}/hand-outside/"


@pytest.mark.parametrize("url", OPENS)
def test_who_may_open_what(house, sign_in, url):
    opens = {who for who in house.people if sign_in(who).get(url).status_code == 200}
    refused = {who for who in house.people if sign_in(who).get(url).status_code == 403}

    assert opens == OPENS[url]
    assert refused == set(house.people) - opens


def test_a_new_text_is_published_and_everybody_reads_it(house, sign_in, client):
    answer = sign_in("secadmin").post(
        "/desk/rights/notices/speak/", {"body": "本矿的告知书", "body_en": "Ours"}
    )

    assert answer.status_code == 302
    assert Telling.objects.get(mine_id=house.mine.pk).version == 2
    assert "本矿的告知书" in words(client.get("/notice/speak/"))
    assert "本矿的告知书" in words(client.get("/notice/speak/2/"))
    assert "本矿的告知书" in words(client.get("/speak/"))
    assert "本矿的告知书" in words(sign_in("receiver").get("/desk/register/"))


@pytest.mark.parametrize(
    "url", ["/notice/x/", "/notice/speak/9/", "/notice/speak/99999999999999999999/"]
)
def test_a_text_that_is_none_is_not_there(client, house, url):
    assert client.get(url).status_code == 404


def test_a_period_is_changed(house, sign_in):
    url = "/desk/rights/periods/speaker/"
    client = sign_in("secadmin")

    refused = client.post(url, {"months": "0", "fate": "ERASE", "ground": "x"})
    assert refused.status_code == 422
    client.post(url, {"months": "12", "fate": "RESTRICT", "ground": "本矿规定"})

    assert Period.objects.get().months == 12
    assert client.get("/desk/rights/periods/nothing/").status_code == 404


def test_an_assessment_is_entered_and_shown(house, sign_in):
    client = sign_in("coordinator")
    assert "还没有登记" in words(client.get("/desk/rights/assessments/"))

    url = "/desk/rights/assessments/enter/"
    assert client.post(url, WEIGHED | {"risks": ""}).status_code == 422
    assert client.post(url, WEIGHED).status_code == 302

    assert Assessment.objects.get().approved_by == "主要领导"
    assert "不看收入没法核实" in words(
        sign_in("auditor").get("/desk/rights/assessments/")
    )


def test_what_goes_outside_is_entered_on_the_page_of_the_matter(house, sign_in):
    matter = raised(house)
    client = sign_in("coordinator")
    panel = f"/desk/matters/{matter.number}/handings/"
    assert "没有给过外单位" in words(client.get(panel))
    assert panel in words(client.get(f"/desk/matters/{matter.number}/"))

    by_consent = client.post(hand_url(matter), HANDED | {"by_consent": "on"})
    assert by_consent.status_code == 422
    assert not Handing.objects.exists()
    assert client.post(hand_url(matter), HANDED).status_code == 302

    assert "某区法律援助中心" in words(client.get(panel))
    assert "某区法律援助中心" in words(sign_in("auditor").get("/desk/rights/handings/"))


@pytest.mark.parametrize(
    ("who", "status"),
    [("receiver", 403), ("chief", 403), ("other", 404), ("auditor", 404)],
)
def test_others_hand_nothing_outside(house, sign_in, who, status):
    matter = raised(house)

    assert sign_in(who).get(hand_url(matter)).status_code == status
    assert sign_in(who).post(hand_url(matter), HANDED).status_code == status
    assert not Handing.objects.exists()


def test_of_a_sealed_matter_the_committee_alone_hands_out(house, sign_in):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")
    url = hand_url(story.matter)

    assert sign_in("coordinator").post(url, HANDED).status_code == 403
    assert sign_in("discipline").post(url, HANDED).status_code == 302
    # Who reviews the register learns that something went out, not of which matter.
    assert story.matter.number not in words(
        sign_in("auditor").get("/desk/rights/handings/")
    )


def test_the_register_is_taken_along_as_text_and_that_is_on_record(house, sign_in):
    matter = raised(house)
    sign_in("coordinator").post(hand_url(matter), HANDED)

    answer = sign_in("coordinator").get("/desk/rights/handings/export/")

    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(
        0
    )
    row = sheet.to_python()[1]
    assert row[1:4] == [matter.number, "=某区法律援助中心", "诉求摘要"]
    assert Event.objects.filter(verb="note.rights.handings_exported").count() == 1


def test_the_register_is_taken_out_in_english_too(sign_in):
    # Excel takes no sheet whose name is longer than 31 signs.
    answer = sign_in("coordinator").get(
        "/desk/rights/handings/export/", headers={"accept-language": "en"}
    )

    assert answer.status_code == 200


def test_speaking_with_something_sensitive_needs_the_second_tick(house, client):
    said = {
        "text": "矿上体检报告弄丢了，我的病历也在里面。",
        "identity": "NAMED",
        "name": "张三丰",
        "contact": "1",
        "sensitive": "on",
    }

    refused = client.post("/speak/", said)

    page = words(refused)
    assert refused.status_code == 422
    assert "要您单独同意" in page
    assert "我的病历也在里面" in page
    assert client.post("/speak/", said | {"agreed": "on"}).status_code == 200
