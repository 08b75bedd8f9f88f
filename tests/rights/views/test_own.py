"""My information, behind the receipt."""

import json

import pytest
from django.utils.timezone import now

from shuoshi.channels.actions.proofs import MISSES, WITHOUT
from shuoshi.files.actions import keep
from shuoshi.matters.models import Speaker
from shuoshi.privacy.actions.registers import Handed, enter_handing
from shuoshi.privacy.actions.requests import answer
from shuoshi.privacy.models import Consent, RightsRequest
from tests.channels.puzzling import solved
from tests.channels.spoken import Spoken
from tests.channels.views.test_progress_files import paper


pytestmark = pytest.mark.django_db
WRONG = "1234567890123456"


def look(client, story):
    return client.post("/progress/own/", {"receipt": story.receipt})


def act(client, story, name, **given):
    return client.post(f"/progress/own/do/{name}/", {"receipt": story.receipt, **given})


def words(answer):
    return answer.content.decode()


def test_the_page_asks_for_the_receipt_first(client, house):
    assert "回执号" in words(client.get("/progress/own/"))

    for typed in (WRONG, "", "x"):
        answer = client.post("/progress/own/", {"receipt": typed})
        assert answer.status_code == 422
        assert 'id="id_receipt_error"' in words(answer)


def test_guessing_is_held_back_and_the_owner_is_not(client, house):
    story = Spoken(house)
    page = look(client, story).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    for _time in range(MISSES + WITHOUT + 1):
        refused = client.post("/progress/own/", {"receipt": WRONG})

    assert refused.status_code == 429
    assert "现在提交的人很多" in words(refused)
    # With a proof of work, or with what the page gave before, the owner comes in.
    puzzle = words(refused).partition('data-puzzle="')[2].partition('"')[0]
    proof = {"receipt": story.receipt, "proof": solved(puzzle)}
    assert client.post("/progress/own/", proof).status_code == 200
    for path in ("", "copy/", "do/ask/"):
        given = {"receipt": story.receipt}
        assert client.post(f"/progress/own/{path}", given).status_code == 429
        again = client.post(f"/progress/own/{path}", {**given, "seen": seen})
        assert again.status_code in {200, 422}


def test_it_leaves_no_trace(client, house):
    for page in (client.get("/progress/own/"), look(client, Spoken(house))):
        assert page["Referrer-Policy"] == "no-referrer"
        assert "data-leave" in words(page)


def test_it_shows_what_is_kept_and_what_was_told(client, house):
    answer = look(client, Spoken(house))

    page = words(answer)
    for told in ("张三丰", "13800000000", "第1版", "谁在处理您的信息", "没有。"):
        assert told in page
    assert "no-store" in answer["Cache-Control"]
    assert not client.cookies


def test_nobody_elses_is_shown(client, house):
    Spoken(house, name="李四光")

    assert "李四光" not in words(look(client, Spoken(house)))


def test_of_the_anonymous_nothing_is_kept(client, house):
    page = words(look(client, Spoken(house, identity="ANONYMOUS")))

    assert "匿名说的" in page
    assert "改联系方式" not in page


def test_the_copy_holds_everything_of_ones_own(client, house):
    story = Spoken(house)
    keep(paper("own"), about=story.matter.uid, mine_id=1, by="speaker", now=story.now)

    answer = client.post("/progress/own/copy/", {"receipt": story.receipt})

    copy = json.loads(answer.content)
    assert copy["name"] == "张三丰"
    assert copy["contact"] == "13800000000"
    assert copy["text"] == story.matter.text
    assert copy["notice"]["version"] == 1
    assert copy["files"] == [{"place": 1, "kind": "TXT"}]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert story.receipt not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/progress/own/copy/", {"receipt": WRONG}).status_code == 422


def test_the_contact_is_corrected_at_once(client, house):
    story = Spoken(house)

    answer = act(client, story, "contact", contact="13900000000")

    page = words(answer)
    assert "联系方式已经改好" in page
    assert "13900000000" in page
    assert "13800000000" not in page


def test_forgetting_takes_a_tick_and_tells_what_follows(client, house):
    story = Spoken(house)

    refused = act(client, story, "forget")
    assert refused.status_code == 422
    assert Speaker.objects.get().key

    page = words(act(client, story, "forget", sure="on"))
    assert "找不回来" in page
    assert "张三丰" not in page
    assert Speaker.objects.get().key == ""
    # The matter stays, and the receipt still opens it.
    progress = client.post("/progress/", {"receipt": story.receipt})
    assert progress.status_code == 200
    assert act(client, story, "forget", sure="on").status_code == 422


def test_a_request_is_answered_on_the_same_page(client, house):
    story = Spoken(house)
    page = words(act(client, story, "ask", wish="CORRECT", words="姓名改成张三风"))
    assert "前答复" in page

    request = RightsRequest.objects.get()
    by = house.standing("coordinator")
    answer(request, outcome="REFUSED", words="依法要保存原件。", by=by, now=now())

    page = words(look(client, story))
    assert "姓名改成张三风" in page
    assert "依法要保存原件。" in page


def test_a_request_that_says_nothing_keeps_what_was_filled_in(client, house):
    answer = act(client, Spoken(house), "ask", wish="EXPLAIN", words="")

    assert answer.status_code == 422
    assert "请写明内容" in words(answer)
    assert not RightsRequest.objects.exists()


def test_agreeing_and_taking_it_back(client, house):
    story = Spoken(house)
    act(client, story, "agree")
    consent = Consent.objects.get()

    foreign = act(client, Spoken(house), "withdraw", consent=str(consent.pk))
    assert foreign.status_code == 422
    assert Consent.objects.get().withdrawn_at is None

    assert "同意已经撤回" in words(
        act(client, story, "withdraw", consent=str(consent.pk))
    )
    assert Consent.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("consent", ["", "x", "-1", "9" * 40, "\x00", "１"])
def test_a_consent_that_is_none_is_refused(client, house, consent):
    assert act(client, Spoken(house), "withdraw", consent=consent).status_code == 422


def test_what_was_handed_outside_is_told(client, house):
    story = Spoken(house)
    enter_handing(
        Handed("某区法律援助中心", "诉求摘要", "《法律援助法》"),
        by=house.standing("coordinator"),
        now=now(),
        about=story.matter.uid,
    )

    assert "某区法律援助中心" in words(look(client, story))


def test_sealed_the_copy_holds_no_words_of_the_matter(client, house):
    story = Spoken(house)
    story.take("hand_to_discipline", "receiver", reason="检举")

    copy = json.loads(
        client.post("/progress/own/copy/", {"receipt": story.receipt}).content
    )

    assert (copy["text"], copy["claims"]) == (None, [])
    assert "封存" in words(look(client, story))


def test_there_is_nothing_else_to_do(client, house):
    assert act(client, Spoken(house), "burn").status_code == 404
    assert client.get("/progress/own/do/forget/").status_code == 405
