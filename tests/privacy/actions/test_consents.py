from datetime import timedelta

import pytest

from shuoshi.common.refusals import Missing, Outdated
from shuoshi.privacy.actions.consents import give_consent, withdraw_consent
from shuoshi.privacy.queries.consents import consents_of, standing_consent
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.trail.models import Event
from tests.matters.house import NOW, raised


pytestmark = pytest.mark.django_db
ABOUT = Purpose.OUTSIDE


def given(matter, now=NOW):
    return give_consent(
        matter.uid, ABOUT, mine_id=matter.mine_id, by="speaker", now=now
    )


def test_a_consent_stands_until_it_is_taken_back(house):
    matter = raised(house)
    consent = given(matter, NOW + timedelta(minutes=17))
    assert standing_consent(matter.uid, ABOUT) == consent
    assert consent.given_at == NOW

    withdraw_consent(matter.uid, consent.pk, by="speaker", now=NOW)

    assert standing_consent(matter.uid, ABOUT) is None
    assert [one.pk for one in consents_of(matter.uid)] == [consent.pk]
    verbs = Event.objects.filter(verb__startswith="note.privacy.consent")
    assert {one.verb for one in verbs} == {
        "note.privacy.consent_given",
        "note.privacy.consent_withdrawn",
    }


def test_nothing_is_agreed_to_twice_nor_taken_back_twice(house):
    matter = raised(house)
    consent = given(matter)

    with pytest.raises(Outdated, match="已经同意过"):
        given(matter)
    withdraw_consent(matter.uid, consent.pk, by="speaker", now=NOW)
    with pytest.raises(Outdated, match="已经撤回"):
        withdraw_consent(matter.uid, consent.pk, by="speaker", now=NOW)


def test_the_consent_of_another_matter_is_not_there(house):
    consent = given(raised(house))

    with pytest.raises(Missing):
        withdraw_consent(raised(house).uid, consent.pk, by="speaker", now=NOW)
