from dataclasses import replace
from datetime import date

import pytest

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.privacy.actions.consents import give_consent, withdraw_consent
from shuoshi.privacy.actions.periods import set_period
from shuoshi.privacy.actions.registers import (
    Handed,
    Weighed,
    enter_assessment,
    enter_handing,
    years_after,
)
from shuoshi.privacy.models import Assessment, Handing, Period
from shuoshi.privacy.queries.retention import periods_of
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.trail.models import Event
from tests.matters.house import NOW, raised


pytestmark = pytest.mark.django_db
WEIGHED = Weighed(
    title="敏感信息填写",
    purpose="办理困难求助",
    necessity="不看收入没法核实",
    risks="泄露会伤害尊严",
    measures="加密、留痕、到期清除",
    approved_by="主要领导",
    approved_on=date(2026, 9, 1),
)
HANDED = Handed(
    "某区法律援助中心", "姓名、联系方式、诉求摘要", "《法律援助法》第四十一条"
)


def test_an_assessment_is_kept_for_three_years(house):
    entered = enter_assessment(WEIGHED, by=house.standing("secadmin"), now=NOW)

    assert entered.kept_until == date(2029, 9, 9)
    assert Event.objects.filter(verb="note.privacy.assessed").count() == 1


def test_an_assessment_must_be_whole_and_approved(house):
    by = house.standing("coordinator")
    for changed in (
        {"risks": " "},
        {"approved_by": ""},
        {"approved_on": date(2026, 9, 10)},
    ):
        with pytest.raises(Refused):
            enter_assessment(replace(WEIGHED, **changed), by=by, now=NOW)
    with pytest.raises(NotPermitted):
        enter_assessment(WEIGHED, by=house.standing("auditor"), now=NOW)
    assert not Assessment.objects.exists()


def test_what_goes_outside_is_on_record_first(house):
    matter, by = raised(house), house.standing("coordinator")

    handing = enter_handing(
        HANDED, by=by, now=NOW, about=matter.uid, number=matter.number
    )

    assert (handing.consent, handing.kept_until) == (None, date(2029, 9, 9))
    event = Event.objects.get(verb="note.privacy.handed_outside")
    assert event.detail["on"] == str(matter.uid)
    assert "法律援助" not in str(event.detail)


def test_a_handing_that_rests_on_consent_needs_one_that_stands(house):
    matter, by = raised(house), house.standing("coordinator")
    handed = replace(HANDED, by_consent=True)

    with pytest.raises(Refused, match="没有单独同意") as refusal:
        enter_handing(handed, by=by, now=NOW, about=matter.uid)
    assert refusal.value.field == "by_consent"
    consent = give_consent(
        matter.uid, Purpose.OUTSIDE, mine_id=matter.mine_id, by="speaker", now=NOW
    )
    assert enter_handing(handed, by=by, now=NOW, about=matter.uid).consent == consent
    withdraw_consent(matter.uid, consent.pk, by="speaker", now=NOW)
    with pytest.raises(Refused):
        enter_handing(handed, by=by, now=NOW, about=matter.uid)
    with pytest.raises(Refused):
        enter_handing(handed, by=by, now=NOW)


@pytest.mark.parametrize("who", ["receiver", "head", "chief", "secadmin", "auditor"])
def test_others_hand_nothing_outside(house, who):
    with pytest.raises(NotPermitted):
        enter_handing(HANDED, by=house.standing(who), now=NOW)
    assert not Handing.objects.exists()


def test_the_leap_day_becomes_the_first_of_march():
    assert years_after(date(2028, 2, 29), 3) == date(2031, 3, 1)


def set_speaker(house, who="secadmin", **given):
    usual = {"months": 12, "ground": "本矿规定第三条", "fate": "ERASE"}
    return set_period("SPEAKER", by=house.standing(who), now=NOW, **(usual | given))


def test_a_mine_sets_its_own_period(house):
    set_speaker(house)
    set_speaker(house, months=18, fate="RESTRICT")

    assert Period.objects.count() == 1
    held = periods_of(house.mine.pk)[0]
    assert (held.months, held.fate, held.ground) == (18, "RESTRICT", "本矿规定第三条")
    assert periods_of(house.mine.pk + 1)[0].months == 24


@pytest.mark.parametrize(
    "given", [{"months": 0}, {"months": 601}, {"ground": " "}, {"fate": "X"}]
)
def test_a_period_that_means_nothing_is_refused(house, given):
    with pytest.raises(Refused):
        set_speaker(house, **given)
    assert not Period.objects.exists()


def test_only_who_spoke_is_restricted_and_registers_stay_three_years(house):
    by = house.standing("secadmin")
    with pytest.raises(Refused, match="可以封存"):
        set_period("FILES", months=9, ground="x", fate="RESTRICT", by=by, now=NOW)
    with pytest.raises(Refused, match="36到600"):
        set_period("REQUESTS", months=35, ground="x", fate="ERASE", by=by, now=NOW)
    with pytest.raises(Refused):
        set_period("NOTHING", months=9, ground="x", fate="ERASE", by=by, now=NOW)
    with pytest.raises(NotPermitted):
        set_speaker(house, who="auditor")
