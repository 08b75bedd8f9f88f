"""Come back with the receipt."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from shuoshi.files.queries import attachments_of
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.receipts import grouped
from shuoshi.matters.rules.states import State
from tests.channels.spoken import Spoken
from tests.matters.house import answers


pytestmark = pytest.mark.django_db
RATED = {"ratings-1-solved": "yes", "ratings-1-grade": "SATISFIED"}


def look(client, receipt):
    return client.post("/progress/", {"receipt": receipt})


def act(client, story, name, **given):
    return client.post(f"/progress/do/{name}/", {"receipt": story.receipt} | given)


def wide(receipt):
    return receipt.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


@pytest.mark.parametrize("write", [str, grouped, wide, lambda digits: f" {digits}-"])
def test_the_receipt_opens_the_progress_however_it_is_typed(client, house, write):
    story = Spoken(house)

    answer = look(client, write(story.receipt))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert story.matter.number in page
    assert "已接事" in page
    assert "receiver某" in page
    assert "no-store" in answer["Cache-Control"]
    assert not client.cookies


@pytest.mark.parametrize(
    "typed", ["1234567890123456", "4539578763621486", "", "１２", "x", "9" * 61, "\x00"]
)
def test_a_wrong_receipt_is_told_so_and_no_more(client, house, typed):
    Spoken(house)

    answer = look(client, typed)

    assert answer.status_code == 422
    assert 'id="id_receipt_error"' in answer.content.decode()


def test_wrong_receipts_cost_the_same_work(client, house, django_assert_num_queries):
    look(client, "0000000000000001")

    for typed in ("1234567890123456", "4539578763621486"):
        # One look-up each among matters and letters; the rest asks whether it is calm, and
        # counts the miss.
        with django_assert_num_queries(7):
            look(client, typed)


def test_no_name_of_staff_but_the_first_receivers(client, house):
    story = Spoken(house).handling()

    page = look(client, story.receipt).content.decode()

    assert "one队" in page
    assert "receiver某" in page
    assert "handler某" not in page
    assert "head某" not in page


def test_internal_words_stay_inside(client, house):
    story = Spoken(house).triaged(note="内部的话")
    story.take("accept", "head", handler=house.people["handler"], note="也是内部的话")
    story.take("report_progress", "handler", progress="正在询价", tell_speaker=False)
    story.take("report_progress", "handler", progress="锅炉已经订货", tell_speaker=True)

    page = look(client, story.receipt).content.decode()

    assert "内部的话" not in page
    assert "正在询价" not in page
    assert "锅炉已经订货" in page


def test_a_declined_matter_says_ground_reason_and_other_road(client, house):
    story = Spoken(house).take(
        "decline",
        "receiver",
        ground="LAW_COURTS",
        reason="已经在仲裁",
        other_road="请到区仲裁委",
    )

    page = look(client, story.receipt).content.decode()

    for told in ("不予受理", "应当通过诉讼", "已经在仲裁", "请到区仲裁委", "请求复查"):
        assert told in page


def test_a_merged_matter_gets_the_reply_of_the_main_one(client, house):
    main = Spoken(house, text="锅炉房的水管裂了，我住三号楼。")
    story = Spoken(house)
    story.take("merge", "receiver", into=main.matter, reason="说的是同一口锅炉")
    main.answered()

    page = look(client, story.receipt).content.decode()

    assert "已查清并办好。" in page
    assert "三号楼" not in page


def test_a_merged_matter_tells_the_course_of_the_main_one_and_not_its_words(
    client, house
):
    main = Spoken(house, text="别人的原话一字不漏").handling()
    story = Spoken(house)
    story.take("merge", "receiver", into=main.matter, reason="说的是同一口锅炉")

    page = look(client, story.receipt).content.decode()

    assert "并入的那件事走到哪一步" in page
    assert "部门在办" in page
    assert "说的是同一口锅炉" in page
    for hidden in ("别人的原话", main.matter.number):
        assert hidden not in page


def test_a_sealed_matter_shows_no_word(client, house):
    story = Spoken(house, text="某人收了钱")
    story.take("hand_to_discipline", "receiver", reason="检举控告")

    page = look(client, story.receipt).content.decode()

    assert "密封移送纪委" in page
    assert "某人收了钱" not in page
    assert "检举控告" not in page


def test_the_answer_stands_on_the_page_with_two_taps_to_rate(client, house):
    story = Spoken(house).answered()

    page = look(client, story.receipt).content.decode()

    assert "已查清并办好" in page
    assert "食堂管理办法" in page
    assert page.count('name="ratings-1-grade"') == 5
    assert page.count('name="ratings-1-solved"') == 2


def test_rating_closes_in_place(client, house):
    story = Spoken(house).answered()

    answer = act(client, story, "rate", version=story.matter.version, **RATED)

    story.matter.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert story.matter.state == State.CLOSED
    assert "已办结" in page
    assert "已经办妥：评价" in page
    assert "no-store" in answer["Cache-Control"]


def test_rating_again_says_why_not(client, house):
    story = Spoken(house).answered()
    act(client, story, "rate", **RATED)

    answer = act(client, story, "rate", **RATED)

    assert answer.status_code == 422
    assert "不能评价" in answer.content.decode()


def test_a_rating_with_a_gap_is_refused_beside_it(client, house):
    story = Spoken(house).answered()

    answer = act(
        client,
        story,
        "rate",
        **{"ratings-1-solved": "yes", "ratings-1-comment": "谢谢"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="rate_ratings-1-grade_error"' in page
    assert "谢谢" in page


def test_each_claim_is_rated_on_its_own(client, house):
    story = Spoken(house, claims=("热水", "排气扇")).handling()
    story.take("answer", "handler", answers=answers(story.matter))
    bad = {"ratings-2-solved": "no", "ratings-2-grade": "VERY_DISSATISFIED"}

    act(client, story, "rate", **RATED, **bad)

    claims = list(story.matter.claims.order_by("place"))
    assert [claim.grade for claim in claims] == ["SATISFIED", "VERY_DISSATISFIED"]
    assert Matter.objects.get().state == State.HANDLING


def test_a_review_is_asked_for_in_place(client, house):
    story = Spoken(house).closed()

    answer = act(client, story, "ask_review", reason="水还是凉的")

    page = answer.content.decode()
    assert "复查中" in page
    assert Matter.objects.get().state == State.REVIEWING


def test_a_review_needs_a_reason(client, house):
    story = Spoken(house).closed()

    answer = act(client, story, "ask_review", reason=" ")

    assert answer.status_code == 422
    assert 'id="ask_review_reason_error"' in answer.content.decode()
    assert Matter.objects.get().state == State.CLOSED


def test_withdrawing_ends_it(client, house):
    story = Spoken(house)

    act(client, story, "withdraw")

    assert Matter.objects.get().state == State.WITHDRAWN


def test_an_outdated_page_says_so(client, house):
    story = Spoken(house)
    seen = story.matter.version
    story.triaged()

    answer = act(client, story, "withdraw", version=seen)

    assert answer.status_code == 422
    assert "刚才有人动过这件事" in answer.content.decode()
    assert Matter.objects.get().state == State.TRIAGED


@pytest.mark.parametrize(
    "name", ["triage", "close", "add_note", "attach", "nothing", "%00"]
)
def test_steps_of_others_are_not_there(client, house, name):
    story = Spoken(house)

    assert act(client, story, name).status_code == 404


def test_a_step_without_the_receipt_does_nothing(client, house):
    Spoken(house)

    answer = client.post("/progress/do/withdraw/", {"receipt": "1234567890123456"})

    assert answer.status_code == 422
    assert Matter.objects.get().state == State.RECEIVED


def test_late_and_provisional_are_said(client, house):
    story = Spoken(house)
    Matter.objects.update(answer_due_at=now(), provisional=True)

    page = look(client, story.receipt).content.decode()

    assert "已经超期" in page
    assert "暂定" in page


def test_the_page_asks_the_database_little(
    client, house, django_assert_max_num_queries
):
    one = Spoken(house).answered()
    many = Spoken(house, claims=("甲", "乙", "丙")).handling()
    for _ in range(5):
        many.take("report_progress", "handler", progress="在办", tell_speaker=True)
    many.take("answer", "handler", answers=answers(many.matter))
    look(client, one.receipt)

    for story in (one, many):
        with django_assert_max_num_queries(10):
            look(client, story.receipt)


def test_the_speaker_adds_what_came_to_mind_with_a_photo(client, house):
    story = Spoken(house)
    note = SimpleUploadedFile("补充.txt", "昨天又没有热饭".encode(), "text/plain")

    answer = act(client, story, "supplement", words="昨天还是这样。", files=note)

    matter = Matter.objects.get(pk=story.matter.pk)
    assert answer.status_code == 200
    assert "昨天还是这样。" in answer.content.decode()
    assert matter.state == State.RECEIVED
    assert attachments_of(matter.uid).get().added_by == "speaker"
