import pytest

from shuoshi.common.refusals import Missing, Refused
from shuoshi.matters.actions.speakers import (
    correct_speaker,
    forget_speaker,
    restrict_speaker,
)
from shuoshi.matters.models import Matter, Speaker
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, build_house, raised


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


def fresh(matter):
    return for_the_page(Matter.objects.filter(pk=matter.pk)).get()


def correct(matter, **given):
    correct_speaker(matter, by="speaker", now=NOW, **given)


def test_a_contact_is_written_anew_and_the_old_one_is_gone(house):
    matter = raised(house)
    before = Speaker.objects.get().contact

    correct(matter, contact="QQ 12345")

    assert speaker_of_sheet(fresh(matter)).contact == "QQ 12345"
    assert Speaker.objects.get().contact != before
    note = Event.objects.get(verb="note.matters.speaker_corrected")
    assert note.detail == {"fields": ["contact"], "on": str(matter.uid)}


def test_somebody_must_be_left_to_be_reached(house):
    named, quiet = raised(house), raised(house, identity="CONFIDENTIAL", name="")

    with pytest.raises(Refused, match="请写明"):
        correct(named, name=" ")
    with pytest.raises(Refused, match="至少留一样") as refusal:
        correct(quiet, contact="")
    assert refusal.value.field == "contact"
    correct(named, contact="")
    assert speaker_of_sheet(fresh(named)).contact == ""


def test_the_anonymous_has_nothing_to_correct_or_forget(house):
    matter = raised(house, identity="ANONYMOUS")

    with pytest.raises(Missing):
        correct(matter, contact="13900000000")
    with pytest.raises(Missing):
        forget_speaker(matter, by="speaker", now=NOW, why="asked")


def test_who_asks_to_be_forgotten_is(house):
    matter = raised(house)

    assert forget_speaker(matter, by="speaker", now=NOW, why="asked") == "erased"

    speaker = Speaker.objects.get()
    assert (speaker.key, speaker.name, speaker.contact) == ("", "", "")
    assert Matter.objects.get(pk=matter.pk).text
    with pytest.raises(Missing):
        forget_speaker(matter, by="speaker", now=NOW, why="asked")
    with pytest.raises(Missing):
        correct(matter, contact="1")


def decided(house):
    story = Story(house).triaged(petition_class="GRIEVANCE")
    story.take("accept", "head", handler=house.people["handler"])
    story.take("withdraw", "speaker", reason="不办了")
    return story.matter


def test_of_a_decided_grievance_the_name_is_stored_and_kept_from_everybody(house):
    matter = decided(house)

    assert forget_speaker(matter, by="speaker", now=NOW, why="asked") == "restricted"

    assert Speaker.objects.get().key
    for who in house.people:
        assert not gate.may(house.standing(who), Permission.SEE_SPEAKER, fresh(matter))
    assert not restrict_speaker(matter, by="speaker", now=NOW)


def test_of_a_sealed_matter_the_name_is_stored_too(house):
    story = Story(house).take("hand_to_discipline", "receiver", reason="检举")

    assert (
        forget_speaker(story.matter, by="speaker", now=NOW, why="asked") == "restricted"
    )
    standing = house.standing("discipline")
    assert not gate.may(standing, Permission.SEE_SPEAKER, fresh(story.matter))
