"""What is printed: the slip and the numbered letters."""

from datetime import timedelta

import pytest

from tests.matters.house import NOW, Story, answers, raised


def declined(house):
    return Story(house).take(
        "decline",
        "receiver",
        ground="LAW_COURTS",
        reason="属于劳动争议。",
        other_road="请到市劳动仲裁委员会申请仲裁。",
    )


def test_slip_is_printed_without_the_receipt(house, sign_in):
    answer = sign_in("receiver").get(f"/desk/matters/{raised(house).number}/slip/")

    assert answer.status_code == 200
    assert "不能补打" in answer.content.decode()


def test_declining_has_a_numbered_letter_with_ground_and_road(house, sign_in):
    matter = declined(house).matter

    text = (
        sign_in("receiver")
        .get(f"/desk/matters/{matter.number}/letters/decline/2026-1/")
        .content.decode()
    )

    for said in (
        "不予受理告知书〔2026〕1号",
        "张三丰",
        "诉讼、仲裁",
        "劳动仲裁委员会",
        "请求复查",
    ):
        assert said in text


def test_letter_to_a_confidential_speaker_does_not_name_them(house, sign_in):
    story = Story(house, identity="CONFIDENTIAL").take(
        "decline",
        "receiver",
        ground="NOT_OURS",
        reason="不归本矿。",
        other_road="问镇里。",
    )

    text = (
        sign_in("receiver")
        .get(f"/desk/matters/{story.matter.number}/letters/decline/2026-1/")
        .content.decode()
    )

    assert "张三丰" not in text


def test_handling_opinion_answers_every_claim(house, sign_in):
    story = Story(house).triaged(petition_class="GRIEVANCE")
    story.take("accept", "head", handler=house.people["handler"])
    story.take("answer", "handler", answers=answers(story.matter))

    page = sign_in("handler").get(f"/desk/matters/{story.matter.number}/")
    text = page.content.decode()
    assert "/letters/opinion/2026-1/" in text
    letter = sign_in("handler").get(
        f"/desk/matters/{story.matter.number}/letters/opinion/2026-1/"
    )
    assert "已查清并办好。" in letter.content.decode()


def test_extension_letter_says_until_when_and_why(house, sign_in):
    story = Story(house).handling()
    until = (NOW + timedelta(days=20)).date()
    story.take("ask_extension", "handler", until=until, reason="等配件")
    story.take("grant_extension", "leader", reason="配件没有到货。")

    text = (
        sign_in("handler")
        .get(f"/desk/matters/{story.matter.number}/letters/extension/2026-1/")
        .content.decode()
    )

    assert "配件没有到货。" in text
    assert "2026年9月29日" in text


@pytest.mark.parametrize("what", ["slip/", "letters/decline/2026-1/"])
def test_stranger_gets_404(house, sign_in, what):
    matter = declined(house).matter

    answer = sign_in("other").get(f"/desk/matters/{matter.number}/{what}")

    assert answer.status_code == 404


def test_letter_that_was_not_issued_is_404(house, sign_in):
    matter = declined(house).matter

    for name in ("decline/2026-2", "opinion/2026-1", "love/2026-1"):
        url = f"/desk/matters/{matter.number}/letters/{name}/"
        assert sign_in("receiver").get(url).status_code == 404


def test_receipt_of_a_sealed_matter_prints_nothing(house, sign_in):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    answer = sign_in("receiver").get(f"/desk/matters/{story.matter.number}/slip/")

    assert answer.status_code == 403
