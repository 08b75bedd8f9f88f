"""Nothing is erased that was not shown and confirmed."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.files.actions import keep
from shuoshi.files.models import Attachment
from shuoshi.matters.models import Matter, Speaker
from shuoshi.notices.models import Notice
from shuoshi.org.rules.standing import CLOCK
from shuoshi.privacy.actions.periods import set_period
from shuoshi.privacy.actions.requests import answer, ask
from shuoshi.privacy.models import RetentionPlan, RightsRequest
from shuoshi.rights.actions.retention import (
    PlanChanged,
    carry_out,
    confirm_plan,
    make_plan,
)
from shuoshi.rights.queries.due import due_in, months_before
from shuoshi.rights.queries.shown_plans import plan_shown
from shuoshi.rights.tasks import carry_out_confirmed, reckon_what_is_due
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
YEARS = timedelta(days=5 * 365)
LATER = NOW + YEARS


def ended(house, **saying):
    """A matter that ended, with a file, a request and notices."""
    story = Story(house, **saying)
    matter = story.matter
    keep(
        SimpleUploadedFile("a.txt", b"words"),
        about=matter.uid,
        mine_id=matter.mine_id,
        by="speaker",
        now=NOW,
    )
    request = ask(
        "READ", "", mine_id=matter.mine_id, about=matter.uid, by="speaker", now=NOW
    )
    by = house.standing("coordinator")
    answer(request, outcome="GRANTED", words="给您看了。", by=by, now=NOW)
    return story.take("withdraw", "speaker", reason="不办了").matter


def counts(plan):
    return {line["kind"]: line["count"] for line in plan.lines}


def planned(house, now=LATER, who="secadmin"):
    return make_plan(house.mine.pk, by=house.standing(who), now=now)


def confirmed(house, now=LATER):
    plan = planned(house, now)
    return confirm_plan(plan, plan.digest, by=house.standing("secadmin"), now=now)


def test_a_plan_counts_and_erases_nothing(house):
    ended(house)

    plan = planned(house)

    assert counts(plan) == {"SPEAKER": 1, "FILES": 1, "NOTICES": 2, "REQUESTS": 1}
    assert Speaker.objects.get().key
    assert Attachment.objects.get().box


def test_before_its_time_nothing_is_due(house):
    matter = ended(house)
    Story(house)
    whole = months_before(matter.ended_at, 0)

    at = {
        months: counts(planned(house, whole + timedelta(days=months * 31)))["SPEAKER"]
        for months in (1, 23, 25)
    }

    assert at == {1: 0, 23: 0, 25: 1}


@pytest.mark.parametrize(
    ("months", "day"), [(1, "2026-08-09"), (12, "2025-09-09"), (7, "2026-02-09")]
)
def test_months_are_counted_by_the_calendar(months, day):
    assert localtime(months_before(NOW, months)).date().isoformat() == day


def test_a_month_too_short_ends_earlier():
    last = NOW.replace(month=8, day=31)

    assert localtime(months_before(last, 6)).date().isoformat() == "2026-02-28"


def test_confirmed_it_is_done_and_only_that(house):
    matter, other = ended(house), Story(house).matter
    plan = confirmed(house)

    carry_out(plan, now=LATER)

    gone, stays = Speaker.objects.get(matter=matter), Speaker.objects.get(matter=other)
    assert (gone.key, gone.name) == ("", "")
    assert stays.key
    assert Attachment.objects.get().box == ""
    assert RightsRequest.objects.get().key == ""
    # The matter, its number and its words stay.
    assert Matter.objects.get(pk=matter.pk).number == matter.number
    done = Event.objects.get(verb="note.rights.retention_carried_out")
    assert done.by == house.standing("secadmin").on_record
    assert done.detail["digest"] == plan.digest


def test_it_is_done_once(house):
    ended(house)
    plan = carry_out(confirmed(house), now=LATER)

    with pytest.raises(PlanChanged):
        carry_out(plan, now=LATER)
    assert Event.objects.filter(verb="note.rights.retention_carried_out").count() == 1


def test_what_was_not_confirmed_is_not_done(house):
    ended(house)

    with pytest.raises(PlanChanged, match="没有确认"):
        carry_out(planned(house), now=LATER)
    assert Speaker.objects.get().key
    assert Notice.objects.exists()


def test_a_plan_that_changed_is_refused_and_erases_nothing(house):
    ended(house)
    plan = confirmed(house)
    ended(house)

    with pytest.raises(PlanChanged, match="不一样"):
        carry_out(plan, now=LATER)

    assert all(speaker.key for speaker in Speaker.objects.all())
    plan.refresh_from_db()
    assert (plan.outdated, plan.done_at) == (True, None)


def test_another_fate_is_another_plan(house):
    ended(house)
    plan = confirmed(house)
    by = house.standing("secadmin")
    set_period("SPEAKER", months=24, ground="x", fate="RESTRICT", by=by, now=LATER)

    with pytest.raises(PlanChanged):
        carry_out(plan, now=LATER)


def test_restricting_keeps_the_key_and_does_not_come_up_again(house):
    ended(house)
    by = house.standing("secadmin")
    set_period("SPEAKER", months=24, ground="x", fate="RESTRICT", by=by, now=LATER)

    carry_out(confirmed(house), now=LATER)

    speaker = Speaker.objects.get()
    assert speaker.key
    assert speaker.restricted_at == LATER
    assert counts(planned(house))["SPEAKER"] == 0


def test_confirming_takes_the_digest_that_was_shown(house):
    ended(house)
    plan, by = planned(house), house.standing("coordinator")

    with pytest.raises(PlanChanged):
        confirm_plan(plan, "0" * 64, by=by, now=LATER)
    newer = planned(house)
    with pytest.raises(PlanChanged):
        confirm_plan(plan, plan.digest, by=by, now=LATER)
    confirm_plan(newer, newer.digest, by=by, now=LATER)
    with pytest.raises(PlanChanged):
        confirm_plan(newer, newer.digest, by=by, now=LATER)


def test_an_empty_plan_needs_no_confirming(house):
    plan = planned(house)

    with pytest.raises(Refused, match="没有到期"):
        confirm_plan(plan, plan.digest, by=house.standing("secadmin"), now=LATER)


@pytest.mark.parametrize("who", ["auditor", "sysadmin", "chief", "head"])
def test_others_plan_and_confirm_nothing(house, who):
    ended(house)
    plan = planned(house)

    with pytest.raises(NotPermitted):
        planned(house, who=who)
    with pytest.raises(NotPermitted):
        confirm_plan(plan, plan.digest, by=house.standing(who), now=LATER)


def test_another_mine_is_left_alone(house):
    elsewhere = build_house("OTHER")
    ended(elsewhere)
    ended(house)

    carry_out(confirmed(house), now=LATER)

    assert Speaker.objects.filter(matter__mine=elsewhere.mine).get().key
    with pytest.raises(NotPermitted):
        make_plan(elsewhere.mine.pk, by=house.standing("secadmin"), now=LATER)


def test_few_are_not_told_apart(house):
    ended(house)

    lines = {line.kind: line for line in plan_shown(planned(house)).lines}

    assert {line.count for line in lines.values()} == {"<5"}
    assert {line.oldest for line in lines.values()} == {""}


def test_the_worker_reckons_each_week_and_does_what_was_confirmed(house):
    ended(house)
    reckon_what_is_due()
    reckon_what_is_due()
    assert RetentionPlan.objects.count() == 1
    assert RetentionPlan.objects.get().made_by == CLOCK.on_record

    carry_out_confirmed()
    assert Speaker.objects.get().key
    confirmed(house)
    carry_out_confirmed()
    assert Speaker.objects.get().key == ""
    assert not any(due.rows.exists() for due in due_in(house.mine.pk, until=LATER))
