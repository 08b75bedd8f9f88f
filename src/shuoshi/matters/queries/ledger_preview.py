"""Lay out what an import would do, as its page shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuoshi.matters.rules.ledger_advice import advice_for


if TYPE_CHECKING:
    from collections.abc import Sequence

    from shuoshi.matters.rules.ledger import Rejection
    from shuoshi.matters.rules.ledger_report import LedgerReport
    from shuoshi.matters.rules.ledger_rows import LedgerRow

MOST_SHOWN = 300


@dataclass(frozen=True)
class Fault:
    """A rejected row, what is wrong with it, and what to do."""

    rejection: "Rejection"
    advice: str


@dataclass(frozen=True)
class Remark:
    """A row that is taken in all the same, and what is odd about it."""

    row: "LedgerRow"
    words: str


@dataclass(frozen=True)
class Preview:
    """What an import would do."""

    report: "LedgerReport"
    faults: "Sequence[Fault]"
    remarks: "Sequence[Remark]"

    @property
    def several_sheets(self) -> bool:
        return len(self.report.sheets) > 1

    @property
    def more_faults(self) -> int:
        """How many rejected rows the page leaves out."""
        return len(self.report.rejected) - len(self.faults)


def shown_of(report: "LedgerReport") -> Preview:
    """Return the report with advice, cut to what a page can hold."""
    return Preview(
        report,
        [Fault(one, advice_for(one.column)) for one in report.rejected[:MOST_SHOWN]],
        [Remark(row, words) for row, words in report.remarks[:MOST_SHOWN]],
    )
