from datetime import datetime, timedelta

import pytest
from openpyxl import load_workbook

from shuoshi.matters.actions.ledger import import_ledger, preview_ledger
from shuoshi.matters.actions.ledger_export import export_ledger
from shuoshi.matters.models import Claim, Matter, ObjectNamed, Speaker
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.queries.ledger_export import matters_of_year
from shuoshi.matters.queries.ledger_files import ledger_lines
from shuoshi.matters.queries.matters import matters_seen_by
from shuoshi.matters.rules.ledger import LedgerReading
from shuoshi.matters.rules.ledger_columns import Column
from shuoshi.org.rules.standing import CLOCK
from shuoshi.trail.models import Event, Reading
from tests.matters.house import NOW, Story, build_house, raised
from tests.matters.ledgers import good_row, ledger, read


pytestmark = pytest.mark.django_db

OPEN = {"是否办结": "否", "办理情况及答复": "", "答复日期": "", "满意度": ""}


@pytest.fixture
def house():
    return build_house()


def bring_in(house, *rows):
    import_ledger(read(ledger(*rows)), unit=house.units["root"], by=CLOCK, now=NOW)


@pytest.fixture
def take_out(house, tmp_path):
    def write(matters=None, *, by=CLOCK):
        path = tmp_path / "out.xlsx"
        matters = Matter.objects.order_by("pk") if matters is None else matters
        export_ledger(
            matters, path, mine_id=house.mine.pk, title="台账", by=by, now=NOW
        )
        return path

    return write


def table(path):
    heads, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_heads_are_those_of_the_offices(house, take_out):
    raised(house)
    (line,) = table(take_out())

    assert list(line) == [str(column) for column in Column]


def test_a_line_says_what_the_old_ledger_said(house, take_out):
    bring_in(house, good_row(反映渠道="矿长信箱", 承办单位="物业公司"))
    (line,) = table(take_out(by=house.standing("coordinator")))

    assert line == {
        "编号": "1",
        "来访日期": datetime(2025, 3, 5),  # noqa: DTZ001 - as spreadsheets have it
        "反映人": "钱进",
        "联系电话": "13900000001",
        "所在单位": "综采一队",
        "反映渠道": "矿长信箱",
        "事项类别": "后勤",
        "反映事项": "澡堂的热水到晚班就没有了",
        "承办单位": "物业公司",
        "办理情况及答复": "锅炉已加开一班，晚班有热水",
        "答复日期": datetime(2025, 3, 7),  # noqa: DTZ001
        "是否办结": "是",
        "满意度": "满意",
    }


def test_the_console_writes_no_names(house, take_out):
    bring_in(house, good_row(), good_row(编号="2", 反映人="匿名", 联系电话=""))
    raised(house, identity="CONFIDENTIAL")
    named, anonymous, confidential = table(take_out())

    assert (named["反映人"], named["联系电话"]) == ("钱*", "139****01")
    assert (anonymous["反映人"], anonymous["联系电话"]) == ("匿名", None)
    assert (confidential["反映人"], confidential["联系电话"]) == ("保密", None)


def test_confidence_is_kept_from_every_list(house, take_out):
    raised(house, identity="CONFIDENTIAL")
    (line,) = table(take_out(by=house.standing("coordinator")))

    assert line["反映人"] == "保密"


def test_the_console_has_no_words_of_what_names_an_object(house, take_out):
    matter = raised(house)
    ObjectNamed.objects.create(matter=matter, person=house.people["mate"])
    Matter.objects.update(names_objects=True)

    assert matter.text not in str(table(take_out()))
    assert matter.text in str(table(take_out(by=house.standing("coordinator"))))


def test_a_sealed_matter_has_no_words_for_anybody(house, take_out):
    matter = raised(house)
    Matter.objects.update(sealed=True, text="", title="")
    Claim.objects.update(text="x", facts="秘密")
    for who in ("coordinator", "discipline"):
        (line,) = table(take_out(by=house.standing(who)))
        assert line["编号"] == matter.number
        assert "密封" in line["反映事项"]
        assert line["办理情况及答复"] is None


