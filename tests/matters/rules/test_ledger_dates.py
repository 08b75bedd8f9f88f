from datetime import UTC, date, datetime, time, timedelta

import pytest

from shuoshi.matters.rules.ledger_dates import DateUnread, Moment, read_moment
from tests.matters.ledgers import ZONE


DAY = datetime(2019, 3, 5, tzinfo=ZONE)


@pytest.mark.parametrize(
    "cell",
    [
        date(2019, 3, 5),
        datetime(2019, 3, 5),  # noqa: DTZ001 - what a spreadsheet hands over
        43529,
        43529.0,
        20190305.0,
        "43529",
        "2019.3.5",
        "2019-3-5",
        "2019/3/5",
        "2019\\3\\5",
        "2019。3。5",
        "2019、3、5",
        "2019 年 3 月 5 日",
        "2019年3月5日",
        "2019年03月05",
        "2019年3月5号",
        "20190305",
        "２０１９年３月５日",
        "２０１９．３．５",
        "2019—3—5",
        "'2019-3-5",
        "\u200b2019-3-5\u3000",
        "2019年3月5日(星期二)",
        "2019年3月5日（周二）",
        "2019-03-05 星期二",
        "2019-3-5 00:00",
        "2019年3月5日上午",
        "二〇一九年三月五日",
        "二零一九年三月五日",
        "2019年三月五日",
        "2019.3.5.",
        "2019-3-5；",
        "2019 3 5",
    ],
)
def test_a_day_is_read(cell):
    moment = read_moment(cell, ZONE)

    assert moment is not None
    assert moment.at == DAY


@pytest.mark.parametrize(
    ("cell", "hour", "minute"),
    [
        (datetime(2019, 3, 5, 9, 30), 9, 30),  # noqa: DTZ001
        (datetime(2019, 3, 5, 1, 30, tzinfo=UTC), 9, 30),
        (43529 + 9.5 / 24, 9, 30),
        ("2019-3-5 9:30", 9, 30),
        ("2019-03-05 09:30:00", 9, 30),
        ("2019-03-05T09:30:00", 9, 30),
        ("2019-03-05T01:30:00Z", 9, 30),
        ("2019-03-05 09:30:00+08:00", 9, 30),
        ("2019.3.5 9点半", 9, 30),
        ("2019年3月5日上午9时", 9, 0),
        ("2019年3月5日下午3点", 15, 0),
        ("2019年3月5日 下午3时20分", 15, 20),
        ("2019年3月5日(星期二)晚上8点整", 20, 0),
        ("2019年3月5日中午12点", 12, 0),
        ("2019-3-5 3:05 PM", 15, 5),
        ("2019-3-5 12:10 am", 0, 10),
        ("20190305 0930", 9, 30),
        ("20190305093000", 9, 30),
        ("2019年3月5日 9：30", 9, 30),
    ],
)
def test_the_time_of_day_is_read(cell, hour, minute):
    assert read_moment(cell, ZONE) == Moment(
        DAY.replace(hour=hour, minute=minute), timed=True
    )


def test_the_end_of_a_day_is_still_that_day():
    moment = read_moment("2019-3-5 24:00", ZONE)

    assert moment is not None
    assert moment.at.date() == date(2019, 3, 5)


def test_fractions_of_a_second_are_rounded():
    moment = read_moment(datetime(2019, 3, 5, 16, 3, 39, 999_999), ZONE)  # noqa: DTZ001

    assert moment is not None
    assert moment.at == DAY.replace(hour=16, minute=3, second=40)


@pytest.mark.parametrize(
    "cell", ["", None, "  ", "\u3000", "\u200b", "#VALUE!", float("nan")]
)
def test_a_blank_is_no_day(cell):
    if cell is None or isinstance(cell, str):
        assert read_moment(cell, ZONE) is None
    else:
        with pytest.raises(DateUnread):
            read_moment(cell, ZONE)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("3月5日", "没有年份"),
        ("3-5", "没有年份"),
        ("3.5", "没有年份"),
        ("12月1日上午", "没有年份"),
        ("3月5日-6日", "没有年份"),
        ("19.3.5", "四位"),
        ("19年3月5日", "四位"),
        ("'19-3-5", "四位"),
        ("3/5/2019", "先写年份"),
        ("05-03-2019", "先写年份"),
        ("2019年3月", "哪一天"),
        ("2019.3", "哪一天"),
        (2019.3, "哪一天"),
        (2019, "哪一天"),
        ("2019年3月上旬", "哪一天"),
        ("2019-13-40", "不是真实存在"),
        ("2019年2月29日", "不是真实存在"),
        ("20190230", "不是真实存在"),
        ("2019-00-10", "不是真实存在"),
        ("2019-3-5 25:00", "不是真实存在"),
        ("2019-3-5 9:75", "不是真实存在"),
        ("2019-02-30T09:30:00Z", "不是真实存在"),
        ("二〇一九年十十月五日", "不是真实存在"),
        ("二〇一九年十三月五日", "不是真实存在"),
        ("2019年3月5日-6日", "一段时间"),
        ("2019.3.5-3.6", "一段时间"),
        ("2019年3月5日至2019年3月8日", "一段时间"),
        ("2019年3月5日前", "认不出"),
        ("2019年3月5日左右", "认不出"),
        ("昨天", "认不出"),
        ("不详", "认不出"),
        ("见附件", "认不出"),
        (True, "认不出"),
        (0, "认不出"),
        (-3.5, "认不出"),
        (1e300, "认不出"),
        (float("inf"), "认不出"),
        (time(9, 30), "只有钟点"),
        (timedelta(hours=30), "只有钟点"),
        (date(1900, 1, 1), "1949"),
        ("1918-3-5", "1949"),
        (datetime.max, "不存在"),  # noqa: DTZ901
        (datetime(1, 1, 1, tzinfo=UTC), "1949"),
    ],
)
def test_no_day_is_guessed(cell, reason):
    with pytest.raises(DateUnread, match=reason):
        read_moment(cell, ZONE)
