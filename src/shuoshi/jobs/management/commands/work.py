"""``shuoshi work``: run jobs until asked to stop."""

import logging
import os
import random
import secrets
import signal
import socket
import threading
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import DatabaseError, close_old_connections, connections
from django.utils.timezone import now
from django.utils.translation import gettext as _

from shuoshi.common.console import GOOD
from shuoshi.common.console import Command as BaseCommand
from shuoshi.jobs.actions.work import add_periodic, beat, claim, run, sign_off


logger = logging.getLogger(__name__)
BEAT: Final = timedelta(seconds=15)
POLL: Final = 1.0


class Worker:
    """Takes one job after the other; no failing job and no locked database ends it."""

    def __init__(self) -> None:
        """Take a name that no other worker has."""
        name = f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.name = name
        self.stop = threading.Event()
        self.seen: dict[str, datetime] = {}
        self.beaten: datetime | None = None
        self.done = 0
        self.failed = 0

    def work(self) -> None:
        """Work until asked to stop; the job at hand is finished first."""
        while not self.stop.is_set():
            try:
                close_old_connections()
                idle = not self.turn()
            except DatabaseError as error:
                logger.warning("worker waits: %s", type(error).__name__)
                connections.close_all()
                idle = True
            if idle:
                # Not all at the same moment.
                self.stop.wait(POLL * random.uniform(0.5, 1.0))  # noqa: S311
        sign_off(worker=self.name)

    def turn(self) -> bool:
        """Show up, add what the clock brings, run one job; False if there was none."""
        moment = now()
        if self.beaten is None or moment - self.beaten >= BEAT:
            beat(worker=self.name, now=moment)
            self.beaten = moment
        add_periodic(moment, self.seen)
        job = claim(worker=self.name, now=now())
        if job is None:
            return False
        if run(job, clock=now):
            self.done += 1
        else:
            self.failed += 1
        return True


class Command(BaseCommand):
    help = "运行后台任务，直到收到停止信号"

    def declare(self, parser: ArgumentParser) -> None:
        """Declare ``--once``."""
        parser.add_argument(
            "--once", action="store_true", help="run what is due now, then stop"
        )

    def work(self, **options: Any) -> int:
        """Run the worker and say what it did."""
        worker = Worker()
        if options["once"]:
            while worker.turn():
                pass
            sign_off(worker=worker.name)
        else:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: worker.stop.set())
            worker.work()
        done = {"done": worker.done, "failed": worker.failed}
        self.answer(done, _("完成 %(done)d 项，失败 %(failed)d 项。") % done)
        return GOOD