def test_formulas_stay_text(house, take_out):
    bad = [
        "=1+1 是多少",
        "+cmd|' /C calc'!A0",
        "@SUM(A1) 不对",
        "-2 级台阶坏了",
        "<b>路灯</b>",
    ]
    bring_in(
        house,
        *(good_row(编号=str(n), 反映事项=text, **OPEN) for n, text in enumerate(bad)),
    )
    sheet = load_workbook(take_out()).active
    cells = [row[7] for row in sheet.iter_rows(min_row=2)]

    assert [cell.value for cell in cells] == bad
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 4 + [False]


def test_the_sheet_is_ready_to_print(house, take_out):
    raised(house)
    sheet = load_workbook(take_out()).active

    assert sheet.freeze_panes == "C2"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.column_dimensions["H"].width > 40


def test_what_was_taken_out_can_be_brought_into_another_house(house, take_out):
    rows = [
        good_row(),
        good_row(编号="", 来访日期="2025-3-5 9:30:15", 反映事项="一、路灯\n二、=井口"),
        good_row(编号="3", 反映人="匿名", 联系电话="", 满意度="非常不满意"),
        good_row(编号="4", **OPEN),
        good_row(编号="5", 答复日期=""),
    ]
    bring_in(house, *rows)
    path = take_out(by=house.standing("coordinator"))
    other = build_house("OTHER")
    report = import_ledger(
        read(ledger_lines(path)), unit=other.units["root"], by=CLOCK, now=NOW
    )

    assert (report.imported, report.rejected) == (5, [])
    fields = [
        "received_at",
        "text",
        "state",
        "answered_at",
        "satisfied",
        "unit_text",
        "channel",
    ]
    mine, others = (
        list(Matter.objects.filter(mine=one.mine).order_by("pk").values(*fields))
        for one in (house, other)
    )
    assert mine == others


def test_what_was_taken_out_is_known_when_it_comes_back(house, take_out):
    bring_in(
        house,
        good_row(),
        good_row(编号="", 反映事项="路灯不亮"),
        good_row(编号="3", **OPEN),
    )
    raised(house)
    path = take_out(by=house.standing("coordinator"))
    report = preview_ledger(
        read(ledger_lines(path)), unit=house.units["root"], by=CLOCK
    )

    assert (report.imported, report.skipped, report.rejected) == (0, 4, [])


@pytest.mark.parametrize(
    ("state", "ending"),
    [("WITHDRAWN", "已撤回"), ("DECLINED", "不予受理"), ("HANDED_OVER", "已移交")],
)
def test_other_ends_are_said(house, take_out, state, ending):
    raised(house)
    Matter.objects.update(state=state, responsible=None, due_at=None, ended_at=NOW)
    (line,) = table(take_out())

    assert (line["是否办结"], line["办理情况及答复"]) == ("是", ending)
    assert line["答复日期"] is not None


def test_several_claims_are_one_cell_with_the_worst_grade(house, take_out):
    matter = raised(house, claims=("热饭", "开门"))
    for place, grade in ((1, "SATISFIED"), (2, "DISSATISFIED")):
        Claim.objects.filter(matter=matter, place=place).update(
            facts=f"办了{place}", basis="规定", grade=grade
        )
    (line,) = table(take_out())

    assert line["办理情况及答复"] == "1. 办了1\n依据：规定\n2. 办了2\n依据：规定"
    assert line["满意度"] == "不满意"


def test_a_unit_has_its_own_ledger(house):
    bring_in(
        house,
        good_row(承办单位="one队"),
        good_row(编号="2", 承办单位="two队"),
        good_row(编号="3", 来访日期="2024.3.5"),
    )

    assert matters_of_year(house.units["root"], 2025).count() == 2
    assert matters_of_year(house.units["one"], 2025).get().source_number == "1"


