"""Reading a day, and the time of day where there is one, from a ledger's cell. Pure."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.matters.rules.ledger_texts import cell_text, narrow, shown


FIRST_YEAR: Final = 1949
_SERIAL_ZERO: Final = date(1899, 12, 30)
_SERIALS: Final = (
    17_899,
    73_051,
)  # 1949-01-01 up to 2100-01-01 as spreadsheets count days
_DASHES: Final = dict.fromkeys(map(ord, "—–―‐‑−﹣~～"), "-") | {
    ord("。"): ".",
    ord("·"): ".",
    ord("•"): ".",
    ord("、"): ".",
    ord("，"): ".",
    ord(","): ".",
    ord("："): ":",
    ord("\\"): "/",
}
_WEEKDAY: Final = re.compile(
    r"[(\[【]?\s*(?:星期|礼拜|周)\s*[一二三四五六日天]\s*[)\]】]?"
)
_SEP: Final = r"(?:\s*[年月./_-]\s*|\s+)"
_DAY: Final = re.compile(
    rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})(?!\d)\s*[日号]?\s*(.*)", re.DOTALL
)
_PACKED: Final = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:\s*(\d{2})(\d{2})(\d{2})?|[\sT]+(.*))?"
)
_TIME: Final = re.compile(
    r"T?\s*(凌晨|清晨|早上|早晨|早|上午|中午|下午|午后|傍晚|晚上|晚间|晚|夜间|夜里|[AaPp][Mm])?\s*"
    r"(?:(\d{1,2})\s*(?:[:时点](?:\s*(?:(\d{1,2})\s*分?|(半)|整)(?:\s*[:]?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?)?)"
    r"\s*([AaPp][Mm])?\s*(?:许|左右)?)?"
)
_ZONED: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})"
)
_LATE_WORDS: Final = frozenset(
    ["下午", "午后", "傍晚", "晚上", "晚间", "晚", "夜间", "夜里", "中午", "pm"]
)
_CHINESE_DAY: Final = re.compile(
    r"(\d{4}|[〇零○一二三四五六七八九]{4})\s*年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_DIGITS: Final = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))

_NO_YEAR: Final = re.compile(
    r"\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号]?(?![\d./-])(?:\D.*)?", re.DOTALL
)
_SHORT_YEAR: Final = re.compile(
    r"['‘’]?\d{2}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}(?!\d).*", re.DOTALL
)
_YEAR_LAST: Final = re.compile(
    r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}.*", re.DOTALL
)
_NO_DAY: Final = re.compile(
    r"\d{4}(?:\s*年?|\s*[年./-]\s*\d{1,2}\s*月?)(?:份|初|底|上旬|中旬|下旬)?"
)
_RANGE: Final = re.compile(r"(?:-|至|到|和|及|.?\s*\d+\s*日|[./]\s*\d).*", re.DOTALL)


class DateUnread(ValueError):
    """The cell holds no day that can be trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in the organisation's zone, with the time of day where the ledger knew it."""

    at: datetime
    timed: bool

    def before(self, other: "Moment") -> bool:
        """Tell whether this is earlier, as far as both are known."""
        if self.timed and other.timed:
            return self.at < other.at
        return self.at.date() < other.at.date()


def read_moment(value: object, zone: tzinfo) -> Moment | None:
    """
    Return the moment in a cell, None for a blank cell.

    :raises DateUnread: with the reason, when it is no day of the calendar.
    """
    moment = _from_cell(value, zone)
    if moment and moment.at.year < FIRST_YEAR:
        raise DateUnread(_("日期早于 1949 年，多半是写错了"))
    return moment


def _from_cell(value: object, zone: tzinfo) -> Moment | None:
    if isinstance(value, datetime):
        return _from_datetime(value, zone)
    if isinstance(value, date):
        return Moment(datetime.combine(value, time(), zone), timed=False)
    if isinstance(value, (time, timedelta)):
        raise DateUnread(_("只有钟点，没有日期"))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, zone)
    text = cell_text(value)
    return _from_text(text, zone) if text else None


def _from_datetime(value: datetime, zone: tzinfo) -> Moment:
    try:
        local = value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
        # Spreadsheets keep moments as fractions of a day: 16:03:39.999999 is 16:03:40.
        local = (local + timedelta(milliseconds=500)).replace(microsecond=0)
    except (OverflowError, ValueError):
        raise DateUnread(_("这个日期不存在")) from None
    return Moment(local, timed=local.time() != time())


