from datetime import UTC, datetime

import pytest

from shuoshi.common.refusals import NotPermitted
from shuoshi.common.sealing import open_box
from shuoshi.matters.actions import ledger as ledger_action
from shuoshi.matters.actions.ledger import import_ledger, preview_ledger
from shuoshi.matters.actions.raising import NobodyReceives
from shuoshi.matters.models import Claim, ClockEntry, Dirty, Matter, Origin, Speaker
from shuoshi.matters.queries.heads import all_heads
from shuoshi.matters.queries.search import matters_found
from shuoshi.matters.rules.ledger import LedgerRefused, LedgerRow
from shuoshi.org.actions.generation import bump
from shuoshi.org.actions.structure import found_mine
from shuoshi.org.models import LimitTemplate, Post, Unit
from shuoshi.org.rules.standing import CLOCK
from shuoshi.trail.models import Event
from shuoshi.trail.queries import verify_chains
from tests.matters.house import NOW, build_house, raised
from tests.matters.ledgers import as_lines, good_row, ledger, read


pytestmark = pytest.mark.django_db

OPEN = {"是否办结": "否", "办理情况及答复": "", "答复日期": "", "满意度": ""}


@pytest.fixture
def house():
    return build_house()


def bring_in(house, *rows, by=None, now=NOW):
    return import_ledger(
        read(ledger(*rows)),
        unit=house.units["root"],
        by=by or house.standing("coordinator"),
        now=now,
    )


def figures(report):
    return (report.rows, report.imported, report.skipped, len(report.rejected))


def test_a_finished_row_becomes_a_closed_matter(house):
    report = bring_in(house, good_row(承办单位="one队"))

    assert figures(report) == (1, 1, 0, 0)
    matter = Matter.objects.get()
    assert (matter.state, matter.number) == ("CLOSED", "2025-0001")
    assert matter.channel == "WALK_IN"
    assert matter.received_at == datetime(2025, 3, 4, 16, tzinfo=UTC)
    assert matter.answered_at == datetime(2025, 3, 6, 16, tzinfo=UTC)
    assert matter.ended_at == matter.answered_at
    assert (matter.on_time, matter.is_rated, matter.satisfied) == (True, True, True)
    assert matter.lead_unit == house.units["one"]
    assert matter.unit_text == "综采一队"
    assert (matter.source_number, matter.receipt_digest) == ("1", None)
    claim = Claim.objects.get()
    assert (claim.text, claim.facts) == (
        "澡堂的热水到晚班就没有了",
        "锅炉已加开一班，晚班有热水",
    )
    assert claim.grade == "SATISFIED"


def test_what_the_ledger_said_besides_is_kept(house):
    bring_in(house, good_row(反映渠道="矿长信箱", 承办单位="物业公司"))

    origin = Origin.objects.get()
    assert (origin.channel, origin.category) == ("矿长信箱", "后勤")
    assert (origin.handling_unit, origin.row) == ("物业公司", 2)
    assert Matter.objects.get().channel == "LETTER"


def test_who_raised_it_is_sealed(house):
    bring_in(house, good_row(), good_row(编号="2", 反映人="匿名", 联系电话=""))

    named, anonymous = Matter.objects.order_by("serial")
    assert (named.identity, anonymous.identity) == ("NAMED", "ANONYMOUS")
    speaker = Speaker.objects.get()
    assert "钱进" not in speaker.name
    box = open_box(f"speaker:{named.uid}", speaker.key)
    assert box.open(speaker.name, "name") == "钱进"
    assert box.open(speaker.contact, "contact") == "13900000001"


def test_an_open_row_waits_for_the_coordinator(house):
    bring_in(house, good_row(**OPEN), by=CLOCK)

    matter = Matter.objects.get()
    assert matter.state == "RECEIVED"
    assert matter.responsible == house.people["coordinator"]
    assert matter.first_receiver == house.people["coordinator"]
    assert matter.due_at > NOW
    assert matter.next_rung_at > NOW
    assert matter.due_at <= matter.answer_due_at


def test_what_was_done_so_far_is_a_sealed_note(house):
    bring_in(house, good_row(**OPEN | {"办理情况及答复": "已报计划"}))

    matter, note = Matter.objects.get(), Event.objects.get(verb="add_note")
    box = open_box(matter.uid, matter.key)
    assert box.open(note.words, f"event:{note.seq}") == "已报计划"
    assert Claim.objects.get().facts == ""


