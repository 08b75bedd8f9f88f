import json
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuoshi.matters.queries.ledger_files import ledger_lines
from shuoshi.matters.rules.ledger import (
    LedgerRefused,
    LedgerRow,
    Rejection,
    Repeat,
)
from shuoshi.matters.rules.ledger_columns import Column, recognise
from tests.matters.ledgers import (
    HEADS,
    REAL,
    as_lines,
    good_row,
    ledger,
    only_row,
    read,
    verdicts,
)


TITLE = ["某矿2025年接访台账", *[""] * 12]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        (" 反映事项（诉求） ", Column.REQUEST),
        ("反映\n事项", Column.REQUEST),
        ("*来访时间", Column.RAISED),
        ("来访日期(年-月-日)", Column.RAISED),
        ("信访登记日期", Column.RAISED),
        ("姓 名", Column.NAME),
        ("来访人姓名", Column.NAME),
        ("联系方式（手机）", Column.CONTACT),
        ("单位或住址", Column.PLACE),
        ("来访方式", Column.CHANNEL),
        ("３.来源", Column.CHANNEL),
        ("事项分类", Column.CATEGORY),
        ("责任单位", Column.UNIT),
        ("处理结果", Column.REPLY),
        ("办结时间", Column.ANSWERED),
        ("办结情况", Column.FINISHED),
        ("评价", Column.GRADE),
        ("序号", Column.NUMBER),
        ("件号：", Column.NUMBER),
    ],
)
def test_a_head_is_recognised(head, column):
    found = recognise(head)

    assert found is not None
    assert found[0] is column


@pytest.mark.parametrize(
    "head",
    ["接访人", "来访人数", "办理时限", "答复期限", "备注", "", None, 12, "长" * 99],
)
def test_another_head_is_left_alone(head):
    assert recognise(head) is None


def test_title_and_blank_lines_come_before_the_heads():
    lines = as_lines(TITLE, ["填报单位：办公室"], [""], list(HEADS), good_row())

    assert [(v.row, v.number) for v in read(lines)] == [(5, "1")]


def test_columns_stand_in_any_order_and_some_are_missing():
    lines = as_lines(["主要诉求", "备注", "登记日期"], ["请修路灯", "急", "2025.3.5"])
    reading = read(lines)
    (row,) = reading

    assert (row.request, row.finished, row.reply) == ("请修路灯", False, "")
    assert reading.unknown_heads == ["备注"]


def test_a_ledger_without_days_of_answer_is_still_a_ledger():
    lines = as_lines(
        ["来访日期", "反映事项", "答复"], ["2025.3.5", "请修路灯", "已修好"]
    )

    assert only_row(lines).finished


def test_two_columns_of_answers_are_one_text():
    lines = as_lines(
        ["来访日期", "反映事项", "办理情况", "答复内容"],
        ["2025.3.5", "请修路灯", "已派电工", "路灯已亮"],
    )

    assert only_row(lines).reply == "已派电工\n路灯已亮"


def test_heads_in_two_lines_are_put_together():
    lines = as_lines(
        TITLE,
        ["编号", "来访", "来访人情况", "", "", "反映事项", "答复", ""],
        ["", "日期", "姓名", "电话", "单位", "", "内容", "日期"],
        ["7", "2025.3.5", "钱进", "6230", "掘进队", "请修路灯", "已修", "2025.3.6"],
    )
    row = only_row(lines)

    assert (row.number, row.name, row.contact, row.place) == (
        "7",
        "钱进",
        "6230",
        "掘进队",
    )
    assert (row.reply, row.answered.at.date()) == ("已修", date(2025, 3, 6))


def test_heads_over_merged_groups_are_put_together():
    lines = as_lines(
        ["编号", "来访日期", "来访人", "来访人", "反映事项"],
        ["编号", "来访日期", "姓名", "电话", "反映事项"],
        ["7", "2025.3.5", "钱进", "6230", "请修路灯"],
    )

    assert only_row(lines).contact == "6230"


