"""Write a promise down, report what came of it, have somebody else look."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.sealing import new_box, open_box
from shuoshi.common.words import checked_words
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import Standing
from shuoshi.reception.models import Promise
from shuoshi.reception.rules.access import may_receive
from shuoshi.reception.rules.promises import MOST_OUTCOME, MOST_PROMISE, PromiseState
from shuoshi.trail.actions import note


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter


class PromiseRefused(Refused):
    """This cannot be promised, or not like this."""


@transaction.atomic
def write_promise(
    matter: "Matter",
    *,
    words: str,
    unit_id: int,
    due_on: date,
    by: Standing,
    now: datetime,
) -> Promise:
    """
    Write down what was promised on a matter that the caller has found to be seen.

    :raises NotPermitted: unless the person receives people in this mine.
    :raises PromiseRefused: with the field to blame: no such unit, no working day ahead.
    :raises WordsRefused: if there is nothing to read.
    """
    if not may_receive(by) or by.mine_id != matter.mine_id:
        raise NotPermitted(_("答应的事由接待人员记。"))
    kept = checked_words(words, most=MOST_PROMISE, field="words")
    if unit_id not in tree_of(matter.mine_id).units:
        raise PromiseRefused(_("请选一个单位。"), field="unit")
    if due_on < localdate(now):
        raise PromiseRefused(_("这一天已经过去。"), field="due_on")
    if not work_calendar(matter.mine_id, generation()).is_workday(due_on):
        raise PromiseRefused(_("这天不上班，请换一个工作日。"), field="due_on")
    promise = Promise(
        mine_id=matter.mine_id,
        matter=matter.uid,
        number=matter.number,
        unit_id=unit_id,
        due_on=due_on,
        made_at=now,
    )
    box = new_box(f"promise:{promise.uid}")
    promise.key, promise.words = box.wrapped, box.seal(kept, "words")
    promise.save(force_insert=True)
    _note("promise_written", promise, by, now)
    return promise


@transaction.atomic
def report_promise(
    promise: Promise, *, kept: bool, words: str, by: Standing, now: datetime
) -> Promise:
    """
    Say what came of it; somebody else looks before it counts.

    :raises NotPermitted: unless the person belongs to the unit that does it, or receives.
    :raises WordsRefused: if there is nothing to read.
    :raises Outdated: if it was reported meanwhile.
    """
    if not may_receive(by) and promise.unit_id not in by.units:
        raise NotPermitted(_("由负责的单位报。"))
    said = checked_words(words, most=MOST_OUTCOME, field="words")
    box = open_box(f"promise:{promise.uid}", promise.key)
    _go(
        promise,
        PromiseState.OPEN,
        state=PromiseState.REPORTED,
        kept=kept,
        outcome=box.seal(said, "outcome"),
        reported_by_id=by.person_id,
    )
    _note("promise_reported", promise, by, now)
    return promise


@transaction.atomic
def check_promise(
    promise: Promise, *, is_so: bool, by: Standing, now: datetime
) -> Promise:
    """
    Confirm what was reported, or send it back.

    :raises NotPermitted: unless the person receives people and did not report it.
    :raises Outdated: if somebody else looked meanwhile.
    """
    if not may_receive(by) or promise.reported_by_id == by.person_id:
        raise NotPermitted(_("报的人不能自己核对，请另一个人核对。"))
    ended = PromiseState.KEPT if promise.kept else PromiseState.BROKEN
    if is_so:
        changes = {"state": ended, "checked_by_id": by.person_id}
    else:
        changes = {"state": PromiseState.OPEN, "reported_by_id": None, "kept": None}
    _go(promise, PromiseState.REPORTED, **changes)
    _note("promise_checked" if is_so else "promise_sent_back", promise, by, now)
    return promise


def _go(promise: Promise, source: PromiseState, **changes: object) -> None:
    if not Promise.objects.filter(pk=promise.pk, state=source).update(**changes):
        raise Outdated(_("刚才有人改过，请刷新看看。"))
    promise.refresh_from_db()


def _note(what: str, promise: Promise, by: Standing, now: datetime) -> None:
    note(
        f"reception.{what}",
        by=by.on_record,
        at=now,
        mine_id=promise.mine_id,
        about=promise.uid,
    )
