"""Take a step of the table: the only way in which a matter changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shuoshi.common.hours import hour_of
from shuoshi.common.refusals import Outdated, Refused
from shuoshi.common.sealing import open_box
from shuoshi.matters.actions import (  # noqa: F401 - importing them declares the effects
    deliberation,
    handling,
    intake,
    objects,
    recusal,
    releasing,
    reply,
    review,
    supervision,
    triage,
)
from shuoshi.matters.actions.change import EFFECTS, Change, Following
from shuoshi.matters.actions.clock import run_clock
from shuoshi.matters.actions.telling import tell
from shuoshi.matters.models import Dirty, Matter
from shuoshi.matters.queries.claims import claims_of
from shuoshi.matters.queries.clock import MineClock
from shuoshi.matters.queries.hanging import hanging_now
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.queries.responsible import goes_to_discipline, responsible_for
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.states import ENDED, Identity, State
from shuoshi.matters.rules.table import STEPS, ClockEffect, Step
from shuoshi.matters.rules.vouching import (
    CLAIMS,
    HANGING,
    ROW,
    vouch_for_claims,
    vouch_for_row,
)
from shuoshi.org.rules.standing import CLOCK, Kind, Standing
from shuoshi.trail.actions import append
from shuoshi.trail.queries.events import events_about
from shuoshi.trail.rules.chain import Head


class StepRefused(Refused):
    """The matter is not where this step leads on from."""


def check_step(step: Step, matter: Matter, *, now: datetime) -> None:
    """
    Refuse the step unless the matter's state and everything besides allow it.

    :raises StepRefused: with the reason.
    """
    if State(matter.state) not in step.sources:
        raise StepRefused(
            _("这件事现在是“%(state)s”，不能%(step)s。")
            % {"state": State(matter.state).label, "step": step.label}
        )
    for condition in step.when:
        if not condition.holds(matter, now):
            raise StepRefused(str(condition.otherwise))


def steps_open_to(person: Standing, matter: Matter, *, now: datetime) -> list[Step]:
    """Return the steps that this person may take now, in the order of the table."""
    return [
        step
        for step in STEPS.values()
        if State(matter.state) in step.sources
        and gate.may(person, step.by, matter)
        and all(condition.holds(matter, now) for condition in step.when)
    ]


@transaction.atomic
def take_step(
    matter: Matter,
    name: str,
    *,
    by: Standing,
    now: datetime,
    given: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Matter:
    """
    Take one step: permission, rule, change, record, clock, notices, all or nothing.

    ``given`` holds the cleaned answers to the step's fields; ``version`` is the matter as
    the person saw it. Returns the matter as it is now.

    :raises NotPermitted: if this person may not take the step.
    :raises StepRefused: if the state or a condition does not allow it.
    :raises Outdated: if somebody else changed the matter first.
    :raises Refused: with the field to blame, if an answer cannot be accepted.
    """
    fresh = for_the_page(Matter.objects.filter(pk=matter.pk)).get()
    gate.require(by, Permission.SEE, fresh)
    gate.require(by, STEPS[name].by, fresh)
    if version is not None and version != fresh.version:
        raise _outdated()
    check_step(STEPS[name], fresh, now=now)
    at = _blurred(fresh, now) if by.kind is Kind.SPEAKER else now
    _take(STEPS[name], fresh, by=by, now=at, given=given or {})
    return Matter.objects.get(pk=matter.pk)


def _blurred(matter: Matter, now: datetime) -> datetime:
    """Return the hour in which an anonymous speaker acts, not before what came before."""
    if matter.identity != Identity.ANONYMOUS:
        return now
    last = events_about(matter.uid).latest("seq")
    return max(hour_of(now), last.at)


def _outdated() -> Outdated:
    return Outdated(_("刚才有人动过这件事，请看过新的情况再办。"))


def _take(
    step: Step, matter: Matter, *, by: Standing, now: datetime, given: Mapping[str, Any]
) -> None:
    _claim(matter)
    change = Change(
        matter=matter,
        step=step,
        by=by,
        now=now,
        given=given,
        box=open_box(matter.uid, matter.key),
        clock=MineClock(matter.mine_id),
    )
    _make(change)
    if not change.then and goes_to_discipline(change.matter):
        change.then.append(Following("fall_to_discipline", CLOCK))
    for following in change.then:
        take_step(
            matter, following.name, by=following.by, now=now, given=following.given
        )


def _claim(matter: Matter) -> None:
    """
    Take the next version of a matter, before anything hangs on it.

    Whoever comes second waits here until the first is done, and then finds no row: only
    one at a time writes claims, parts or events.
    """
    mine = Matter.objects.filter(pk=matter.pk, version=matter.version)
    if not mine.update(version=matter.version + 1):
        raise _outdated()


def _make(change: Change) -> None:
    step, matter = change.step, change.matter
    before = State(matter.state)
    if step.name in EFFECTS:
        EFFECTS[step.name](change)
    if step.target is not None:
        change.set(state=step.target)
        if step.target != before:
            change.set(state_since=change.now)
    moved = step.target is not None and step.target != before
    if matter.state in ENDED and moved:
        change.set(responsible_id=None, ended_at=change.now)
    elif moved or change.responsible is not None:
        change.set(
            responsible_id=change.responsible or responsible_for(matter), ended_at=None
        )
    if moved or step.clock is not ClockEffect.NOTHING or change.finish_by:
        run_clock(change, moved=moved)
    _write(change, before=before)
    Dirty.objects.create(mine_id=matter.mine_id, day=matter.received_on)
    tell(change)


def _write(change: Change, *, before: State) -> None:
    """Append the event and set the columns."""
    matter, step = change.matter, change.step
    event = append(
        Head(matter.uid, matter.version, matter.head_hash),
        mine_id=matter.mine_id,
        verb=step.name,
        by=change.by.on_record,
        at=change.now,
        detail={
            "from": before,
            "to": str(matter.state),
            "due": matter.due_at.isoformat() if matter.due_at else None,
            "responsible": matter.responsible_id,
            **change.detail,
            ROW: vouch_for_row(matter),
            HANGING: hanging_now(matter),
            CLAIMS: vouch_for_claims(change.box, claims_of(matter.pk)),
        },
        words=change.box.seal(change.words, f"event:{matter.version + 1}")
        if change.words
        else "",
    )
    change.set(version=event.seq, head_hash=event.hash)
    Matter.objects.filter(pk=matter.pk).update(**change.sets)
