"""What every command of the console shares: ``--json``, exit codes, progress."""

import json
import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused


GOOD, FOUND, WRONG_USE = 0, 1, 2


def address(path: str) -> str:
    """Return the whole address of a page, as people reach this house."""
    usual = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    return f"{next(iter(settings.CSRF_TRUSTED_ORIGINS), usual)}{path}"


class Command(BaseCommand):
    """A command that prints one JSON object with ``--json``, text for people otherwise."""

    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--json`` and then what the command itself declares."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        self.declare(parser)

    def declare(self, parser: CommandParser) -> None:
        """Declare the command's own arguments."""

    def work(self, **options: Any) -> int:
        """Do the work and return the exit code."""
        raise NotImplementedError

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run the work: a refusal is exit code 1 with its sentence on stderr."""
        self.as_json = options.pop("json")
        for name in (
            "verbosity",
            "settings",
            "pythonpath",
            "traceback",
            "no_color",
            "force_color",
            "skip_checks",
        ):
            options.pop(name, None)
        try:
            code = self.work(**options)
        except Refused as refusal:
            if self.as_json:
                self.stdout.write(
                    json.dumps({"error": refusal.message}, ensure_ascii=False)
                )
            self.stderr.write(refusal.message)
            code = FOUND
        except (OperationalError, ProgrammingError) as fault:
            # Without its tables or its file there is nothing to work on.
            self.stderr.write(
                _("数据库不能用，请先运行 make setup。（%(kind)s）")
                % {"kind": type(fault).__name__}
            )
            code = WRONG_USE
        except CommandError as misuse:
            self.stderr.write(str(misuse))
            code = WRONG_USE
        if code != GOOD:
            sys.exit(code)

    def answer(self, result: dict[str, Any], text: str) -> None:
        """Print the result as JSON or as the text for people."""
        if self.as_json:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write(text)

    def progress(self, done: int, total: int, what: str) -> None:
        """Show a bar on stderr where a person is watching."""
        if self.as_json or not self.stderr.isatty():
            return
        share = done / total if total else 1.0
        bar = "█" * int(30 * share)
        self.stderr.write(f"\r{what} {bar:<30} {done}/{total}", ending="")
        if done >= total:
            self.stderr.write("")
