"""One row of an old ledger: taken in, or refused with the column and the reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.matters.rules.ledger_columns import Column
from shuoshi.matters.rules.ledger_dates import DateUnread, Moment, read_moment
from shuoshi.matters.rules.ledger_texts import (
    MAX_CELL,
    cell_text,
    code_text,
    garbled,
    is_filler,
    lost_digits,
    one_line,
    person_name,
    says_nothing,
    shown,
)
from shuoshi.matters.rules.ledger_words import (
    is_phone,
    names_nobody,
    read_grade,
    read_yes_no,
    same_day,
    without_filler,
)


LONGEST: Final = {
    Column.NUMBER: 60,
    Column.NAME: 60,
    Column.CONTACT: 100,
    Column.PLACE: 100,
    Column.CHANNEL: 60,
    Column.CATEGORY: 60,
    Column.UNIT: 100,
}


_WORDED: Final = (
    Column.NAME,
    Column.CONTACT,
    Column.PLACE,
    Column.CHANNEL,
    Column.CATEGORY,
    Column.REQUEST,
    Column.UNIT,
)
_LONGEST_DAY: Final = 30


class RowRefused(ValueError):
    """The row cannot be taken in: which column is to blame, and why."""

    def __init__(self, column: Column, reason: str) -> None:
        """Carry the column and the sentence for the person who mends the ledger."""
        super().__init__(reason)
        self.column = column
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A row that can be taken in, every cell cleaned."""

    sheet: str
    row: int
    number: str
    raised: Moment
    name: str
    contact: str
    place: str
    channel: str
    category: str
    request: str
    unit: str
    reply: str
    answered: Moment | None
    finished: bool
    grade: int | None
    remarks: tuple[str, ...] = ()

    def identity(self) -> str:
        """Return what makes this row the same one in another copy of the ledger."""
        parts = [
            self.number,
            # One copy has the hour, another only the day.
            self.raised.at.date().isoformat(),
            " ".join(self.request.split()),
        ]
        if not self.number:
            parts += [self.name, self.contact, self.place]
        return "\x1f".join(parts)


def judge_row(
    cells: Mapping[Column, object], *, sheet: str, row: int, today: date, zone: tzinfo
) -> LedgerRow:
    """
    Return the row, cleaned.

    :raises RowRefused: for the first fault, with the column that has it.
    """
    raised = _raised(cells, today, zone)
    remarks: list[str] = []
    number = _number(cells)
    _check_places(cells, zone)
    name, contact = _person(cells, remarks)
    request = _request(cells)
    reply = _reply(cells)
    answered = _answered(cells, raised, today, zone)
    finished = _finished(cells, reply, answered, remarks)
    grade = _grade(cells)
    if not finished and grade is not None:
        remarks.append(
            _("没有办结，满意度“%(word)s”没有记入")
            % {"word": one_line(cells[Column.GRADE])}
        )
        grade = None
    return LedgerRow(
        sheet=sheet,
        row=row,
        number=number,
        raised=raised,
        name=name,
        contact=contact,
        place=without_filler(_short(cells, Column.PLACE)),
        channel=_short(cells, Column.CHANNEL),
        category=_short(cells, Column.CATEGORY),
        request=request,
        unit=without_filler(_short(cells, Column.UNIT)),
        reply=reply,
        answered=answered,
        finished=finished,
        grade=grade,
        remarks=tuple(remarks),
    )


def _raised(cells: Mapping[Column, object], today: date, zone: tzinfo) -> Moment:
    raised = _moment(cells, Column.RAISED, zone)
    if raised is None:
        raise RowRefused(Column.RAISED, _("没有写来访日期"))
    if raised.at.date() > today:
        raise RowRefused(Column.RAISED, _("来访日期在今天之后"))
    return raised


def _answered(
    cells: Mapping[Column, object], raised: Moment, today: date, zone: tzinfo
) -> Moment | None:
    if not without_filler(one_line(cells.get(Column.ANSWERED))):
        return None
    if same_day(cells.get(Column.ANSWERED)):
        return raised
    answered = _moment(cells, Column.ANSWERED, zone)
    if answered and answered.before(raised):
        raise RowRefused(Column.ANSWERED, _("答复日期早于来访日期"))
    if answered and answered.at.date() > today:
        raise RowRefused(Column.ANSWERED, _("答复日期在今天之后"))
    return answered


def _moment(
    cells: Mapping[Column, object], column: Column, zone: tzinfo
) -> Moment | None:
    try:
        return read_moment(cells.get(column), zone)
    except DateUnread as fault:
        raise RowRefused(column, str(fault)) from None


