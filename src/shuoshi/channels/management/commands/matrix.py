"""Print who is answered what at which door."""

from collections import Counter
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from shuoshi.channels.rules.doors import DOORS
from shuoshi.channels.rules.matrix import KINDS, PROTECTIONS, RELATIONS, rows
from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand


class Command(ConsoleCommand):
    help = "列出谁在哪个入口得到什么回答。 Print who is answered what at which door."

    def declare(self, parser: CommandParser) -> None:
        """Declare the filters."""
        parser.add_argument("--person", choices=KINDS, help="only this kind of person")
        parser.add_argument("--relation", choices=list(RELATIONS))
        parser.add_argument("--protection", choices=list(PROTECTIONS))
        parser.add_argument(
            "--endpoint", default="", help="only where this stands in it"
        )

    def work(self, **options: Any) -> int:
        """Print a line for each person kind, relation, protection and endpoint."""
        exact = {
            name: options[name]
            for name in ("person", "relation", "protection")
            if options[name]
        }
        found = [
            row
            for row in rows()
            if options["endpoint"] in row["endpoint"]
            and all(row[name] == wanted for name, wanted in exact.items())
        ]
        counts = Counter(row["answer"] for row in found)
        lines = [
            f"{row['person']:<12} {row['relation']:<18} {row['protection']:<13}"
            f"{row['answer']:<8} {row['endpoint']}"
            for row in found
        ]
        summary = _("%(doors)d 个入口，%(rows)d 行：%(counts)s") % {
            "doors": len(DOORS),
            "rows": len(found),
            "counts": _("，").join(f"{key} {n}" for key, n in sorted(counts.items())),
        }
        self.answer({"matrix": _nested(found)}, "\n".join([*lines, summary]))
        return GOOD


def _nested(found: list[dict[str, str]]) -> dict[str, Any]:
    """Return the answers by endpoint, person, relation and protection."""
    matrix: dict[str, Any] = {}
    for row in found:
        at_door = matrix.setdefault(row["endpoint"], {})
        related = at_door.setdefault(row["person"], {}).setdefault(row["relation"], {})
        related[row["protection"]] = row["answer"]
    return matrix