def _from_number(value: float, zone: tzinfo) -> Moment:
    if not math.isfinite(value):
        raise DateUnread(_("认不出是哪一天"))
    if _SERIALS[0] <= value < _SERIALS[1]:
        start = datetime.combine(_SERIAL_ZERO, time(), zone)
        return _from_datetime(start + timedelta(days=float(value)), zone)
    text = cell_text(value)
    if 1900 <= value < 2100:
        raise DateUnread(_("“%(text)s”没有写到哪一天") % {"text": shown(text)})
    return _from_text(text, zone)


def _from_text(text: str, zone: tzinfo) -> Moment:
    bare = _WEEKDAY.sub(" ", narrow(text).translate(_DASHES))
    bare = bare.strip().strip("'‘’`").rstrip(" .;,/-")
    bare = _CHINESE_DAY.sub(_in_digits, bare)
    if _ZONED.fullmatch(bare):
        return _from_zoned(bare, zone)
    if found := _DAY.fullmatch(bare):
        year, month, day, rest = found.groups()
        return _put_together((year, month, day), rest.strip(), text, zone)
    if found := _PACKED.fullmatch(bare):
        year, month, day, hour, minute, second, rest = found.groups()
        clock = ":".join(part for part in (hour, minute, second) if part)
        return _put_together(
            (year, month, day), clock or (rest or "").strip(), text, zone
        )
    if (
        re.fullmatch(r"\d{5}(\.\d+)?", bare)
        and _SERIALS[0] <= float(bare) < _SERIALS[1]
    ):
        return _from_number(float(bare), zone)
    raise DateUnread(_why_unread(bare, text))


def _from_zoned(text: str, zone: tzinfo) -> Moment:
    try:
        return _from_datetime(datetime.fromisoformat(text), zone)
    except ValueError:
        raise DateUnread(_impossible(text)) from None


def _put_together(
    parts: tuple[str, str, str], rest: str, text: str, zone: tzinfo
) -> Moment:
    try:
        day = date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        raise DateUnread(_impossible(text)) from None
    found = _TIME.fullmatch(rest)
    if not found:
        if _RANGE.match(rest):
            raise DateUnread(
                _("“%(text)s”像是一段时间，请只写一天") % {"text": shown(text)}
            )
        raise DateUnread(_unknown(text))
    clock = _time_of_day(found, text)
    return Moment(datetime.combine(day, clock or time(), zone), timed=clock is not None)


def _time_of_day(found: re.Match[str], text: str) -> time | None:
    part, hour, minute, half, second, after = found.groups()
    if hour is None:
        return None
    hours, minutes = int(hour), 30 if half else int(minute or 0)
    late = (after or part or "").lower() in _LATE_WORDS
    if hours == 24 and minutes == 0:
        # The end of the day that is written, not the start of the next.
        return time(23, 59, 59)
    if late and 1 <= hours < 12 and not (part == "中午" and hours >= 10):
        hours += 12
    if (after or part or "").lower() == "am" and hours == 12:
        hours = 0
    try:
        return time(hours, minutes, int(second or 0))
    except ValueError:
        raise DateUnread(_impossible(text)) from None


def _in_digits(found: re.Match[str]) -> str:
    year = "".join(_DIGITS.get(sign, sign) for sign in found[1])
    return f"{year}-{_small(found[2])}-{_small(found[3])}"


def _small(text: str) -> int:
    """Return 三 as 3, 十二 as 12, 二十 as 20, 三十一 as 31."""
    if "十" not in text:
        return int("".join(_DIGITS[sign] for sign in text))
    tens, _ten, ones = text.partition("十")
    if "十" in ones:
        return 99
    return 10 * (_small(tens) if tens else 1) + (_small(ones) if ones else 0)


def _why_unread(bare: str, text: str) -> str:
    if _YEAR_LAST.fullmatch(bare):
        return _("“%(text)s”分不清月和日，请先写年份") % {"text": shown(text)}
    if _SHORT_YEAR.fullmatch(bare):
        return _("“%(text)s”的年份要写四位") % {"text": shown(text)}
    if _NO_YEAR.fullmatch(bare):
        return _("“%(text)s”没有年份") % {"text": shown(text)}
    if _NO_DAY.fullmatch(bare):
        return _("“%(text)s”没有写到哪一天") % {"text": shown(text)}
    return _unknown(text)


def _impossible(text: str) -> str:
    return _("“%(text)s”不是真实存在的日期") % {"text": shown(text)}


def _unknown(text: str) -> str:
    return _("“%(text)s”认不出是哪一天") % {"text": shown(text)}
