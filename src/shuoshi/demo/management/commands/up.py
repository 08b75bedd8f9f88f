"""Serve: the web server and the worker, together."""

import os
import socket
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from shuoshi.accounts.actions.invitations import invite_to_set_up
from shuoshi.accounts.queries.invitations import house_is_empty
from shuoshi.common.console import GOOD, address
from shuoshi.common.console import Command as ConsoleCommand
from shuoshi.common.migrated import is_migrated
from shuoshi.common.refusals import Refused
from shuoshi.demo.processes import (
    HOST,
    Child,
    answers,
    keep_running,
    listening,
    web,
    worker,
)
from shuoshi.demo.welcome import demo_is_open, receipts, sign_ins, welcome


class UpRefused(Refused):
    """It cannot be served like this."""


class Command(ConsoleCommand):
    help = "启动网站和后台。 Serve the site and run the worker until interrupted."

    def work(self, **_options: Any) -> int:
        """Check, say where it is, and serve until asked to end."""
        port = _port()
        check_migrations()
        check_free(port)
        demo, link = demo_is_open(), set_up_link()
        # The children open connections of their own.
        connection.close()
        with listening() as asked:
            keep_running(
                [Child("网站", web(port)), Child("后台", worker())],
                asked=asked,
                said=self.stderr.write,
                is_open=lambda: answers(port),
                open_said=lambda: self._say_where(port, demo=demo, link=link),
            )
        return GOOD

    def _say_where(self, port: int, *, demo: bool, link: str) -> None:
        here = f"http://{HOST}:{port}"
        result = {
            "set_up": link or None,
            "address": here,
            "sign_ins": sign_ins() if demo else [],
            "receipts": receipts() if demo else [],
        }
        text = f"说事：{here}　（按 Ctrl+C 结束）"
        if link:
            text += f"\n这里还没有人。初次设置（72 小时内有效，只能用一次）：{link}"
        self.answer(result, f"{text}\n\n{welcome()}\n" if demo else text)
        self.stdout.flush()


def set_up_link() -> str:
    """Return the link that sets an empty house up; empty where somebody is in."""
    if not house_is_empty():
        return ""
    invited = invite_to_set_up(by="console", now=now())
    return address(reverse("administrators:open_set_up", args=[invited.link_part]))


def _port() -> int:
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise CommandError(f"PORT 应是 1 至 65535 的数，不是“{text[:20]}”。")
    return int(text)


def check_migrations() -> None:
    """
    Refuse to serve on a database of another version.

    :raises UpRefused: if migrations are missing.
    """
    if not is_migrated():
        raise UpRefused("数据库还没有建好，或者版本较旧：请先运行 make setup。")


def check_free(port: int) -> None:
    """
    Refuse a port on which somebody else listens.

    :raises UpRefused: if it is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UpRefused(
                f"端口 {port} 用不了（{error.strerror}），请用 PORT=… 换一个。"
            ) from error