def test_heads_repeated_on_each_page_are_no_rows():
    lines = ledger(good_row(), list(HEADS), good_row(编号="2"))

    assert verdicts(lines) == ["ok", "ok"]


def test_heads_may_change_their_order_half_way():
    lines = ledger(good_row(), ["反映事项", "来访日期"], ["请修路灯", "2025.3.5"])

    assert verdicts(lines) == ["ok", "ok"]


@pytest.mark.parametrize(
    "line",
    [
        ["合计", *[""] * 6, "300件"],
        ["合 计：300件"],
        ["", "本月小计", "", "", "", "", "", 12],
        ["2025年总计", "", "", "", "", "", "", "3"],
        ["制表人：钱进", "", "", "审核人：孙正"],
        ["填表说明：每月报一次"],
        ["注：本台账不得外传"],
        ["", "", "", "", "", "", "", "以下空白"],
        ["第 1 页 共 3 页"],
        ["三月份"],
        ["三月份"] * 13,
        ["本台账由办公室保管，任何人不得涂改"],
        ["302"],
        ["", "2025年3月"],
        ["", "", "", "", "", "", "", "", "", "", "", "", "", "看不懂的一列"],
    ],
)
def test_lines_without_a_matter_are_not_counted(line):
    reading = read(ledger(good_row(), line, good_row(编号="2")))

    assert [verdict.row for verdict in reading] == [2, 4]
    assert reading.rows == 2


def test_a_row_about_totals_is_a_row():
    assert verdicts(ledger(good_row(编号="合计"))) == ["ok"]
    assert verdicts(ledger(good_row(反映事项="工资单上合计数不对"))) == ["ok"]


def test_ditto_marks_copy_the_line_above():
    lines = ledger(
        good_row(),
        good_row(
            编号="2", 来访日期="同上", 反映人="〃", 所在单位="″", 反映事项="食堂太远"
        ),
    )
    _first, second = read(lines)

    assert (second.raised.at.date(), second.name) == (date(2025, 3, 5), "钱进")
    assert second.place == "综采一队"


def test_a_ditto_mark_under_nothing_is_a_fault():
    assert verdicts(ledger(good_row(来访日期="同上"))) == ["来访日期"]


def test_the_first_of_two_equal_numbers_stays():
    lines = ledger(good_row(), good_row(反映事项="食堂太远"))
    _first, second = read(lines)

    assert second == Rejection("台账", 3, "编号", "编号“1”和第 2 行重复")


def test_a_bad_row_does_not_take_its_number():
    lines = ledger(
        good_row(反映事项=""), good_row(), good_row(编号="１", 反映事项="食堂太远")
    )

    assert verdicts(lines) == ["反映事项", "ok", "编号"]


def test_the_same_row_twice_is_one():
    _first, second = read(ledger(good_row(), good_row()))

    assert second == Repeat("台账", 3, 2)


def test_two_people_may_say_the_same():
    lines = ledger(
        good_row(编号=""), good_row(编号="", 反映人="孙正"), good_row(编号="")
    )

    assert verdicts(lines) == ["ok", "ok", "repeat"]


def test_a_line_count_starts_again_on_the_next_page():
    heads = ["序号", "来访日期", "反映事项"]
    lines = as_lines(
        heads, ["1", "2025.3.5", "请修路灯"], ["2", "2025.3.5", "食堂太远"],
        heads, ["1", "2025.4.5", "请修井"], ["2", "2025.4.6", "班车太少"], ["2", "2025.4.6", "水管漏"],
    )  # fmt: skip

    assert verdicts(lines) == ["ok", "ok", "ok", "ok", "编号"]


