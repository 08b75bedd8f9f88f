from datetime import date, datetime

import pytest

from tests.matters.ledgers import good_row, ledger, only_row, verdicts


def verdict_on(**changes):
    (verdict,) = verdicts(ledger(good_row(**changes)))
    return verdict


@pytest.mark.parametrize(
    ("column", "cell", "blamed"),
    [
        ("来访日期", "", "来访日期"),
        ("来访日期", "3月5日", "来访日期"),
        ("来访日期", date(2099, 1, 1), "来访日期"),
        ("来访日期", "二零二五年三月五日", "ok"),
        ("反映事项", "", "反映事项"),
        ("反映事项", "\u3000\u200b \n", "反映事项"),
        ("反映事项", "\u3164", "反映事项"),
        ("反映事项", "无", "反映事项"),
        ("反映事项", "？？？？", "反映事项"),
        ("反映事项", "同左", "反映事项"),
        ("反映事项", "……", "反映事项"),
        ("反映事项", "12345", "反映事项"),
        ("反映事项", date(2025, 3, 5), "反映事项"),
        ("反映事项", "锟斤拷锟斤拷", "反映事项"),
        ("反映事项", "\ufffd\ufffd\ufffd的热水", "反映事项"),
        ("反映事项", "工资问题".encode().decode("latin-1"), "反映事项"),
        ("反映事项", "长" * 32_768, "反映事项"),
        ("反映事项", "长" * 32_767, "ok"),
        ("反映事项", "=1+1 是什么意思", "ok"),
        ("反映事项", "<script>alert(1)</script>请修路", "ok"),
        ("反映事项", "请修\ud800路\x00灯", "ok"),
        ("反映人", "13900000001", "反映人"),
        ("反映人", 13900000001.0, "反映人"),
        ("反映人", "0561-4953111", "反映人"),
        ("反映人", date(2025, 3, 5), "反映人"),
        ("反映人", "10234", "ok"),
        ("反映人", "2025-3-5", "反映人"),
        ("所在单位", date(2025, 3, 5), "所在单位"),
        ("反映渠道", "2025年3月5日", "反映渠道"),
        ("反映事项", "2025年3月5日", "反映事项"),
        ("反映事项", "#REF!", "反映事项"),
        ("办理情况及答复", "2025年3月7日", "ok"),
        ("办理情况及答复", "#N/A", "办理情况及答复"),
        ("反映人", "长" * 61, "反映人"),
        ("联系电话", "无", "ok"),
        ("联系电话", date(2025, 3, 5), "联系电话"),
        ("联系电话", "1" * 101, "联系电话"),
        ("编号", "2019-001", "ok"),
        ("编号", "〔2019〕1号", "ok"),
        ("编号", date(2019, 1, 1), "编号"),
        ("编号", "9" * 61, "编号"),
        ("所在单位", "某" * 101, "所在单位"),
        ("所在单位", "锟斤拷", "所在单位"),
        ("反映渠道", "鸽子", "ok"),
        ("承办单位", "没有这个单位", "ok"),
        ("办理情况及答复", "", "办理情况及答复"),
        ("办理情况及答复", "——", "办理情况及答复"),
        ("办理情况及答复", "无", "办理情况及答复"),
        ("答复日期", date(2025, 3, 4), "答复日期"),
        ("答复日期", date(2099, 1, 1), "答复日期"),
        ("答复日期", "3月7日", "答复日期"),
        ("答复日期", "", "ok"),
        ("答复日期", date(2025, 3, 5), "ok"),
        ("是否办结", "√", "ok"),
        ("是否办结", True, "ok"),
        ("是否办结", "按期办结", "ok"),
        ("是否办结", "在办", "ok"),
        ("是否办结", "己办结", "ok"),
        ("是否办结", "已完结", "ok"),
        ("是否办结", "差不多", "是否办结"),
        ("是否办结", "部分办结", "是否办结"),
        ("满意度", "还行吧", "满意度"),
        ("满意度", "一般", "满意度"),
        ("满意度", "5", "满意度"),
        ("满意度", 5.0, "满意度"),
        ("满意度", "5分", "满意度"),
        ("满意度", "很满意", "ok"),
        ("满意度", "未评价", "ok"),
        ("满意度", "/", "ok"),
        ("满意度", " 非 常 满 意 ", "ok"),
    ],
)
def test_the_verdict_names_the_column(column, cell, blamed):
    assert verdict_on(**{column: cell}) == blamed


def test_swapped_day_columns_are_found_out():
    swapped = {"来访日期": date(2025, 3, 7), "答复日期": date(2025, 3, 5)}

    assert verdict_on(**swapped) == "答复日期"