def _number(cells: Mapping[Column, object]) -> str:
    value = cells.get(Column.NUMBER)
    if isinstance(value, date):
        raise RowRefused(Column.NUMBER, _("编号被表格软件变成了日期，请改成文本"))
    return _fitting(code_text(value), Column.NUMBER)


def _check_places(cells: Mapping[Column, object], zone: tzinfo) -> None:
    """Refuse a day where words belong: the row has slipped sideways."""
    for column in _WORDED:
        value = cells.get(column)
        text = one_line(value) if len(str(value)) <= _LONGEST_DAY else ""
        if isinstance(value, date) or (text and _is_day(text, zone)):
            raise RowRefused(
                column, _("“%(column)s”一栏是日期，列可能错位了") % {"column": column}
            )


def _is_day(text: str, zone: tzinfo) -> bool:
    # Bare figures may be a staff number; only what is written as a day is one.
    if text.replace(".", "").isdigit():
        return False
    try:
        return read_moment(text, zone) is not None
    except DateUnread:
        return False


def _person(cells: Mapping[Column, object], remarks: list[str]) -> tuple[str, str]:
    name = person_name(cells.get(Column.NAME))
    if is_phone(code_text(cells.get(Column.NAME))):
        raise RowRefused(Column.NAME, _("反映人一栏是电话号码，列可能错位了"))
    contact = without_filler(code_text(cells.get(Column.CONTACT)))
    if lost_digits(contact):
        remarks.append(
            _("联系电话成了“%(text)s”，后几位已经丢失") % {"text": shown(contact)}
        )
    if names_nobody(contact):
        contact = ""
    if is_filler(name) or (names_nobody(name) and not contact):
        name = ""
    return _fitting(name, Column.NAME), _fitting(contact, Column.CONTACT)


def _request(cells: Mapping[Column, object]) -> str:
    value = cells.get(Column.REQUEST)
    request = _long_text(value, Column.REQUEST)
    if not request:
        raise RowRefused(Column.REQUEST, _("没有写反映事项"))
    if says_nothing(request):
        raise RowRefused(
            Column.REQUEST, _("“%(text)s”没有说明反映了什么") % {"text": shown(request)}
        )
    return request


def _reply(cells: Mapping[Column, object]) -> str:
    reply = _long_text(cells.get(Column.REPLY), Column.REPLY)
    return "" if is_filler(reply) else reply


def _long_text(value: object, column: Column) -> str:
    text = cell_text(value)
    if len(text) > MAX_CELL:
        raise RowRefused(
            column, _("文字超过 %(most)d 字，表格放不下，请检查") % {"most": MAX_CELL}
        )
    if garbled(value):
        raise RowRefused(column, _("文字是乱码，请从原件重新复制"))
    return text


def _finished(
    cells: Mapping[Column, object],
    reply: str,
    answered: Moment | None,
    remarks: list[str],
) -> bool:
    try:
        said = read_yes_no(cells.get(Column.FINISHED))
    except ValueError:
        word = shown(one_line(cells.get(Column.FINISHED)))
        raise RowRefused(
            Column.FINISHED,
            _("“%(word)s”看不出办结没有，请写“是”或“否”") % {"word": word},
        ) from None
    dated = answered is not None or Column.ANSWERED not in cells
    finished = said if said is not None else bool(answered or (reply and dated))
    if finished and not reply:
        raise RowRefused(Column.REPLY, _("已办结，但没有写答复"))
    if finished and not dated:
        remarks.append(_("已办结，但没有写答复日期，是否按期无从知道"))
    return finished


def _grade(cells: Mapping[Column, object]) -> int | None:
    try:
        return read_grade(cells.get(Column.GRADE))
    except ValueError:
        word = shown(one_line(cells.get(Column.GRADE)))
        raise RowRefused(
            Column.GRADE,
            _(
                "“%(word)s”不是五档评价之一：非常满意、满意、基本满意、不满意、非常不满意"
            )
            % {"word": word},
        ) from None


def _short(cells: Mapping[Column, object], column: Column) -> str:
    return _fitting(one_line(cells.get(column)), column)


def _fitting(text: str, column: Column) -> str:
    if len(text) > LONGEST[column]:
        raise RowRefused(
            column,
            _("“%(column)s”超过 %(most)d 字")
            % {"column": column, "most": LONGEST[column]},
        )
    if garbled(text):
        raise RowRefused(column, _("文字是乱码，请从原件重新复制"))
    return text


def answered_moment(row: LedgerRow) -> datetime | None:
    """Return when the answer was given: never before the visit on the same day."""
    return max(row.answered.at, row.raised.at) if row.answered else None
