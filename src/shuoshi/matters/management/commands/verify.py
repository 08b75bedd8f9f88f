"""Prove that no history was touched."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from shuoshi.common.console import FOUND, GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.matters.queries.heads import head_of, heads, how_many, number_of
from shuoshi.trail.queries import verify_chains, verify_seals
from shuoshi.trail.rules.chain import Head


class Command(ConsoleCommand):
    help = "验证台账没有被动过。 Prove every history and every daily seal."

    def work(self, **_options: Any) -> int:
        """Walk all chains and seals; name the first event that was touched."""
        total = how_many()
        counted = self._counted(total)
        verdict = verify_chains(
            counted, again=head_of, headless={"org", "accounts", "ledger"}
        )
        seals = verify_seals()
        bad = verdict.first_bad
        first_bad = (
            {**bad.as_dict(), "number": number_of(bad.about)}
            if bad
            else seals.first_bad
        )
        result = {
            "matters": total,
            "events": verdict.events,
            "seals": seals.seals,
            "ok": first_bad is None,
            "first_bad": first_bad,
        }
        self.answer(result, self._told(result))
        return GOOD if first_bad is None else FOUND

    def _counted(self, total: int) -> Iterator[Head]:
        done = 0
        for done, head in enumerate(heads(), start=1):
            if done % 1000 == 0:
                self.progress(done, total, _("验证"))
            yield head
        self.progress(done, total, _("验证"))

    def _told(self, result: dict[str, Any]) -> str:
        if result["ok"]:
            return (
                _(
                    "已验证 %(matters)d 件、%(events)d 条记录、%(seals)d 个日封，没有被动过。"
                )
                % result
            )
        where = "，".join(
            f"{name} {said}" for name, said in result["first_bad"].items()
        )
        return _("记录被动过，第一处在：%(where)s。") % {"where": where}
