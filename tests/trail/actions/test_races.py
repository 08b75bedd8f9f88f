"""What several connections do to the record at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest
from django.db import connection, transaction

from shuoshi.trail.actions import append, record, seal_day
from shuoshi.trail.models import Event
from shuoshi.trail.queries import head_of, verify_chains, verify_seals
from shuoshi.trail.rules.chain import Head
from tests.trail.factories import NOW


pytestmark = pytest.mark.django_db(transaction=True)
PLAIN = {"mine_id": 1, "verb": "org.unit.renamed", "by": "person:1", "at": NOW}


def on_its_own_connection(work):
    def run(*values):
        try:
            return work(*values)
        finally:
            connection.close()

    return run


def test_four_who_write_about_the_same_thing_make_one_chain():
    about = UUID(int=1)

    @on_its_own_connection
    def write(_number):
        for _time in range(5):
            record(about, **PLAIN)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    verdict = verify_chains([head_of(about)])
    assert (verdict.events, verdict.ok) == (20, True)


def test_a_seal_waits_for_what_is_being_written():
    begun, may_end = threading.Event(), threading.Event()

    @on_its_own_connection
    def write():
        with transaction.atomic():
            append(Head(UUID(int=1)), **PLAIN)
            begun.set()
            may_end.wait(10)

    @on_its_own_connection
    def seal():
        return seal_day(date(2026, 3, 4), now=NOW)

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write)
        begun.wait(10)
        sealing = pool.submit(seal)
        threading.Timer(0.2, may_end.set).start()
        sealed = sealing.result(20)
        writing.result(20)

    assert sealed.leaves == 1
    assert sealed.last_id == Event.objects.get(about=UUID(int=1)).pk
    assert verify_seals().first_bad is None