def test_the_history_is_chained_and_says_that_it_was_imported(house):
    bring_in(house, good_row(), good_row(编号="2", **OPEN))
    done, waiting = Matter.objects.order_by("serial")
    events = Event.objects.filter(about=done.uid).order_by("seq")

    assert [event.verb for event in events] == ["register", "answer", "rate", "close"]
    assert events[0].at == done.received_at
    assert {event.detail["imported"]["at"] for event in events} == {NOW.isoformat()}
    assert events[0].by == f"person:{house.people['coordinator'].pk}"
    assert done.version == 4
    assert waiting.version == 1
    assert verify_chains(all_heads()).first_bad is None


def test_the_import_itself_is_on_record(house):
    bring_in(house, good_row(), good_row(编号="2", 来访日期=""))

    event = Event.objects.get(verb="ledger.imported")
    assert event.detail["imported"] == 1
    assert event.detail["rejected"] == 1


def test_the_clock_of_a_finished_matter_has_stopped(house):
    bring_in(house, good_row())

    kinds = ClockEntry.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["START", "STOP"]


def test_a_late_answer_is_not_in_time(house):
    bring_in(house, good_row(答复日期="2025.12.1"))

    assert Matter.objects.get().on_time is False


def test_without_a_day_of_answer_nobody_knows_whether_it_was_in_time(house):
    lines = as_lines(
        ["来访日期", "反映事项", "答复"], ["2025.3.5", "请修路灯", "已修好"]
    )
    import_ledger(read(lines), unit=house.units["root"], by=CLOCK, now=NOW)

    matter = Matter.objects.get()
    assert (matter.state, matter.on_time, matter.answered_at) == ("CLOSED", None, None)


def test_numbers_have_no_gap_in_the_year_of_the_visit(house):
    own = raised(house)
    bring_in(
        house,
        good_row(来访日期="2026.1.5", 答复日期="2026.1.6"),
        good_row(编号="2"),
        good_row(编号="3", 来访日期="2026.1.7", 答复日期="2026.1.8"),
        good_row(编号="4", 来访日期=""),
        good_row(编号="5"),
    )

    assert own.number == "2026-0001"
    numbers = Matter.objects.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [
        "2026-0001",
        "2026-0002",
        "2025-0001",
        "2026-0003",
        "2025-0002",
    ]


def test_words_are_found_and_figures_are_marked(house):
    bring_in(house, good_row())

    assert matters_found(house.standing("coordinator"), "热水").count() == 1
    assert [str(mark.day) for mark in Dirty.objects.all()] == ["2025-03-05"]


def test_bringing_it_in_again_changes_nothing(house):
    rows = [
        good_row(),
        good_row(编号=""),
        good_row(编号="3", **OPEN),
        good_row(编号="4", 满意度="?"),
    ]
    bring_in(house, *rows)
    events = Event.objects.count()
    again = bring_in(house, *rows)

    assert figures(again) == (4, 0, 3, 1)
    assert Matter.objects.count() == 3
    assert Event.objects.count() == events + 1


def test_a_mended_ledger_brings_in_the_rest(house):
    bring_in(house, good_row(), good_row(编号="2", 来访日期="3月5日"))
    report = bring_in(house, good_row(), good_row(编号="2"))

    assert figures(report) == (2, 1, 1, 0)


def test_a_corrected_row_is_named_and_doubles_nothing(house):
    bring_in(house, good_row(), good_row(编号="2", 来访日期="2025-03-05 08:30"))
    same_day = good_row(编号="2", 来访日期="2025.3.5")

    report = bring_in(house, good_row(反映事项="改过的事项"), same_day)

    assert figures(report) == (2, 0, 1, 1)
    assert report.rejected[0].column == "编号"
    assert "已经导入过" in report.rejected[0].reason
    assert Matter.objects.count() == 2


def test_another_mine_has_its_own_ledger(house):
    other = build_house("OTHER")
    bring_in(house, good_row())

    assert figures(bring_in(other, good_row()))[1] == 1


def test_what_this_house_wrote_itself_is_not_brought_in(house):
    own = raised(house)
    row = good_row(编号=own.number, 来访日期="2026.9.9", 反映事项=own.text, **OPEN)

    assert figures(bring_in(house, row)) == (1, 0, 1, 0)