def test_numbers_start_again_with_the_year():
    lines = ledger(
        good_row(来访日期="2024.12.30"),
        good_row(编号="001", 来访日期="2025.1.3"),
        good_row(编号="1", 来访日期="2025.1.4", 反映事项="食堂太远"),
    )

    assert verdicts(lines) == ["ok", "ok", "ok"]


def test_every_sheet_with_heads_is_read():
    lines = [
        *as_lines(list(HEADS), good_row(), sheet="一月"),
        *as_lines(["说明"], ["怎样填写"], sheet="说明"),
        *as_lines(list(HEADS), good_row(反映事项="食堂太远"), sheet="二月"),
    ]
    reading = read(lines)

    assert [(v.sheet, v.row) for v in reading] == [("一月", 2), ("二月", 2)]
    assert reading.sheets == ["一月", "二月"]


def test_no_heads_at_all():
    with pytest.raises(LedgerRefused, match="没有找到表头"):
        list(read(as_lines(*[good_row()] * 40)))
    with pytest.raises(LedgerRefused, match="没有找到表头"):
        list(read([]))


def test_heads_without_the_needed_column_are_named():
    heads = ["编号", "来访日期", "反映人", "备注"]

    with pytest.raises(LedgerRefused, match="缺少“反映事项”"):
        list(read(as_lines(heads, ["1", "2025.3.5", "钱进", ""])))


CELLS = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(codec=None), max_size=8),
    st.from_regex(r"\d{1,4}[年./-]\d{1,2}[月./-]\d{1,2}日?.{0,6}"),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.datetimes(),
    st.dates(),
    st.just(time(9)),
    st.just(timedelta(hours=30)),
    st.sampled_from(["同上", "合计", "是", "满意", "匿名", "=1+1", *HEADS]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=14), max_size=6))
def test_whatever_stands_in_the_cells_there_is_a_verdict(rows):
    lines = as_lines(list(HEADS), *rows)
    reading = read(lines)
    found = list(reading)

    assert reading.rows == len(found) <= len(rows)
    for verdict in found:
        if isinstance(verdict, Rejection):
            assert verdict.column in set(Column)
            assert verdict.reason
        if isinstance(verdict, LedgerRow):
            json.dumps(verdict.request).encode()


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(HEADS)), CELLS)
def test_one_odd_cell_blames_its_own_column_or_an_answer_it_belies(head, cell):
    own = {head, "办理情况及答复", "答复日期"}

    assert set(verdicts(ledger(good_row(**{head: cell})))) <= {"ok", *own}


REAL_LEDGERS = [REAL / "ledger-clean.xlsx"] if REAL.is_dir() else []
REAL_VERDICTS = (
    json.loads((REAL / "ledger-messy.verdicts.json").read_text())
    if REAL.is_dir()
    else []
)


@pytest.mark.parametrize("path", REAL_LEDGERS, ids=lambda path: path.name)
def test_every_row_of_a_clean_ledger_is_taken(path):
    found = list(read(ledger_lines(path)))

    assert [verdict for verdict in found if not isinstance(verdict, LedgerRow)] == []
    assert len(found) == 2223


def _what_became(verdict):
    if verdict is None:
        return "ignore", None
    if isinstance(verdict, Rejection):
        return "reject", verdict.column
    return ("accept" if isinstance(verdict, LedgerRow) else "skip"), None


@pytest.mark.parametrize(
    "wanted",
    [REAL_VERDICTS] if REAL_VERDICTS else [],
    ids=["real"][: len(REAL_VERDICTS)],
)
def test_a_messy_ledger_gets_the_verdicts_it_deserves(wanted):
    found = {v.row: v for v in read(ledger_lines(REAL / "ledger-messy.xlsx"))}
    wrong = []
    for want in wanted:
        verdict, column = _what_became(found.get(want["row"]))
        if verdict not in want["verdict"].split("_or_") or (
            verdict == "reject" and column != want["column"]
        ):
            wrong.append((want, found.get(want["row"])))

    assert wrong == []
