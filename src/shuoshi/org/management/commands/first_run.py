"""Print the link by which an empty house is set up."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.invitations import invite_to_set_up
from shuoshi.common.console import GOOD, address
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.trail.actions import note


class Command(ConsoleCommand):
    help = "打印初次设置的一次性链接。 Print the one-time link that sets the house up."

    def work(self, **_options: Any) -> int:
        """
        Print the link; an earlier one ends.

        :raises SetupRefused: if anybody is in the house already.
        """
        moment = now()
        with transaction.atomic():
            invited = invite_to_set_up(by="console", now=moment)
            note("org.set_up_invited", by="console", at=moment)
        link = address(reverse("administrators:open_set_up", args=[invited.link_part]))
        until = localtime(invited.expires_at)
        self.answer(
            {"link": link, "expires": until.isoformat()},
            _("初次设置：%(link)s\n有效到 %(until)s，只能用一次。")
            % {"link": link, "until": until.strftime("%Y-%m-%d %H:%M")},
        )
        return GOOD
