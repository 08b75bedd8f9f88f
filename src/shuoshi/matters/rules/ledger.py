"""Reading an old ledger line by line: heads, rows, and what is neither. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Final

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.matters.rules.ledger_columns import (
    Column,
    Heads,
    join_lines,
    read_heads,
    recognise,
)
from shuoshi.matters.rules.ledger_dates import DateUnread, read_moment
from shuoshi.matters.rules.ledger_rows import LedgerRow, RowRefused, judge_row
from shuoshi.matters.rules.ledger_texts import cell_text, narrow
from shuoshi.matters.rules.ledger_words import is_ditto


HEADS_WITHIN: Final = 30
_COPIED_DOWN: Final = (
    Column.RAISED, Column.NAME, Column.CONTACT, Column.PLACE, Column.CHANNEL, Column.CATEGORY,
    Column.REQUEST, Column.UNIT, Column.REPLY, Column.ANSWERED, Column.FINISHED, Column.GRADE,
)  # fmt: skip
_TOTAL: Final = re.compile(
    r".{0,8}(合计|总计|小计|共计|累计|总数|合共|总件数)[:：]?.{0,20}", re.DOTALL
)
_NOTE: Final = re.compile(
    r"(注|备注|说明|填表说明|填报说明|附注|附)\d?[:：.、].*|"
    r"(制表|填表|填报|审核|审批|负责|登记|经办|复核|统计|报送|打印|分管|单位负责|主管|制作|编制)"
    r"(人|单位|日期|时间|领导|部门)?(签字|签名|盖章)?[:：(].*|"
    r"(日期|时间|联系人|联系电话|电话|单位|地址)[:：].*|"
    r"(以下|此行以下|下面|本页以下)空白.*|.{0,4}此页(完|止).*|第.{1,6}页.*|共.{1,6}页.*|"
    r"(完|空白|续表|续上表|接上页|转下页|承前页|过次页)",
    re.DOTALL,
)


class LedgerRefused(Refused):
    """The whole file cannot be read as a ledger."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet: its number as the spreadsheet shows it, and its cells."""

    sheet: str
    row: int
    cells: Sequence[object]
    # The last row of the sheet, where it is known.
    last: int = 0


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that stays out, with the column to mend and the reason."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """A row that says the same as an earlier one, which is taken in once."""

    sheet: str
    row: int
    of: int


Verdict = LedgerRow | Rejection | Repeat


@dataclass
class LedgerReading:
    """The verdicts on the lines of a ledger, and what was seen on the way."""

    lines: Iterable[Line]
    today: date
    zone: tzinfo
    sheets: list[str] = field(default_factory=list)
    unknown_heads: list[str] = field(default_factory=list)
    rows: int = 0
    at: tuple[int, int] = (0, 0)
    """The row of the sheet that was read last, and how many the sheet has."""
    _lacking: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Verdict]:
        """
        Yield a verdict for every row that carries a matter.

        :raises LedgerRefused: at the end, when no sheet had the heads of a ledger.
        """
        sheet: _Sheet | None = None
        said: dict[bytes, int] = {}
        for line in self.lines:
            self.at = (line.row, line.last)
            if sheet is None or sheet.name != line.sheet:
                if sheet is not None:
                    yield from self._counted(sheet.finish())
                sheet = _Sheet(line.sheet, self, said)
            yield from self._counted(sheet.take(line))
        if sheet is not None:
            yield from self._counted(sheet.finish())
        if not self.sheets:
            raise LedgerRefused(self._why_no_heads())

    def _counted(self, verdicts: Iterator[Verdict]) -> Iterator[Verdict]:
        for verdict in verdicts:
            self.rows += 1
            yield verdict

    def found(self, sheet: str, heads: Heads) -> None:
        """Note that a sheet has heads, and which of them are not used."""
        if sheet not in self.sheets:
            self.sheets.append(sheet)
        self.unknown_heads += [
            head for head in heads.unknown if head not in self.unknown_heads
        ]

    def lacking(self, heads: Heads) -> None:
        """Note what a line that looked like heads did not have."""
        self._lacking = [
            column
            for column in (Column.RAISED, Column.REQUEST)
            if column not in heads.places
        ]

    def _why_no_heads(self) -> str:
        if self._lacking:
            return _("表头缺少“%(columns)s”一列，无法导入") % {
                "columns": "”“".join(self._lacking)
            }
        return _(
            "前 %(lines)d 行里没有找到表头：至少要有“来访日期”和“反映事项”两列"
        ) % {"lines": HEADS_WITHIN}


class _Sheet:
    """One sheet on its way through: heads, the line above, the numbers seen."""

    def __init__(
        self, name: str, reading: LedgerReading, said: dict[bytes, int]
    ) -> None:
        self.name = name
        self.reading = reading
        self.heads: Heads | None = None
        self.held: list[Line] = []
        self.above: dict[Column, object] = {}
        self.numbers: dict[str, int] = {}
        self.first_year = 0
        self.new_page = False
        self.said = said

    def take(self, line: Line) -> Iterator[Verdict]:
        """Yield the verdict on a line, none where it carries no matter."""
        if self.heads is None:
            if len(self.held) < HEADS_WITHIN:
                self.held.append(line)
            if len(self.held) == HEADS_WITHIN:
                yield from self.finish()
            return
        if not any(cell_text(cell) for cell in line.cells):
            return
        again = read_heads(line.cells)
        if again.complete:
            self._start(again, page=True)
            return
        yield from self._judge(line)

    def finish(self) -> Iterator[Verdict]:
        """Look for the heads in the lines held back, and judge what stands below them."""
        held, self.held = self.held, []
        if self.heads is not None:
            return
        found = _find_heads(held)
        if found is None:
            for line in held:
                heads = read_heads(line.cells)
                if len(heads.places) >= 3:
                    self.reading.lacking(heads)
            return
        below, heads = found
        self._start(heads, page=False)
        for line in held[below:]:
            yield from self.take(line)

    def _start(self, heads: Heads, *, page: bool) -> None:
        self.heads = heads
        self.new_page = page
        self.reading.found(self.name, heads)

    def _judge(self, line: Line) -> Iterator[Verdict]:
        assert self.heads is not None  # noqa: S101 - take() looks first
        cells = self.heads.pick(line.cells)
        if _is_furniture(line.cells, cells, self.reading.zone):
            return
        cells = self._without_dittos(cells)
        self.above = cells
        try:
            row = judge_row(
                cells,
                sheet=self.name,
                row=line.row,
                today=self.reading.today,
                zone=self.reading.zone,
            )
            yield self._against_earlier(row)
        except RowRefused as refusal:
            yield Rejection(self.name, line.row, refusal.column, refusal.reason)

    def _without_dittos(self, cells: dict[Column, object]) -> dict[Column, object]:
        return {
            column: self.above.get(column, "")
            if column in _COPIED_DOWN and is_ditto(value)
            else value
            for column, value in cells.items()
        }

    def _against_earlier(self, row: LedgerRow) -> Verdict:
        digest = hashlib.blake2b(row.identity().encode(), digest_size=16).digest()
        if digest in self.said:
            return Repeat(self.name, row.row, self.said[digest])
        if row.number:
            self._check_number(row)
        self.said[digest] = row.row
        return row

    def _check_number(self, row: LedgerRow) -> None:
        key = row.number.casefold()
        if key in self.numbers and self._starts_again(row):
            self.numbers.clear()
        if key in self.numbers:
            raise RowRefused(
                Column.NUMBER,
                _("编号“%(number)s”和第 %(row)d 行重复")
                % {"number": row.number, "row": self.numbers[key]},
            )
        if not self.numbers:
            self.first_year = row.raised.at.year
        self.new_page = False
        self.numbers[key] = row.row

    def _starts_again(self, row: LedgerRow) -> bool:
        """Tell whether the count begins anew: a new page of 序号, or 1 in another year."""
        if row.number.lstrip("0") != "1":
            return False
        assert self.heads is not None  # noqa: S101 - rows come after heads
        return (
            self.new_page and self.heads.serial
        ) or row.raised.at.year > self.first_year


def _find_heads(held: Sequence[Line]) -> tuple[int, Heads] | None:
    """Return the heads and the place of the first line below them."""
    for at, line in enumerate(held):
        heads = read_heads(line.cells)
        if at + 1 < len(held) and _may_be_heads(held[at + 1].cells):
            joined = read_heads(join_lines(line.cells, held[at + 1].cells))
            below = read_heads(held[at + 1].cells)
            most = max(len(heads.places), len(below.places))
            if joined.complete and heads.places and len(joined.places) > most:
                return at + 2, joined
        if heads.complete:
            return at + 1, heads
    return None


def _may_be_heads(cells: Sequence[object]) -> bool:
    """Tell whether a line could be the lower half of heads: few, short, mostly known."""
    texts = [cell_text(cell) for cell in cells if cell_text(cell)]
    known = sum(recognise(text) is not None for text in texts)
    return (
        known >= 2 and 2 * known >= len(texts) and all(len(text) < 20 for text in texts)
    )


def _is_furniture(
    cells: Sequence[object], known: dict[Column, object], zone: tzinfo
) -> bool:
    """Tell whether a line is a total, a note, a divider or an unused numbered line."""
    texts = [text for cell in cells if (text := cell_text(cell))]
    if _NOTE.fullmatch(narrow(texts[0])) and not _dated(known, zone):
        return True
    if _is_total(texts) and not _dated(known, zone):
        return True
    # A note or a divider merged over the whole width reads the same in every cell.
    if len(texts) >= 3 and len(set(texts)) == 1:
        return True
    said = [column for column, value in known.items() if cell_text(value)]
    if len(texts) == 1:
        return said in ([], [Column.NUMBER]) or (
            said == [Column.RAISED] and not _dated(known, zone)
        )
    return not said


def _is_total(texts: Sequence[str]) -> bool:
    return any(
        len(text) <= 30 and _TOTAL.fullmatch(narrow(text).replace(" ", ""))
        for text in texts[:3]
    )


def _dated(known: dict[Column, object], zone: tzinfo) -> bool:
    try:
        return read_moment(known.get(Column.RAISED), zone) is not None
    except DateUnread:
        return False
