"""Explain why somebody may or may not: for the security administrator, on record."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.accounts.queries.people import person_named
from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.matters.actions.explaining import Asked, explain_access
from shuoshi.matters.rules.explanations import Verdict


class Command(ConsoleCommand):
    help = "说明某人为什么能看或者不能看一件事。 Explain why somebody may or may not."

    def declare(self, parser: CommandParser) -> None:
        """Declare the person, the matter and who asks."""
        parser.add_argument("person", metavar="PERSON", help="log-in name")
        parser.add_argument(
            "matter", metavar="MATTER", help="number, such as 2026-0001"
        )
        parser.add_argument(
            "--as",
            dest="asker",
            metavar="LOGIN",
            required=True,
            help="the security administrator who asks",
        )

    def work(self, **options: Any) -> int:
        """Explain it; the question goes on the trail."""
        asker = person_named(options["asker"])
        if asker is None:
            raise CommandError(
                _("没有这个登录名：%(name)s") % {"name": options["asker"]}
            )
        asked = explain_access(
            options["person"], options["matter"], by=asker, now=now()
        )
        self.answer(_as_json(asked), _as_text(asked))
        return GOOD


def _as_json(asked: Asked) -> dict[str, Any]:
    told = asked.explanation
    return {
        "person": asked.person,
        "matter": asked.number,
        "relations": list(told.relations),
        **{name: _verdict_as_json(one) for name, one in told.sights.items()},
        "steps": {name: _verdict_as_json(one) for name, one in told.steps.items()},
    }


def _verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "granted": verdict.is_granted,
        "granted_by": list(verdict.granted_by),
        "denied_by": list(verdict.denied_by),
    }


def _as_text(asked: Asked) -> str:
    told = asked.explanation
    relations = ", ".join(told.relations) or "-"
    lines = [
        f"{asked.person} → {asked.number}",
        _("关系：%(relations)s") % {"relations": relations},
        *(_line(name, verdict) for name, verdict in told.sights.items()),
        _("步骤："),
        *(_line(name, verdict) for name, verdict in told.steps.items()),
    ]
    return "\n".join(lines)


def _line(name: str, verdict: Verdict) -> str:
    why = ", ".join(verdict.granted_by or verdict.denied_by)
    mark = _("可以") if verdict.is_granted else _("不可以")
    return f"  {name:<20} {mark}  {why}"
