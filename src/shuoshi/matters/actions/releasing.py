"""Let somebody learn, for some days, who spoke in confidence: a second person decides."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from shuoshi.accounts.models import User
from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import end_of
from shuoshi.matters.actions.change import Change, effect
from shuoshi.matters.actions.telling import tell_people
from shuoshi.matters.models import Release
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.days import check_not_after, check_not_past
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.queries.units import tree_of


LONGEST = timedelta(days=7)


class ReleaseRefused(Refused):
    """Who spoke is not shown like this."""


@effect("ask_release")
def ask_release(change: Change) -> None:
    """
    Ask to see who spoke, for oneself; who may know may ask for somebody else.

    :raises ReleaseRefused: if that person does not work on it, or knows already.
    :raises DayRefused: if the day is past or more than a week away.
    """
    matter, until = change.matter, change.given["until"]
    to = _asked_for(change)
    today = localdate(change.now)
    check_not_past(until, today=today, field="until")
    check_not_after(until, last=today + LONGEST, field="until")
    Release.objects.create(
        matter=matter,
        to_id=to,
        asked_by_id=change.person_id or 0,
        asked_at=change.now,
        until=end_of(until, ZONE),
    )
    change.words = change.given["reason"]
    change.detail = {"released_to": to, "until": until.isoformat()}


def _asked_for(change: Change) -> int:
    matter, to = change.matter, change.given.get("to")
    matter.looked_at = change.now
    person = standing_of(to) if to else change.by
    others = person.person_id != change.person_id
    if others and not gate.may(change.by, Permission.RELEASE, matter):
        raise ReleaseRefused(
            _("只能替自己申请；替别人申请，请找首接人或者统筹人员。"), field="to"
        )
    if not gate.may(person, Permission.TAKE_PART, matter):
        raise ReleaseRefused(_("这个人不在办这件事，不能查看。"), field="to")
    if gate.may(person, Permission.SEE_SPEAKER, matter):
        raise ReleaseRefused(_("这个人现在就能看到说事人，不用申请。"), field="to")
    return person.person_id or 0


@effect("grant_release")
def grant_release(change: Change) -> None:
    """
    Let the person see who spoke until the day asked for; the speaker is told which post.

    :raises ReleaseRefused: to who asked, and to whom it is for.
    """
    release = _waiting(change)
    Release.objects.filter(pk=release.pk).update(
        granted_by=change.person_id, decided_at=change.now
    )
    day = localdate(release.until)
    change.words = _("可以查看的岗位：%(post)s；到%(day)s为止。理由：%(reason)s") % {
        "post": _post(release.to_id),
        "day": date_format(day),
        "reason": change.given["reason"],
    }
    _decided(change, release)


@effect("refuse_release")
def refuse_release(change: Change) -> None:
    """
    Leave it as it is; who asked is told.

    :raises ReleaseRefused: to who asked, and to whom it is for.
    """
    release = _waiting(change)
    Release.objects.filter(pk=release.pk).update(decided_at=change.now)
    change.words = change.given["reason"]
    _decided(change, release)


def _waiting(change: Change) -> Release:
    waiting = change.matter.releases.filter(
        decided_at=None, until__gt=change.now
    ).earliest("pk")
    if change.person_id in {waiting.asked_by_id, waiting.to_id}:
        raise ReleaseRefused(_("要由申请人和查看人以外的另一个人决定。"))
    return waiting


def _post(person_id: int) -> str:
    """Return unit and post of a person, without their name."""
    standing = standing_of(User.objects.get(pk=person_id))
    units = tree_of(standing.mine_id or 0).units
    return f"{units[min(standing.units)].name} {standing.title}"


def _decided(change: Change, release: Release) -> None:
    change.detail = {
        "released_to": release.to_id,
        "until": localdate(release.until).isoformat(),
    }
    tell_people(
        change.matter,
        dict.fromkeys([release.to_id, release.asked_by_id]),
        kind=change.step.name,
        now=change.now,
    )