def test_the_export_is_on_record(house, take_out):
    raised(house)
    take_out(by=house.standing("coordinator"))
    event = Event.objects.get(verb="note.ledger.exported")

    assert event.by == house.standing("coordinator").on_record
    assert event.detail == {"rows": 1, "title": "台账", "named": 1}


def test_every_name_taken_out_is_a_reading_of_its_matter(house, take_out):
    named, confidential = raised(house), raised(house, identity="CONFIDENTIAL")

    take_out()
    assert not Reading.objects.exists()
    take_out(by=house.standing("coordinator"))

    reading = Reading.objects.get()
    assert (reading.thing, reading.field, reading.why) == (
        named.uid,
        "speaker",
        "export",
    )
    assert confidential.uid != named.uid


@pytest.mark.parametrize(
    "who", ["head", "other_head", "coordinator", "receiver", "mate"]
)
def test_nobody_takes_out_more_than_they_see(house, take_out, who):
    bring_in(house, good_row(承办单位="one队"), good_row(编号="2", 承办单位="two队"))
    standing = house.standing(who)
    seen = matters_seen_by(standing).order_by("pk")

    assert len(table(take_out(seen, by=standing))) == seen.count()


def test_queries_do_not_grow_with_the_lines(
    house, take_out, django_assert_max_num_queries
):
    bring_in(house, *(good_row(编号=str(n), 反映事项=f"第{n}盏灯") for n in range(100)))

    with django_assert_max_num_queries(16):
        take_out(by=house.standing("coordinator"))


def test_text_longer_than_a_cell_is_cut(house, take_out):
    matter = raised(house)
    Claim.objects.filter(matter=matter).update(facts="长" * 40_000)
    (line,) = table(take_out())

    assert len(line["办理情况及答复"]) == 32_767


def test_an_end_names_its_ground_and_the_other_matter(house, take_out):
    first, second = raised(house), raised(house, text="班车太少了")
    ended = {"responsible": None, "due_at": None, "ended_at": NOW}
    Matter.objects.filter(pk=first.pk).update(
        state="DECLINED", ground="NOT_OURS", **ended
    )
    Matter.objects.filter(pk=second.pk).update(
        state="MERGED", merged_into=first, **ended
    )
    declined, merged = table(take_out())

    assert declined["办理情况及答复"] == "不予受理：不属于本单位职权范围"
    assert merged["办理情况及答复"] == f"已并案：{first.number}"


def test_a_short_contact_is_hidden_whole(house, take_out):
    bring_in(house, good_row(联系电话="6230"))
    (line,) = table(take_out())

    assert line["联系电话"] == "****"


def test_a_person_who_was_erased_has_no_name(house, take_out):
    raised(house)
    Speaker.objects.all().delete()
    (line,) = table(take_out())

    assert line["反映人"] is None


def test_the_number_that_goes_on_is_left_out_for_who_is_kept_from_it(house, take_out):
    first, second = Story(house), Story(house, now=NOW + timedelta(hours=1))
    second.take("merge", "receiver", into=first.matter, reason="同一件事")
    first.take(
        "name_object", "receiver", objects=[house.people["coordinator"]], reason="写明"
    )

    def told(who):
        only = Matter.objects.filter(pk=second.matter.pk)
        return str(table(take_out(only, by=house.standing(who))))

    assert first.matter.number in told("chief")
    assert first.matter.number not in told("coordinator")


def test_a_made_up_row_does_not_find_out_what_is_kept_from_who_imports(house, take_out):
    story = Story(house).take(
        "name_object", "receiver", objects=[house.people["coordinator"]], reason="写明"
    )
    path = take_out()
    unit = house.units["root"]

    def skipped(by):
        reading = LedgerReading(
            ledger_lines(path, most_rows=99), today=story.now.date(), zone=ZONE
        )
        return preview_ledger(reading, unit=unit, by=by).skipped

    assert skipped(CLOCK) == 1
    assert skipped(house.standing("coordinator")) == 0
