"""Enter a person and give them a post."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.invitations import invite_first
from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.actions.record import tell
from shuoshi.accounts.actions.sessions import end_sessions
from shuoshi.accounts.models import Told
from shuoshi.accounts.queries.people import person_named
from shuoshi.common.console import GOOD, address
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.org.actions.structure import appoint
from shuoshi.org.models import Unit
from shuoshi.org.queries.people import people_holding
from shuoshi.org.queries.units import unit_coded
from shuoshi.org.rules.apart import NotApart
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.vouching import GRANTED
from shuoshi.trail.actions import note


BY = "console"


class Command(ConsoleCommand):
    help = "给一个人任职，没有账号的同时建账号。 Give a person a post, and an account."

    def declare(self, parser: CommandParser) -> None:
        """Declare who, as what and where."""
        parser.add_argument("username", metavar="PERSON")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument("--title", default="")
        parser.add_argument("--charge", nargs="*", default=[], metavar="CODE")
        parser.add_argument("--break-glass", action="store_true")

    def work(self, **options: Any) -> int:
        """
        Appoint; a new account gets a link that is shown this once, no password.

        Where three administrators are in office it is theirs to do: from here it is
        break-glass, which the auditors are told.
        """
        try:
            with transaction.atomic():
                return self._appointed(**options)
        except IntegrityError:
            raise CommandError(_("这个登录名已经停用，或者已经任这个职务。")) from None
        except NotApart as refusal:
            raise CommandError(refusal.message) from None

    def _appointed(self, **options: Any) -> int:
        role, unit = Role(options["role"]), _unit(options["unit"])
        charge = tuple(_unit(code) for code in options["charge"])
        moment, link = now(), None
        glass = _check_in_office(unit.mine_id, break_glass=options["break_glass"])
        person = person_named(options["username"])
        if person is None:
            if not options["name"].strip():
                raise CommandError(_("新的账号要用 --name 写明姓名。"))
            person = enter_person(
                options["username"], name=options["name"].strip(), password=None
            )
            entered = {"person": person.pk}
            mine_id = unit.mine_id
            note(
                "org.person_entered", by=BY, at=moment, mine_id=mine_id, detail=entered
            )
            invited = invite_first(person, by=BY, now=moment)
            link = address(reverse("accounts:open_link", args=[invited.link_part]))
        post = appoint(
            person, role=role, unit=unit, title=options["title"], in_charge_of=charge
        )
        end_sessions(person, now=moment, why="posts")
        detail = {
            "person": person.pk,
            "post": post.pk,
            "role": role.value,
            "unit": unit.pk,
        }
        if glass:
            detail["break_glass"] = True
            for auditor in people_holding([Role.AUDITOR], mine_id=unit.mine_id):
                tell(auditor, Told.BREAK_GLASS, now=moment)
        note(GRANTED, by=BY, at=moment, mine_id=unit.mine_id, detail=detail)
        told = _("%(name)s 已任%(role)s。") % {"name": person.name, "role": role.label}
        if link:
            told += _(
                "登录名 %(who)s，请用这个链接设密码，72 小时内有效，只能用一次：%(link)s"
            ) % {"who": person.username, "link": link}
        self.answer({"person": person.username, "role": role.value, "link": link}, told)
        return GOOD


def _check_in_office(mine_id: int, *, break_glass: bool) -> bool:
    """Return True where administrators are passed over, which must be said aloud."""
    in_office = all(people_holding([role], mine_id=mine_id) for role in ADMINISTRATORS)
    if in_office and not break_glass:
        raise CommandError(
            _(
                "三名管理员已经在任：岗位由他们授予。应急时加上 --break-glass，审计管理员会得到通知。"
            )
        )
    return in_office


def _unit(code: str) -> Unit:
    unit = unit_coded(code)
    if unit is None:
        raise CommandError(_("没有代码是 %(code)s 的单位。") % {"code": code})
    return unit
