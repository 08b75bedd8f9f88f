"""Bring an old reception ledger in: all good rows together, or none."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted
from shuoshi.matters.actions.ledger_rows import Intake, enter_rows
from shuoshi.matters.actions.numbers import next_number
from shuoshi.matters.queries.ledger import known_rows, taken_numbers
from shuoshi.matters.rules.access import may_import
from shuoshi.matters.rules.ledger import LedgerReading, Rejection
from shuoshi.matters.rules.ledger_columns import Column
from shuoshi.matters.rules.ledger_report import LedgerReport
from shuoshi.matters.rules.ledger_rows import LedgerRow
from shuoshi.org.models import Unit
from shuoshi.org.rules.standing import Kind, Standing
from shuoshi.trail.actions import record


BATCH: Final = 500
IMPORTS: Final = "imports"


Progress = Callable[[int, int], None]


def _silent(_done: int, _of: int) -> None:
    """Tell nobody."""


def preview_ledger(
    reading: LedgerReading, *, unit: Unit, by: Standing, progress: Progress = _silent
) -> LedgerReport:
    """
    Say what an import would do, and change nothing.

    :raises NotPermitted: if this person does not import ledgers of this mine.
    :raises LedgerRefused: if the whole file cannot be read.
    """
    _require(by, unit)
    report = LedgerReport()
    for _rows in _new_rows(reading, by, unit.mine_id, report, progress):
        pass
    return report


@transaction.atomic
def import_ledger(
    reading: LedgerReading,
    *,
    unit: Unit,
    by: Standing,
    now: datetime,
    progress: Progress = _silent,
) -> LedgerReport:
    """
    Take in every good row as a matter; those that are here already are passed over.

    :raises NotPermitted: if this person does not import ledgers of this mine.
    :raises LedgerRefused: if the whole file cannot be read; then nothing is taken in.
    :raises NobodyReceives: if the mine has nobody who could answer for the open ones.
    """
    _require(by, unit)
    # Its row stays locked until the end: of two imports at once, one waits for the other.
    serial = next_number(unit.mine_id, IMPORTS, localdate(now).year)
    intake = Intake(unit, by=by, now=now, serial=serial)
    report = LedgerReport()
    for rows in _new_rows(reading, by, unit.mine_id, report, progress):
        enter_rows(rows, intake)
    record(
        uuid4(),
        mine_id=unit.mine_id,
        verb="ledger.imported",
        by=by.on_record,
        at=now,
        detail={
            "serial": serial,
            "unit": unit.pk,
            "rows": report.rows,
            "imported": report.imported,
            "skipped": report.skipped,
            "rejected": len(report.rejected),
        },
    )
    return report


def _require(by: Standing, unit: Unit) -> None:
    """The console works as the clock; a person must coordinate this very mine."""
    if by.kind is Kind.CLOCK:
        return
    if not may_import(by) or by.mine_id != unit.mine_id:
        raise NotPermitted(_("只有统筹人员可以导入台账。"))


def _new_rows(
    reading: LedgerReading,
    by: Standing,
    mine_id: int,
    report: LedgerReport,
    progress: Progress,
) -> Iterator[list[LedgerRow]]:
    """Yield the rows that are to be taken in, in batches, and count all others."""
    for batch in _batches(_good_rows(reading, report)):
        known = known_rows(batch, mine_id=mine_id, by=by)
        unknown = [row for row in batch if row not in known]
        report.skipped += len(batch) - len(unknown)
        taken = taken_numbers(unknown, mine_id=mine_id)
        fresh = [row for row in unknown if _place(row) not in taken]
        report.rejected += [_corrected(row) for row in unknown if _place(row) in taken]
        report.imported += len(fresh)
        report.remarks += [(row, remark) for row in fresh for remark in row.remarks]
        if fresh:
            yield fresh
        progress(*reading.at)
    report.rejected.sort(key=lambda rejection: (rejection.sheet, rejection.row))
    report.rows = reading.rows
    report.sheets, report.unknown_heads = reading.sheets, reading.unknown_heads


def _place(row: LedgerRow) -> tuple[int, str]:
    """Return under which year and number a ledger keeps a row."""
    return row.raised.at.year, row.number


def _corrected(row: LedgerRow) -> Rejection:
    """Say that a row under the same number is here, with other words or another day."""
    return Rejection(
        row.sheet,
        row.row,
        str(Column.NUMBER.value),
        _("%(year)d年的编号“%(number)s”已经导入过，内容或者日期和这一行不同，请核对。")
        % {"year": row.raised.at.year, "number": row.number},
    )


def _good_rows(reading: LedgerReading, report: LedgerReport) -> Iterator[LedgerRow]:
    for verdict in reading:
        if isinstance(verdict, LedgerRow):
            yield verdict
        elif isinstance(verdict, Rejection):
            report.rejected.append(verdict)
        else:
            report.skipped += 1


def _batches(rows: Iterable[LedgerRow]) -> Iterator[list[LedgerRow]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch
