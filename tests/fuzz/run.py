"""Send request after request as every kind of person, and judge each answer."""

import json
import logging
import random
import sys
import traceback
from urllib.parse import unquote

from django.core.signals import (
    got_request_exception,
    request_finished,
    request_started,
)
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection, transaction
from django.urls import resolve
from django.urls.exceptions import Resolver404

from shuoshi.org.queries.generation import generation
from tests.fuzz.found import Found
from tests.fuzz.judge import Judge, alike
from tests.fuzz.pages import Page
from tests.fuzz.program import Program
from tests.fuzz.web import Web
from tests.fuzz.wire import Asked, send


NOWHERE = "2026-9876"
STATE = "SELECT count(*), sum(version) FROM matters_matter"
# So many in a row see what the ones before have done; then all is as it was planted.
LONGEST_STORY = 12
LOGGERS = ("django.request", "django.security")


class Fuzz:
    """One process: a world, a seeded source of requests, and a judge."""

    def __init__(self, world, seed):
        self.world, self.chance = world, random.Random(seed)
        self.application = get_wsgi_application()
        self.judge, self.found = Judge(world), Found()
        self.web = Web(world, self.chance)
        self.broken = []
        self.levels = {name: logging.getLogger(name).level for name in LOGGERS}
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        got_request_exception.connect(self._hear)
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        told = self._send("anonymous", Asked("GET", "/api/openapi.json"))
        self.program = Program(world, self.chance, json.loads(told.body))
        self.base = self._state()

    def _hear(self, **_signal):
        self.broken.append(traceback.format_exc()[-1500:])

    def close(self):
        """Leave everything as it was found."""
        for name, level in self.levels.items():
            logging.getLogger(name).setLevel(level)
        got_request_exception.disconnect(self._hear)
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)

    def run(self, requests):
        """Ask until so many requests were sent, story by story."""
        for who in self.world.kinds:
            for path in (
                "/",
                "/desk/",
                "/desk/ledger/",
                "/accounts/password/",
                "/speak/",
            ):
                self._rolled_back(lambda w=who, p=path: self._ask(w, Asked("GET", p)))
        while self.found.asked < requests:
            self._rolled_back(self._story)
        return self.found

    def _story(self):
        many = self.chance.random() < 0.3
        for _ in range(self.chance.randrange(2, LONGEST_STORY) if many else 1):
            who = self.chance.choice(sorted(self.world.kinds))
            drawn = self.chance.random()
            if drawn < 0.55:
                self._ask(who, self.web.draw(who))
            elif drawn < 0.78:
                self._ask(who, self.program.described(who))
            else:
                self._ask(who, self.program.against(who))

    def _rolled_back(self, act):
        """Act, then let everything be as it was planted."""
        table = self.world.table
        before = generation()
        block = transaction.atomic()
        # What must not lie inside another transaction may lie inside this one.
        block._from_testcase = True
        with block:
            act()
            moved = generation() != before
            transaction.set_rollback(True)
        self.world.table = table
        if moved:
            forget()

    def _ask(self, who, asked):
        before = self._state()
        self.broken.clear()
        allowed = self.judge.allowed(who, asked)
        answer = self._send(who, asked)
        moved = self._state() != before
        if moved:
            self._learn_rights()
        self._note(who, asked, answer, allowed, moved=moved)
        if answer.status in {200, 422}:
            self._read(who, asked, answer)
        self._twin(who, asked, answer)

    def _note(self, who, asked, answer, allowed, *, moved):
        found = self.found
        found.asked += 1
        found.statuses[answer.status] += 1
        found.kinds[who] += 1
        found.places[_place(asked.path)] += 1
        found.steps += moved
        wrong = list(self.judge.findings(who, asked, answer, allowed))
        if moved and answer.status >= 400:
            wrong.append("a refusal changed a matter")
        for told in wrong:
            self._complain(told, who, asked, answer)

    def _complain(self, told, who, asked, answer):
        place = _place(asked.path)
        example = (
            f"{who}: {asked.method} {asked.path[:200]}?{asked.query[:300]}"
            f" {asked.headers} {asked.kind} {asked.body[:400]!r} -> {answer.status}\n"
            + "".join(self.broken[-1:])
        )
        self.found.wrong.setdefault(f"{place}: {told}", example)

    def _send(self, who, asked):
        cookies = self.world.kinds[who].cookies
        if asked.path.startswith("/api/"):
            cookies = {}
        return send(self.application, asked, cookies)

    def _state(self):
        """Return what must not change when something is refused."""
        with connection.cursor() as cursor:
            cursor.execute(STATE)
            return cursor.fetchone()

    def _learn_rights(self):
        """Let what was granted before and what the gate grants now be right."""
        now = self.world.table_now()
        self.world.table = {
            name: tuple(
                old | new for old, new in zip(row, now.get(name, row), strict=True)
            )
            for name, row in self.world.table.items()
        }

    def _read(self, who, asked, answer):
        if not answer.header("content-type").startswith("text/html"):
            return
        if self.found.asked > 2000 and self.chance.random() < 0.8:
            return
        url = asked.path + (f"?{asked.query}" if asked.query else "")
        self.web.learn(who, Page(url, answer.body.decode("utf-8", "replace")))

    def _twin(self, who, asked, answer):
        """Ask for what is not there in the same words: the answers must be alike."""
        number = next((n for n in self.world.numbers if n in asked.path), "")
        if not number or asked.method != "GET" or self.chance.random() < 0.5:
            return
        if self.world.may(who, 0, self.world.numbers[number]):
            return
        twin = Asked(
            asked.method,
            asked.path.replace(number, NOWHERE),
            asked.query.replace(number, NOWHERE),
            asked.headers,
        )
        absent = self._send(who, twin)
        self.found.asked += 1
        self.found.statuses[absent.status] += 1
        self.found.kinds[who] += 1
        if not alike(answer, absent, number, NOWHERE):
            self._complain("not yours reads unlike not there", who, asked, answer)


def _place(path):
    """Return the pattern of an address: where a finding belongs."""
    try:
        return "/" + str(resolve(unquote(path)).route).replace("^", "").replace("$", "")
    except (Resolver404, ValueError):
        return "nowhere"


def forget():
    """Forget what queries remember of an organisation that was rolled back."""
    for name, module in list(sys.modules.items()):
        if name.startswith("shuoshi.") and ".queries" in name:
            for thing in list(vars(module).values()):
                getattr(thing, "cache_clear", bool)()
