"""What letters, the sheet and the record say in words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuoshi.files.models import Attachment
from shuoshi.matters.actions.warnings import climb_ladder
from shuoshi.matters.models import Letter, Matter, Speaker
from shuoshi.matters.queries.faces import faces_for
from shuoshi.matters.queries.inbox import inbox_page, told, unread_by
from shuoshi.matters.queries.letters import letter_of, paper_of
from shuoshi.matters.queries.lines import task_of, title_of_line
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.queries.sheet import sheet_of
from shuoshi.matters.queries.timeline import _opened, history_of
from shuoshi.matters.queries.workbench import workbench_of
from shuoshi.notices.models import Notice
from shuoshi.org.rules.standing import NOBODY
from tests.files.samples import picture
from tests.matters.house import NOW, TEXT, Story, answers, build_house, ratings


pytestmark = pytest.mark.django_db
ERASED = "这段内容已按规定清除。"


@pytest.fixture
def house():
    return build_house()


def paper(story, kind, *, serial=1, who="coordinator"):
    matter = fresh(story)
    letter = letter_of(matter, kind, 2026, serial)
    return paper_of(story.house.standing(who), matter, letter)


def fresh(story):
    return for_the_page(Matter.objects.filter(pk=story.matter.pk)).get()


def sheet(story, who="coordinator"):
    faces = faces_for(story.house.mine.pk, now=story.now)
    return sheet_of(story.house.standing(who), fresh(story), faces)


def grievance(house):
    story = Story(house).triaged(petition_class="GRIEVANCE")
    return story.take("accept", "head", handler=house.people["handler"])


def test_a_grievance_that_is_taken_on_says_so_by_letter(house):
    told_ = paper(grievance(house), "acceptance")

    assert (told_.heading, told_.number) == ("受理告知书", "〔2026〕1号")
    assert told_.addressee == "张三丰"
    assert "由one队办理，2026年11月9日前书面答复您" in told_.paragraphs[1]


def test_other_matters_are_taken_on_without_a_letter(house):
    Story(house).handling()

    assert not Letter.objects.exists()


def test_the_handling_opinion_answers_claim_by_claim(house):
    story = grievance(house)
    story.take("answer", "handler", answers=answers(story.matter))

    told_ = paper(story, "opinion")

    assert [claim.facts for claim in told_.claims] == ["已查清并办好。"]
    assert "请求复查" in told_.last_paragraphs[0]
    assert not told_.replaced


def test_an_opinion_after_which_another_was_given_is_replaced(house):
    story = grievance(house)
    for _time in range(2):
        story.take("answer", "handler", answers=answers(story.matter))
        bad = ratings(story.matter, grade="DISSATISFIED")
        story.take("rate", "speaker", ratings=bad)

    assert paper(story, "opinion").replaced
    assert not paper(story, "opinion", serial=2).replaced


def test_declined_with_the_ground_and_the_other_road(house):
    given = {"ground": "NOT_OURS", "reason": "不归我们", "other_road": "到镇里"}
    told_ = paper(Story(house).take("decline", "receiver", **given), "decline")

    assert told_.paragraphs[-2:] == ["不归我们", "到镇里"]
    assert "不属于本单位职权范围" in told_.paragraphs[1]


def test_extended_until_a_day(house):
    story = Story(house).handling()
    until = NOW.date() + timedelta(days=12)
    story.take("ask_extension", "handler", until=until, reason="要配件")
    story.take("grant_extension", "leader", reason="配件月底到")

    told_ = paper(story, "extension")

    assert "2026年9月21日" in told_.paragraphs[1]
    assert told_.paragraphs[-1] == "配件月底到"


def test_reviewed_upheld_and_then_overturned(house):
    story = Story(house).closed().take("ask_review", "speaker", reason="不服")
    story.take("uphold", "leader", opinion="办得对")
    first = paper(story, "review")
    story.take("ask_final_review", "speaker", reason="不服")
    story.take("overturn", "chief", opinion="重办")
    second = paper(story, "review", serial=2)

    assert "维持原处理意见" in first.paragraphs[1]
    assert "撤销原处理意见" in second.paragraphs[1]
    assert "到此终结" in second.last_paragraphs[0]
    assert second.paragraphs[-1] == "重办"


def test_a_letter_of_another_matter_is_none_of_this_one(house):
    grievance(house)

    assert letter_of(fresh(Story(house)), "acceptance", 2026, 1) is None


def test_a_letter_whose_step_is_not_on_record_still_reads(house):
    story = grievance(house)
    Letter.objects.update(issued_at=NOW - timedelta(days=1))

    assert paper(story, "acceptance").paragraphs


def test_after_the_first_review_the_next_road_is_named(house):
    story = Story(house).closed().take("ask_review", "speaker", reason="不服")
    story.take("uphold", "leader", opinion="办得对")

    assert "请求复核" in paper(story, "review").last_paragraphs[0]


@pytest.mark.parametrize("identity", ["CONFIDENTIAL", "ANONYMOUS"])
def test_only_who_gave_their_name_to_all_is_addressed_by_it(house, identity):
    story = Story(house, identity=identity).triaged(petition_class="GRIEVANCE")
    story.take("accept", "head", handler=house.people["handler"])

    assert paper(story, "acceptance").addressee == "说事人"


def test_once_the_keys_are_gone_the_sheet_says_so(house):
    story = Story(house).handling()
    story.take("report_progress", "handler", progress="去了")
    Speaker.objects.update(key="")
    assert sheet(story).speaker.name == ERASED

    Matter.objects.update(key="")
    happenings = sheet(story).happenings
    assert happenings[0].words == ERASED
    sealed = Story(house).take("hand_to_discipline", "receiver", reason="检举")
    Matter.objects.update(key="")
    assert sheet(sealed, "discipline").text == ERASED


def test_one_damaged_word_does_not_take_the_rest_along(house):
    story = Story(house).handling()
    story.take("report_progress", "handler", progress="去了")
    history = history_of(story.matter)
    history.events[-1].words = "damaged"

    words = _opened(story.matter, history.events)
    assert "打不开" in words[history.events[-1].seq]


def test_the_sheet_names_shares_orders_objects_and_what_was_merged(house):
    story = Story(house).handling()
    today = NOW.date()
    given = {"unit": house.units["two"], "task": "修管子", "finish_on": today}
    story.take("ask_part", "head", **given)
    story.take("instruct", "leader", instruction="快办", finish_on=today)
    story.take(
        "name_object", "receiver", object_units=[house.units["discipline"]], reason="x"
    )
    younger = Story(house, now=story.now)
    younger.take("merge", "receiver", into=story.matter, reason="同一件事")

    shown = sheet(story)

    assert shown.parts[0].clock.left == "今天到期"
    assert shown.orders[0].words == "快办"
    assert shown.objects == ["discipline队"]
    assert shown.related == [younger.matter]
    assert sheet(younger).related == [story.matter]


def test_the_record_tells_units_people_and_days(house):
    story = Story(house).triaged(assisting_units=[house.units["two"]])
    story.take(
        "call_deliberation",
        "receiver",
        question="?",
        units=[house.units["two"]],
        convener=house.people["leader"],
        meet_on=NOW.date(),
    )
    story.take("give_opinion", "other_head", opinion="归一队", dissents=True)
    what = [one.what for one in history_of(story.matter).happenings()]

    assert what[0] == "提出意见（有关单位：two队，有不同意见）"
    assert "召集人：leader某" in what[1]
    assert "议事日期：2026年9月9日" in what[1]
    assert "主办单位：one队，协办单位：two队" in what[2]


def test_lists_say_what_is_to_be_done(house):
    story = Story(house).handling()
    story.take("suspend", "leader", reason="等", until=NOW.date())
    assert task_of(story.matter) == "已挂起，到时恢复办理"
    assert task_of(Story(house).take("withdraw", "speaker").matter) == ""
    sealed = Story(house).take("hand_to_discipline", "receiver", reason="检举")
    assert TEXT not in title_of_line(sealed.matter)
    untitled = Story(house).matter
    untitled.title = ""
    assert title_of_line(untitled) == "（没有写标题）"


def test_the_inbox_tells_news_never_of_what_one_is_kept_from(house):
    story = Story(house).handling()
    head = house.standing("head")
    assert unread_by(head) == 1
    story.take("name_object", "receiver", objects=[house.people["head"]], reason="他")

    assert (unread_by(head), inbox_page(head, "").told) == (0, [])
    assert unread_by(NOBODY) == 0


def test_notices_are_read_page_by_page(house):
    story = Story(house)
    person = house.people["receiver"]
    first = Notice.objects.get()
    Notice.objects.bulk_create(
        Notice(
            mine_id=house.mine.pk,
            to=person,
            about=story.matter.uid,
            number=story.matter.number,
            kind="climb" if time else "odd",
            at=NOW,
        )
        for time in range(60)
    )
    receiver = house.standing("receiver")

    page = inbox_page(receiver, "")
    rest = inbox_page(receiver, page.older)

    assert (len(page.told), len(rest.told), rest.older) == (50, 11, "")
    assert rest.told[-1].notice == first
    assert page.told[0].what == "时限预警"
    assert [one.what for one in told(Notice.objects.filter(kind="odd"))] == ["有新情况"]
    for odd in ("x", "9" * 30, "１"):
        assert len(inbox_page(receiver, odd).told) == 50


def test_of_an_anonymous_speaker_the_sheet_knows_nothing(house):
    assert sheet(Story(house, identity="ANONYMOUS")).speaker is None


def test_a_unit_that_only_assists_has_no_clock(house):
    story = Story(house).triaged(assisting_units=[house.units["two"]])

    assert [one.clock for one in sheet(story).parts] == [None]


def test_the_record_tells_whom_a_warning_reached(house):
    story = Story(house).handling()
    climb_ladder(now=story.matter.next_rung_at)

    (climbed, *_rest) = history_of(story.matter).happenings()
    assert (climbed.what, climbed.who) == ("预警升级（过半，提醒责任人）", "系统自动")


def test_a_file_whose_key_is_gone_keeps_its_place(house):
    story = Story(house).handling()
    photo = SimpleUploadedFile("食堂.jpg", picture())
    story.take("attach", "handler", files=[photo])
    assert [one.label for one in sheet(story).files] == ["食堂.jpg"]
    Attachment.objects.update(name_sealed="damaged")

    assert "打不开" in sheet(story).files[0].label


def test_under_review_the_line_of_steps_ends_with_the_review(house):
    story = Story(house).closed().take("ask_review", "speaker", reason="不服")

    labels = [str(stop.label) for stop in sheet(story).stops]
    assert labels[-2:] == ["归档", "复查中"]


def test_while_units_deliberate_the_speaker_reads_so(house):
    story = (
        Story(house)
        .triaged()
        .take(
            "call_deliberation",
            "receiver",
            question="?",
            units=[],
            convener=house.people["leader"],
        )
    )

    notes = [stop.note for stop in progress_of(fresh(story)).stops if stop.note]
    assert notes == ["有关单位正在议事"]


def test_what_waits_twice_is_one_line_with_both_tasks(house):
    story = Story(house).handling()
    until = NOW.date() + timedelta(days=12)
    story.take("ask_extension", "handler", until=until, reason="要配件")
    for who in ("handler", "head", "coordinator"):
        story.take("recuse", who, reason="亲戚")
    leader = house.standing("leader")

    (line,) = workbench_of(leader, faces_for(house.mine.pk, now=story.now))

    assert line.matter.responsible == house.people["leader"]
    assert "；" in line.task
