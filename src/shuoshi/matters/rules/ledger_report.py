"""What became of the rows of an old ledger. Pure."""

from dataclasses import dataclass, field
from typing import Any

from shuoshi.matters.rules.ledger import Rejection
from shuoshi.matters.rules.ledger_rows import LedgerRow


@dataclass
class LedgerReport:
    """What became of the rows of a ledger."""

    rows: int = 0
    imported: int = 0
    skipped: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    remarks: list[tuple[LedgerRow, str]] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    unknown_heads: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the answer that other programs rely on."""
        several = len(self.sheets) > 1
        return {
            "rows": self.rows,
            "imported": self.imported,
            "skipped": self.skipped,
            "rejected": [
                {"row": one.row, "column": str(one.column), "reason": one.reason}
                | ({"sheet": one.sheet} if several else {})
                for one in self.rejected
            ],
        }
