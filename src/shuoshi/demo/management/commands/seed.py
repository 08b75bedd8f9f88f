"""Add synthetic load, for benchmarks."""

from time import monotonic
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.demo.cloning import load
from shuoshi.demo.loading import demo_is_loaded, load_demo
from shuoshi.matters.actions.figures import recount_dirty
from shuoshi.matters.queries.heads import how_many


class Command(ConsoleCommand):
    help = "加入压力测试用的合成数据。 Add synthetic matters in every state."

    def declare(self, parser: CommandParser) -> None:
        """Declare how many matters, and from which chance."""
        parser.add_argument("--matters", type=int, required=True, metavar="N")
        parser.add_argument("--seed", type=int, default=1)

    def work(self, **options: Any) -> int:
        """Add them to the demo mine, which is loaded first if it is not there."""
        count = options["matters"]
        if not 1 <= count <= 5_000_000:
            raise CommandError("--matters 要在 1 到 5000000 之间。")
        started = monotonic()
        if not demo_is_loaded():
            load_demo(now=timezone.now())
        added = load(
            count,
            seed=options["seed"],
            told=lambda done, total: self.progress(done, total, "合成数据"),
        )
        while recount_dirty():
            pass
        result = {
            "added": added,
            "matters": how_many(),
            "seconds": round(monotonic() - started),
        }
        self.answer(
            result,
            f"已加入 {added} 件，现在共 {result['matters']} 件，用时 {result['seconds']} 秒。",
        )
        return GOOD
