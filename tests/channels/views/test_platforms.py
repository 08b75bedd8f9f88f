"""What platforms hand over: each genuine message once, each false one refused."""

import json
import time

import pytest
from wechatpy.crypto import WeChatCrypto

from shuoshi.channels.models import Conversation
from shuoshi.channels.tasks import answer as answer_later
from shuoshi.jobs.models import Job
from shuoshi.matters.models import Matter
from shuoshi.platforms.models import Received
from tests.channels.spoken import on_duty_now
from tests.platforms.callbacks import AS_QQ, AS_WECHAT, AS_WECOM, Sender
from tests.platforms.fake import KEY, platform
from tests.platforms.rules.test_qq import ASKED, SECRET, SIGNED, STAMP


pytestmark = pytest.mark.django_db
WORDS = ["1", "3", "二号井更衣室的热水停了。", "完", "1"]


@pytest.fixture(autouse=True)
def house(house):
    on_duty_now(house)
    return house


@pytest.fixture
def fake(settings):
    with platform() as (server, accounts):
        settings.SHUOSHI_PLATFORMS = accounts
        yield server


@pytest.fixture(params=[AS_WECHAT, AS_WECOM, AS_QQ], ids=lambda one: one.platform)
def way(request):
    return request.param


@pytest.fixture
def sender(client, fake, way):
    return Sender(client, way, "somebody")


def test_a_matter_is_raised(sender, way):
    answers = [sender.say(words) for words in WORDS]

    assert {answer.status_code for answer in answers} == {200}
    assert Matter.objects.get().text == WORDS[2]
    if way is not AS_QQ:
        assert "已经登记" in way.read(answers[-1])


def test_what_is_repeated_does_nothing_and_is_answered_alike(sender, way):
    for words in WORDS[:-1]:
        sender.say(words)
    first, again = sender.say("1", number="n-9"), sender.say("1", number="n-9")

    assert Matter.objects.count() == 1
    if way is not AS_QQ:
        assert way.read(first) == way.read(again)


def test_what_is_not_signed_or_old_is_refused(sender, way):
    forged = [
        sender.say("1", forged=True),
        sender.say("1", stamp=int(time.time()) - 301),
        sender.say("1", stamp=int(time.time()) + 301),
        sender.send(b"", {}),
        sender.send(b"<xml/>", {}),
        sender.send(b"\xff\xfe", {}),
        sender.send(b"x" * 70_000, {}),
        sender.send(b"[" * 60_000, {}),
    ]

    assert {answer.status_code for answer in forged} == {403}
    assert not Received.objects.exists()
    assert not Conversation.objects.exists()


def test_a_house_that_is_not_there_says_so(client, way):
    answer = Sender(client, way, "somebody").say("1")

    assert answer.status_code == 404
    assert "没有开通" in answer.content.decode()


def test_wechat_finds_the_house(client, fake):
    stamp = str(int(time.time()))
    codec = AS_WECHAT.codec
    told = {"timestamp": stamp, "nonce": "n", "echostr": "12345"}
    signature = codec.signed(stamp, "n")

    answer = client.get("/in/wechat/", {**told, "signature": signature})
    refused = client.get("/in/wechat/", {**told, "signature": "0" * 40})

    assert (answer.status_code, answer.content) == (200, b"12345")
    assert refused.status_code == 403


def test_wecom_finds_the_house(client, fake):
    stamp, codec = str(int(time.time())), AS_WECOM.codec
    echo = codec.sealed("12345")
    told = {"timestamp": stamp, "nonce": "n", "echostr": echo}
    signature = codec.signed(stamp, "n", echo)

    answer = client.get("/in/wecom/", {**told, "msg_signature": signature})

    assert answer.content == b"12345"


def test_qq_finds_the_house_by_its_documented_vector(client, fake):
    body = {"op": 13, "d": {"plain_token": ASKED, "event_ts": STAMP}}

    answer = client.post("/in/qq/", json.dumps(body), content_type="application/json")

    assert SECRET == "DG5g3B4j9X2KOErG"
    assert answer.json() == {"plain_token": ASKED, "signature": SIGNED}


def test_qq_signs_nothing_that_could_be_a_message(client, fake):
    body = {"op": 13, "d": {"plain_token": '{"op":0}', "event_ts": STAMP}}

    answer = client.post("/in/qq/", json.dumps(body), content_type="application/json")

    assert answer.status_code == 403


def test_the_answer_can_be_read_by_an_independent_codec(client, fake):
    answer = Sender(client, AS_WECHAT, "somebody").say("1")

    told = AS_WECHAT.fields(answer)
    oracle = WeChatCrypto("wechat-token", KEY, "wx0123456789abcdef")
    plain = oracle.decrypt_message(
        answer.content, told["MsgSignature"], told["TimeStamp"], told["Nonce"]
    )
    assert "您想怎样说" in plain


def test_on_qq_the_answer_goes_its_own_way_once(client, fake):
    sender = Sender(client, AS_QQ, "somebody")
    sender.say("1", number="n-1")
    sender.say("1", number="n-1")
    (job,) = Job.objects.filter(name="channels.answer")

    run(job)
    run(job)

    sent = [
        body for path, _q, body in fake.asked if path == "/v2/users/somebody/messages"
    ]
    assert len(sent) == 1
    assert "您想怎样说" in sent[0]["content"]
    assert not Received.objects.exclude(answer="").exists()


def test_in_a_qq_group_only_the_way_in_is_told(client, fake):
    Sender(client, AS_QQ, "somebody").say("1", group="g-1", number="n-1")

    run(Job.objects.get(name="channels.answer"))

    assert fake.paths()[-1] == "/v2/groups/g-1/messages"
    assert "群里不谈事" in fake.told()["content"]
    assert fake.told()["msg_id"] == "n-1"


@pytest.mark.parametrize("event", ["subscribe", "CLICK", "LOCATION", "unsubscribe"])
def test_events_are_answered_or_taken_silently(client, fake, event):
    sender = Sender(client, AS_WECHAT, "somebody")

    answer = sender.event(event, "1")

    assert answer.status_code == 200
    silent = event in {"LOCATION", "unsubscribe"}
    assert (answer.content == b"success") == silent


def run(job):
    answer_later(**job.arguments)
