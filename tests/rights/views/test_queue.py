"""Requests are answered by who may know of them."""

import pytest
from django.utils.timezone import now

from shuoshi.matters.models import Speaker
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.privacy.actions.requests import ask
from shuoshi.privacy.models import RightsRequest
from tests.matters.house import Story, raised


pytestmark = pytest.mark.django_db
QUEUE = "/desk/rights/requests/"


def asked(matter, wish="CORRECT", words="姓名写错了"):
    return ask(
        wish, words, mine_id=matter.mine_id, about=matter.uid, by="speaker", now=now()
    )


def url_of(request):
    return f"{QUEUE}{request.uid}/"


def words(answer):
    return answer.content.decode()


def test_the_queue_is_empty_and_says_what_comes_here(sign_in):
    assert "没有请求" in words(sign_in("coordinator").get(QUEUE))


@pytest.mark.parametrize("who", ["receiver", "head", "secadmin", "auditor", "sysadmin"])
def test_others_have_no_queue(house, sign_in, who):
    request = asked(raised(house))

    assert sign_in(who).get(QUEUE).status_code == 403
    assert sign_in(who).get(url_of(request)).status_code == 404


def test_the_coordinator_answers_and_the_name_is_corrected(house, sign_in):
    matter = raised(house)
    request = asked(matter)
    client = sign_in("coordinator")
    assert matter.number in words(client.get(QUEUE))
    assert "姓名写错了" in words(client.get(url_of(request)))

    answer = client.post(
        url_of(request), {"outcome": "GRANTED", "answer": "已改。", "name": "张三风"}
    )

    assert answer.status_code == 302
    assert speaker_of_sheet(type(matter).objects.get(pk=matter.pk)).name == "张三风"
    again = client.post(url_of(request), {"outcome": "REFUSED", "answer": "不行"})
    assert again.status_code == 422


def test_a_refusal_without_reasons_is_shown_beside_the_field(house, sign_in):
    request = asked(raised(house))

    answer = sign_in("coordinator").post(url_of(request), {"outcome": "REFUSED"})

    assert answer.status_code == 422
    assert 'id="id_answer_error"' in words(answer)
    assert RightsRequest.objects.get().outcome == ""


def test_granting_to_be_forgotten_forgets(house, sign_in):
    request = asked(raised(house), "ERASE", "")

    sign_in("coordinator").post(
        url_of(request), {"outcome": "GRANTED", "answer": "已清除。"}
    )

    assert Speaker.objects.get().key == ""


def test_of_a_confidential_speaker_the_chief_learns_nothing(house, sign_in):
    request = asked(raised(house, identity="CONFIDENTIAL"))

    assert sign_in("chief").get(url_of(request)).status_code == 404
    assert "姓名写错了" in words(sign_in("coordinator").get(url_of(request)))


def test_of_a_sealed_matter_the_committee_alone_answers(house, sign_in):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")
    request = asked(story.matter)

    for who in ("coordinator", "chief"):
        client = sign_in(who)
        assert client.get(url_of(request)).status_code == 404
        assert story.matter.number not in words(client.get(QUEUE))
    assert sign_in("discipline").get(url_of(request)).status_code == 200


def test_a_coordinator_named_in_the_matter_sees_no_request(house, sign_in):
    matter = raised(house)
    Story.take(
        as_story(house, matter),
        "name_object",
        "receiver",
        objects=[house.people["coordinator"]],
        reason="说事人写明",
    )
    request = asked(matter)

    assert sign_in("coordinator").get(url_of(request)).status_code == 404
    assert sign_in("chief").get(url_of(request)).status_code == 200


def as_story(house, matter):
    story = Story.__new__(Story)
    story.house, story.now, story.matter = house, now(), matter
    return story


def test_staff_ask_and_see_the_answer(house, sign_in):
    client = sign_in("handler")
    assert "handler某" in words(client.get("/desk/my-data/"))

    refused = client.post("/desk/my-data/", {"wish": "CORRECT", "words": ""})
    assert refused.status_code == 422
    asked = client.post("/desk/my-data/", {"wish": "CORRECT", "words": "电话换了"})
    assert asked.status_code == 302
    request = RightsRequest.objects.get()
    answered = sign_in("coordinator").post(
        url_of(request), {"outcome": "GRANTED", "answer": "已请系统管理员改。"}
    )

    assert answered.status_code == 302
    assert "已请系统管理员改。" in words(client.get("/desk/my-data/"))
    assert "电话换了" not in words(sign_in("head").get("/desk/my-data/"))


@pytest.mark.parametrize("who", ["handler", "sysadmin", "auditor"])
def test_everybody_takes_a_copy_of_their_own(house, sign_in, who):
    copy = sign_in(who).get("/desk/my-data/copy/").json()

    assert copy["name"] == f"{who}某"
    assert [post["unit"] for post in copy["posts"]]


def test_strangers_sign_in_first(client, house):
    for url in ("/desk/my-data/", QUEUE, "/desk/rights/", "/desk/rights/retention/"):
        assert client.get(url)["Location"].startswith("/accounts/sign-in/")


def test_the_queue_asks_the_same_for_one_and_for_many(
    house, sign_in, django_assert_max_num_queries
):
    client = sign_in("coordinator")
    asked(raised(house))
    client.get(QUEUE)
    with django_assert_max_num_queries(100) as one:
        client.get(QUEUE)
    for _time in range(4):
        asked(raised(house))
    with django_assert_max_num_queries(len(one)):
        client.get(QUEUE)
