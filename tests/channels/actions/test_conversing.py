"""Whole conversations, as they stand on somebody's phone."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from shuoshi.accounts.models import User
from shuoshi.channels.actions.conversing import converse, forget_talks
from shuoshi.channels.actions.pictures import fetch_picture
from shuoshi.channels.actions.ways import forget_ways
from shuoshi.channels.models import Conversation, PendingPicture, WayBack
from shuoshi.channels.queries.conversing import reach_of
from shuoshi.channels.rules.conversing import Heard, Message
from shuoshi.files.models import Attachment
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.models import Matter
from shuoshi.notices.actions.addresses import give_binding_code
from shuoshi.notices.models import Address
from shuoshi.notices.queries.addresses import opened
from shuoshi.notices.rules.roads import Reach, Road
from shuoshi.platforms.rules.failures import PlatformAway
from shuoshi.reception.models import Booking
from tests.channels.spoken import on_duty_now
from tests.files.samples import picture
from tests.matters.evidence import tables_with
from tests.platforms.fake import platform


pytestmark = pytest.mark.django_db
MENU = "这里是党员说事室"
SENDER = "openid-of-somebody"
WORDS = "二号井更衣室的热水已经停了三天。"


@pytest.fixture(autouse=True)
def house(house, settings):
    settings.SHUOSHI_ADDRESS = "https://shuoshi.example"
    on_duty_now(house)
    return house


@pytest.fixture
def fake(settings):
    with platform() as (server, accounts):
        settings.SHUOSHI_PLATFORMS = accounts
        yield server


@pytest.fixture
def talk(house):
    """Return ``talk("1", "3", …)``: what is answered to each, as one list."""

    def talk(*messages, at=None, sender=SENDER, on="WECHAT", **how):
        told = []
        for one in messages:
            message = (
                one
                if isinstance(one, Message)
                else Message(on, sender, Heard.TEXT, words=one, **how)
            )
            told.append(converse(message, mine_id=house.mine.pk, now=at or now()))
        return told

    return talk


def sent(kind, **told):
    return Message("WECHAT", SENDER, kind, **told)


def receipt_in(text):
    return re.sub(r"\D", "", re.search(r"(\d{4} ){3}\d{4}", text)[0])


def test_somebody_raises_a_matter_by_name(talk):
    said = talk(
        "你好", "1", "1", "李明", "13800000000", WORDS, "希望尽快修好。", "完", "1"
    )

    for words, expected in zip(
        said,
        [
            MENU,
            "您想怎样说？",
            "请问您的姓名？",
            "怎么联系您？",
            "请说发生了什么事",
            "记下了",
            "记下了",
            "共24个字、0张照片，实名",
            "已经登记。回执号",
        ],
        strict=True,
    ):
        assert expected in words
    matter = matter_of_receipt(receipt_in(said[-1]))
    assert matter.text == f"{WORDS}\n希望尽快修好。"
    assert (matter.channel, matter.identity) == ("WECHAT", "NAMED")
    assert not Conversation.objects.exists()
    assert reach_of(matter.uid) == Reach(Road.WECHAT, SENDER)


@pytest.mark.parametrize(
    ("on", "channel"), [("WECOM", "WECHAT"), ("QQ", "QQ"), ("WECHAT", "WECHAT")]
)
def test_every_platform_ends_in_the_same_intake(talk, on, channel):
    said = talk("说事", "匿名", WORDS, "完", "提交", on=on)

    assert matter_of_receipt(receipt_in(said[-1])).channel == channel


def test_of_the_anonymous_nothing_is_left_here(talk):
    said = talk("1", "3", WORDS, "完", "1")

    matter = matter_of_receipt(receipt_in(said[-1]))
    assert matter.identity == "ANONYMOUS"
    assert "没有留下您在这里的任何记录" in said[-1]
    assert not Conversation.objects.exists()
    assert not WayBack.objects.exists()
    assert tables_with(SENDER) == []
    assert reach_of(matter.uid) is None


def test_who_asks_for_confidence_is_told_by_the_receipt_alone(talk):
    said = talk("1", "2", "不留", "不留", "13800000000", WORDS, "完", "1")

    assert "至少留一样" in said[3]
    matter = matter_of_receipt(receipt_in(said[-1]))
    assert matter.identity == "CONFIDENTIAL"
    assert not WayBack.objects.exists()


def test_what_is_said_lies_sealed_while_it_lasts(talk):
    talk("1", "1", "李明远", "13800001111", WORDS)

    assert Conversation.objects.count() == 1
    for word in (SENDER, "李明远", "13800001111", "更衣室"):
        assert tables_with(word) == []


def test_one_may_leave_at_any_step_and_go_back(talk):
    said = talk("1", "3", WORDS, "上一步", "1", "上一步", "退出")

    assert "您想怎样说" in said[3]
    assert "请问您的姓名" in said[4]
    assert "您想怎样说" in said[5]
    assert "什么都没有登记" in said[6]
    assert not Conversation.objects.exists()
    assert not Matter.objects.exists()


def test_after_half_an_hour_of_silence_it_begins_anew(talk):
    talk("1", "3", WORDS)

    later = now() + timedelta(minutes=31)
    assert MENU in talk("完", at=later)[0]

    assert forget_talks(now=later + timedelta(hours=1)) == 0
    assert not Matter.objects.exists()


def test_a_talk_that_ended_by_silence_is_deleted(talk):
    talk("1", "3", WORDS)

    assert forget_talks(now=now() + timedelta(minutes=31)) == 1


@pytest.mark.parametrize(
    ("way", "answer", "said"),
    [
        (["1"], "4", "请回复 1、2 或 3"),
        (["1", "1"], "不留", "实名说事要有姓名"),
        (["1", "1"], "名" * 51, "姓名最多50个字"),
        (["1", "1", "李明"], "1" * 101, "联系方式最多100个字"),
        (["1", "3"], "完", "还没有说是什么事"),
        (["1", "3"], "长" * 5001, "最多5000个字"),
        (["1", "3", WORDS, "完"], "好像是", "请回复 1 提交"),
        (["2"], "1234", "这个回执号不对"),
        (["3"], "99", "请回复时间前面的数字"),
        (["3"], "abc", "请回复时间前面的数字"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_lost(talk, way, answer, said):
    before = talk(*way)[-1]

    told = talk(answer)[0]

    assert said in told
    # The question stands again, so that nobody has to scroll.
    assert before.splitlines()[-1] in told
    assert not Matter.objects.exists()


def test_said_anew_before_it_is_raised(talk):
    said = talk("1", "3", "错了。", "完", "2", WORDS, "完", "1")

    assert matter_of_receipt(receipt_in(said[-1])).text == WORDS


def test_what_the_intake_refuses_leads_back_to_its_question(talk, house):
    talk("1", "1", "李明", "不留", "\u200b\u200b", "完")

    told = talk("1")[0]

    assert "请写明内容" in told
    assert "请说发生了什么事" in told
    assert not Matter.objects.exists()
    assert "已经登记" in talk(WORDS, "完", "1")[-1]


def test_progress_is_told_without_a_word_of_it(talk):
    receipt = receipt_in(talk("1", "3", WORDS, "完", "1")[-1])

    (told,) = talk(receipt)
    also = talk("2", receipt)[-1]

    assert "状态：" in told
    assert "https://shuoshi.example/progress/" in told
    assert "热水" not in told
    assert also == told


def test_receipts_are_not_guessed_by_one_sender(talk):
    receipt = receipt_in(talk("1", "3", WORDS, "完", "1")[-1])
    wrong = "4000000000000002"
    for _time in range(6):
        assert "没有这个回执号" in talk("2", wrong)[-1]

    assert "试得太频繁" in talk("2", receipt)[-1]
    # Nobody else is held back by it.
    assert "状态：" in talk("2", receipt, sender="another")[-1]


def test_a_time_is_booked(talk, house):
    said = talk("3", "1", "李明", "13800000000", "1")

    assert "这些时间可以约" in said[0]
    assert "约好了" in said[-1]
    assert Booking.objects.get().mine_id == house.mine.pk
    first = re.search(r"1 (\d{4}-\d\d-\d\d \d\d:\d\d)", said[0])[1]
    assert first not in talk("3")[0]


def test_a_time_that_went_meanwhile_is_offered_no_more(talk):
    talk("3", "1", "李明", "13800000000")
    talk("3", "1", "王芳", "13900000000", "1", sender="another")

    (told,) = talk("1")

    assert "刚刚被别人约走了" in told
    assert "这些时间可以约" in told
    assert Booking.objects.count() == 1


def test_in_a_group_nothing_is_heard_and_nothing_told(talk):
    said = talk("1", WORDS, "4000000000000002", in_group=True, on="QQ")

    assert set(said) == {
        "群里不谈事。请私下发消息给我，或者打开：https://shuoshi.example/speak/"
    }
    assert not Conversation.objects.exists()


def test_who_follows_is_welcomed(talk):
    assert MENU in talk(sent(Heard.FOLLOWED))[0]
    assert "您想怎样说" in talk(sent(Heard.MENU, words="1"))[0]


def test_other_kinds_are_answered_plainly(talk):
    assert "在说事的时候再发" in talk(sent(Heard.PICTURE, media="media-number-one"))[0]
    assert "没有听清" in talk("1", "3", sent(Heard.VOICE))[-1]
    assert "看不懂" in talk(sent(Heard.OTHER))[0]
    heard = talk(sent(Heard.VOICE, words="热水停了。"))[0]
    assert "记下了" in heard


def test_pictures_come_with_the_matter(talk, fake):
    said = talk(
        "1", "3", sent(Heard.PICTURE, media="media-number-one"), WORDS, "完", "1"
    )
    assert "1张照片" in said[4]
    matter = matter_of_receipt(receipt_in(said[-1]))
    wanted = PendingPicture.objects.get()
    assert "media-number-one" not in str(PendingPicture.objects.values_list().get())
    fake.answers["/cgi-bin/media/get"] = (200, picture("PNG"))

    assert fetch_picture(wanted.pk, clock=now)
    assert not fetch_picture(wanted.pk, clock=now)

    kept = Attachment.objects.get(about=matter.uid)
    assert kept.added_at == matter.received_at
    assert not PendingPicture.objects.exists()


def test_a_picture_is_fetched_later_if_the_platform_is_away(talk, fake):
    talk("1", "3", WORDS, sent(Heard.PICTURE, media="media-number-one"), "完", "1")
    wanted = PendingPicture.objects.get()
    fake.answers["/cgi-bin/media/get"] = (503, {})

    with pytest.raises(PlatformAway):
        fetch_picture(wanted.pk, clock=now)

    assert PendingPicture.objects.exists()


@pytest.mark.parametrize("answer", [(200, {"errcode": 40007}), (200, b"\x89PNG junk")])
def test_a_picture_that_is_none_is_given_up(talk, fake, answer):
    talk("1", "3", WORDS, sent(Heard.PICTURE, media="media-number-one"), "完", "1")
    fake.answers["/cgi-bin/media/get"] = answer

    assert not fetch_picture(PendingPicture.objects.get().pk, clock=now)

    assert not PendingPicture.objects.exists()
    assert not Attachment.objects.exists()


def test_too_many_pictures_are_refused(talk):
    talk("1", "3")
    said = talk(*[sent(Heard.PICTURE, media=f"m{n}") for n in range(10)])

    assert "收到第9张" in said[8]
    assert "最多9张" in said[9]


def test_an_account_is_bound_by_its_code(talk, house, fake):
    person = house.people["receiver"]
    code = give_binding_code(person, road="WECHAT", now=now())

    assert "绑定好了" in talk(f"绑定 {code}")[0]
    assert "验证码不对" in talk(f"绑定 {code}", sender="another")[0]

    kept = Address.objects.get(person=person)
    assert opened(kept) == SENDER
    assert kept.confirmed_at
    assert isinstance(kept.person, User)


def test_codes_are_not_guessed(talk, house, fake):
    code = give_binding_code(house.people["receiver"], road="WECHAT", now=now())
    talk(*[f"绑定 {n:06}" for n in range(6)])

    assert "试得太频繁" in talk(f"绑定 {code}")[0]


def test_the_way_back_is_forgotten_with_the_speaker(talk):
    receipt = receipt_in(talk("1", "1", "李明", "不留", WORDS, "完", "1")[-1])
    matter = matter_of_receipt(receipt)
    assert forget_ways() == 0
    matter.speaker.key = ""
    matter.speaker.save()

    assert reach_of(matter.uid) is None
    assert forget_ways() == 1