def test_the_same_number_of_another_ledger_is_another_matter(house):
    own = raised(house)
    row = good_row(编号=own.number, 来访日期="2026.9.9", 反映事项="请修路灯", **OPEN)

    assert figures(bring_in(house, row)) == (1, 1, 0, 0)


def test_batches_do_not_show(house, monkeypatch):
    monkeypatch.setattr(ledger_action, "BATCH", 2)
    rows = [good_row(编号=str(n), 反映事项=f"第{n}盏路灯不亮") for n in range(1, 8)]

    assert figures(bring_in(house, *rows)) == (7, 7, 0, 0)
    assert Matter.objects.get(serial=7).source_number == "7"


def test_queries_do_not_grow_with_the_rows(house, django_assert_max_num_queries):
    rows = [good_row(编号=str(n), 反映事项=f"第{n}盏路灯不亮") for n in range(1, 400)]

    with django_assert_max_num_queries(95):
        bring_in(house, *rows)


def test_a_crash_half_way_leaves_nothing(house, monkeypatch):
    monkeypatch.setattr(ledger_action, "BATCH", 2)

    def lines():
        yield from ledger(
            *(good_row(编号=str(n), 反映事项=f"第{n}盏灯") for n in range(9))
        )
        raise LedgerRefused("文件已损坏")

    with pytest.raises(LedgerRefused):
        import_ledger(read(lines()), unit=house.units["root"], by=CLOCK, now=NOW)
    assert not Matter.objects.exists()
    assert not Event.objects.filter(verb__in=["register", "ledger.imported"]).exists()


def test_a_preview_says_the_same_and_writes_nothing(house):
    rows = [good_row(), good_row(), good_row(编号="2", 来访日期="3月5日")]
    preview = preview_ledger(
        read(ledger(*rows)), unit=house.units["root"], by=house.standing("coordinator")
    )

    assert figures(preview) == (3, 1, 1, 1)
    assert not Matter.objects.exists()
    assert bring_in(house, *rows).as_json() == preview.as_json()


def test_the_answer_for_programs(house):
    report = bring_in(house, good_row(), good_row(编号="2", 来访日期="3月5日"))

    assert report.as_json() == {
        "rows": 2,
        "imported": 1,
        "skipped": 0,
        "rejected": [{"row": 3, "column": "来访日期", "reason": "“3月5日”没有年份"}],
    }


@pytest.mark.parametrize("who", ["receiver", "head", "chief", "sysadmin", "auditor"])
def test_only_coordinators_import(house, who):
    with pytest.raises(NotPermitted):
        bring_in(house, good_row(), by=house.standing(who))
    assert not Matter.objects.exists()


def test_nobody_imports_into_another_mine(house):
    other = build_house("OTHER")

    with pytest.raises(NotPermitted):
        bring_in(house, good_row(), by=other.standing("coordinator"))


def test_somebody_must_answer_for_what_is_open():
    found_mine("EMPTY", name="空矿")
    unit = Unit.objects.get(code="EMPTY")

    assert not Post.objects.exists()
    with pytest.raises(NobodyReceives):
        import_ledger(read(ledger(good_row())), unit=unit, by=CLOCK, now=NOW)


def test_a_visit_of_later_today_is_entered_as_now(house):
    row = good_row(来访日期="2026-9-9 23:00", **OPEN)
    reading = read(ledger(row))
    bring_in(house, row)

    assert isinstance(next(iter(reading)), LedgerRow)
    assert Matter.objects.get().received_at == NOW


def test_a_limit_of_minutes_counts_from_the_minute(house):
    LimitTemplate.objects.filter(mine=house.mine, key="ANSWER").update(
        amount=90, unit="MINUTES"
    )
    bump()
    bring_in(house, good_row(来访日期="2025-3-5 9:00", 答复日期="2025-3-5 10:20"))
    bring_in(
        house, good_row(编号="2", 来访日期="2025-3-5 9:00", 答复日期="2025-3-5 10:40")
    )

    in_time = Matter.objects.order_by("serial").values_list("on_time", flat=True)
    assert list(in_time) == [True, False]


def test_the_same_number_on_another_day_is_another_matter(house):
    own = raised(house)
    row = good_row(编号=own.number, 来访日期="2026.9.8", 反映事项=own.text, **OPEN)

    assert figures(bring_in(house, row))[1] == 1


def test_an_origin_says_which_import_it_is_of(house):
    bring_in(house, good_row())

    assert str(Origin.objects.get()).endswith("2026/1")
