"""Load the invented mine and say how to sign in."""

from typing import Any

from django.utils import timezone

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.demo.loading import load_demo
from shuoshi.demo.welcome import receipts, sign_ins, welcome


class Command(ConsoleCommand):
    help = "装入虚构的演示矿。 Load an invented mine with three months of matters."

    def work(self, **_options: Any) -> int:
        """Load the demo unless it is there, and print the log-ins."""
        loaded = load_demo(
            now=timezone.now(),
            told=lambda done, total: self.progress(done, total, "演示数据"),
        )
        fresh = loaded.matters > 0
        result = {
            "loaded": fresh,
            "people": loaded.people,
            "units": loaded.units,
            "matters": loaded.matters,
            "steps": loaded.steps,
            "refused": list(loaded.refused),
            "sign_ins": sign_ins(),
            "receipts": receipts(),
        }
        said = (
            f"已装入演示矿：{loaded.units} 个单位，{loaded.people} 人，"
            f"{loaded.matters} 件事，办过 {loaded.steps} 步。"
            if fresh
            else "演示数据早已装好，什么也没有动。"
        )
        self.answer(result, f"{said}\n\n{welcome()}")
        return GOOD