def test_an_answer_on_the_same_day_is_not_before_the_visit():
    row = only_row(
        ledger(good_row(来访日期="2025-3-5 15:00", 答复日期=date(2025, 3, 5)))
    )

    assert row.answered is not None
    assert not row.answered.before(row.raised)


def test_an_answer_an_hour_before_the_visit_is_refused():
    assert (
        verdict_on(来访日期="2025-3-5 15:00", 答复日期="2025-3-5 14:00") == "答复日期"
    )


def test_the_first_fault_is_the_one_named():
    assert verdict_on(来访日期="", 反映事项="", 满意度="?!") == "来访日期"


def test_blanks_round_everything_are_taken_off():
    row = only_row(
        ledger(good_row(反映人="  钱 进 ", 所在单位=" 综采一队　", 反映渠道=" 来访\n"))
    )

    assert (row.name, row.place, row.channel) == ("钱进", "综采一队", "来访")


@pytest.mark.parametrize(
    ("cell", "contact"),
    [
        (13800138000.0, "13800138000"),
        (13800138000, "13800138000"),
        ("13800138000.0", "13800138000"),
        ("1.3800138E+10", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("'13800138000", "13800138000"),
        ("138 0013 8000", "138 0013 8000"),
        ("内线 6230", "内线 6230"),
        ("/", ""),
    ],
)
def test_a_phone_number_is_text(cell, contact):
    assert only_row(ledger(good_row(联系电话=cell))).contact == contact


def test_lost_digits_are_remarked_on():
    row = only_row(ledger(good_row(联系电话="1.38E+10")))

    assert row.contact == "1.38E+10"
    assert "丢失" in row.remarks[0]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (32979.0, "32979"),
        ("３６４２２", "36422"),
        ("'007", "007"),
        (" 12 ", "12"),
        ("", ""),
    ],
)
def test_a_number_is_text(cell, number):
    assert only_row(ledger(good_row(编号=cell))).number == number


@pytest.mark.parametrize("name", ["匿名", "网友", "", "不详", "／", "*"])
def test_nobody_is_not_a_name(name):
    assert only_row(ledger(good_row(反映人=name, 联系电话=""))).name == ""


def test_whoever_left_a_phone_number_can_be_asked():
    row = only_row(ledger(good_row(反映人="网友", 联系电话="13900000001")))

    assert (row.name, row.contact) == ("网友", "13900000001")


def test_an_open_row_needs_no_reply():
    row = only_row(
        ledger(good_row(是否办结="否", 办理情况及答复="", 答复日期="", 满意度=""))
    )

    assert not row.finished
    assert row.answered is None


def test_an_open_row_keeps_what_was_done_but_has_no_grade():
    row = only_row(ledger(good_row(是否办结="办理中", 满意度="满意")))

    assert (row.finished, row.grade) == (False, None)
    assert "满意" in row.remarks[0]


def test_without_a_word_on_it_the_answer_tells_whether_it_is_finished():
    assert only_row(ledger(good_row(是否办结=""))).finished
    assert not only_row(
        ledger(good_row(是否办结="", 办理情况及答复="", 答复日期="", 满意度=""))
    ).finished
    assert verdict_on(是否办结="", 办理情况及答复="") == "办理情况及答复"


def test_text_keeps_its_lines_and_loses_its_invisibles():
    row = only_row(
        ledger(good_row(反映事项=" 一、路灯_x000D_\n二、\u200b澡堂\x07\r\n三、食堂 "))
    )

    assert row.request == "一、路灯\n二、澡堂\n三、食堂"


def test_a_formula_is_a_text():
    row = only_row(
        ledger(good_row(反映事项='=HYPERLINK("x") 请修路', 反映人="+cmd|' /C'!A0"))
    )

    assert row.request == '=HYPERLINK("x") 请修路'


def test_a_day_without_time_is_told_from_midnight_only_by_its_form():
    timed = only_row(ledger(good_row(来访日期=datetime(2025, 3, 5, 9)))).raised  # noqa: DTZ001

    assert timed.timed
    assert not only_row(ledger(good_row())).raised.timed


def test_an_answer_without_its_day_is_remarked_on():
    row = only_row(ledger(good_row(答复日期="")))

    assert (row.finished, row.answered) == (True, None)
    assert "答复日期" in row.remarks[0]


@pytest.mark.parametrize("word", ["当日", "当场答复", "同日。"])
def test_an_answer_may_be_of_the_same_day(word):
    row = only_row(ledger(good_row(答复日期=word)))

    assert row.answered == row.raised
