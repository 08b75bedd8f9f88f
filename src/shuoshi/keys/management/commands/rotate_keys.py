"""``shuoshi rotate-keys``: wrap every box by the current key, or say what is left."""

from argparse import ArgumentParser
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.common.console import FOUND, GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.sealing import ring
from shuoshi.keys.actions.rotation import rotate_keys
from shuoshi.keys.queries.boxes import boxes_by_key, boxes_of_committees


CONSOLE = "console"


class Command(ConsoleCommand):
    help = "用环里的第一把密钥重新包裹全部内容密钥。 Wrap every box by the current key."

    def declare(self, parser: ArgumentParser) -> None:
        """Declare ``--check``."""
        parser.add_argument(
            "--check", action="store_true", help="only say whether old keys may go"
        )

    def work(self, **options: Any) -> int:
        """Rotate or check; 1 while an old key is still needed."""
        if options["check"]:
            by_key = boxes_by_key()
            return self._told(by_key, {})
        done = rotate_keys(by=CONSOLE, clock=now, told=self._shown)
        return self._told(done.by_key, {"wrapped": done.wrapped, "broken": done.broken})

    def _shown(self, done: int, total: int) -> None:
        self.progress(done, total, _("重新包裹"))

    def _told(self, by_key: dict[str, int], done: dict[str, int]) -> int:
        current = ring().current.id
        needed = {key: n for key, n in by_key.items() if n and key != current}
        result = {
            **done,
            "current": current,
            "boxes": by_key,
            "committees": boxes_of_committees(),
            "needed": sorted(needed),
            "may_leave": sorted(set(ring().keys) - {current} - set(needed)),
            "lost": sorted(set(needed) - set(ring().keys)),
        }
        self.answer(result, self._sentences(result, needed))
        return FOUND if needed else GOOD

    def _sentences(self, result: dict[str, Any], needed: dict[str, int]) -> str:
        lines = []
        if "wrapped" in result:
            lines.append(_("重新包裹 %(wrapped)d 把，打不开 %(broken)d 把。") % result)
        for key, boxes in needed.items():
            lines.append(
                _("密钥 %(key)s 还包着 %(boxes)d 把，不能撤下。")
                % {"key": key, "boxes": boxes}
            )
        lost = _("环里没有密钥 %(key)s：找回来之前，它包的打不开。")
        lines += [lost % {"key": key} for key in result["lost"]]
        free = _("密钥 %(key)s 已经没有用处，可以撤下。")
        lines += [free % {"key": key} for key in result["may_leave"]]
        lines = lines or [_("全部由密钥 %(current)s 包裹。") % result]
        if result["committees"]:
            lines.append(
                _("另有 %(committees)d 把只认纪委的密钥，与这一环无关。") % result
            )
        return "\n".join(lines)
