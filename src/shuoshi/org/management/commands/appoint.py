"""Enter a person and give them a post."""

import secrets
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.queries.people import person_named
from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.org.actions.structure import appoint
from shuoshi.org.models import Unit
from shuoshi.org.queries.standing import posts_of
from shuoshi.org.queries.units import unit_coded
from shuoshi.org.rules.roles import ADMINISTRATORS, Role


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

    def work(self, **options: Any) -> int:
        """Appoint; a new account's password is drawn and shown this once."""
        try:
            with transaction.atomic():
                return self._appointed(**options)
        except IntegrityError:
            raise CommandError(_("这个登录名已经停用，或者已经任这个职务。")) from None

    def _appointed(self, **options: Any) -> int:
        role, unit = Role(options["role"]), _unit(options["unit"])
        charge = tuple(_unit(code) for code in options["charge"])
        password = None
        person = person_named(options["username"])
        if person is None:
            if not options["name"].strip():
                raise CommandError(_("新的账号要用 --name 写明姓名。"))
            password = secrets.token_urlsafe(12)
            person = enter_person(
                options["username"], name=options["name"].strip(), password=password
            )
        _check_apart(role, {Role(post.role) for post in posts_of(person)})
        appoint(
            person, role=role, unit=unit, title=options["title"], in_charge_of=charge
        )
        told = _("%(name)s 已任%(role)s。") % {"name": person.name, "role": role.label}
        if password:
            told += _("登录名 %(who)s，初始密码 %(password)s，只显示这一次。") % {
                "who": person.username,
                "password": password,
            }
        self.answer(
            {"person": person.username, "role": role.value, "password": password}, told
        )
        return GOOD


def _unit(code: str) -> Unit:
    unit = unit_coded(code)
    if unit is None:
        raise CommandError(_("没有代码是 %(code)s 的单位。") % {"code": code})
    return unit


def _check_apart(role: Role, held: set[Role]) -> None:
    """Keep the three administrators apart from each other and from all other work."""
    others = held - {role}
    if (role in ADMINISTRATORS and others) or others & ADMINISTRATORS:
        raise CommandError(
            _("系统、安全、审计管理员必须由三个人分别担任，也不能兼任其他职务。")
        )
