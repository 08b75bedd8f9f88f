import pytest

from shuoshi.common.refusals import NotPermitted, Refused
from shuoshi.privacy.actions.tellings import publish_telling
from shuoshi.privacy.models import Consent, Submission, Telling
from shuoshi.privacy.queries.tellings import current_telling, versions_of
from shuoshi.privacy.rules.purposes import Purpose
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, build_house, raised


pytestmark = pytest.mark.django_db


def publish(house, body="新的告知", who="coordinator", purpose=Purpose.SPEAK):
    return publish_telling(purpose, body=body, by=house.standing(who), now=NOW)


def test_every_purpose_has_a_sample_text_from_the_beginning(house):
    for purpose in Purpose:
        telling = current_telling(purpose, mine_id=house.mine.pk)
        assert (telling.version, telling.is_sample) == (1, True)
        assert telling.body
        assert telling.body_en


def test_a_new_version_follows_and_the_old_one_stays(house):
    first = current_telling(Purpose.SPEAK, mine_id=house.mine.pk)

    second = publish(house)

    assert (second.version, second.is_sample) == (2, False)
    assert current_telling(Purpose.SPEAK, mine_id=house.mine.pk) == second
    assert Telling.objects.get(pk=first.pk).body == first.body
    assert Event.objects.filter(verb="note.privacy.telling_published").exists()


def test_another_mine_keeps_the_text_of_the_house(house):
    elsewhere = build_house("OTHER")
    publish(house)

    assert current_telling(Purpose.SPEAK, mine_id=elsewhere.mine.pk).version == 1
    assert [one.version for one in versions_of("SPEAK", mine_id=house.mine.pk)] == [2]


@pytest.mark.parametrize("who", ["head", "leader", "chief", "sysadmin", "auditor"])
def test_others_publish_nothing(house, who):
    with pytest.raises(NotPermitted):
        publish(house, who=who)
    assert not Telling.objects.exclude(mine_id=0).exists()


def test_the_same_text_again_is_no_version(house):
    publish(house)

    with pytest.raises(Refused, match="没有改动"):
        publish(house)
    with pytest.raises(Refused, match="请写明内容"):
        publish(house, " ")
    with pytest.raises(Refused, match="没有这种告知书"):
        publish(house, purpose="WHATEVER")


def test_a_matter_keeps_the_version_that_was_shown(house):
    shown = current_telling(Purpose.SPEAK, mine_id=house.mine.pk)
    publish(house)

    matter = raised(house, told=shown.pk)
    later = raised(house)

    assert Submission.objects.get(about=matter.uid).telling == shown
    assert Submission.objects.get(about=later.uid).telling.version == 2
    event = Event.objects.get(about=matter.uid, verb="register")
    assert event.detail["told"] == {"SPEAK": 1}


def test_a_version_of_somebody_else_is_not_believed(house):
    elsewhere = build_house("OTHER")
    foreign = publish(elsewhere, "别家的")
    separate = current_telling(Purpose.SENSITIVE, mine_id=house.mine.pk)

    for told in (foreign.pk, separate.pk, 10**12):
        matter = raised(house, told=told)
        assert Submission.objects.get(about=matter.uid).telling.version == 1


def test_what_is_sensitive_needs_a_consent_of_its_own(house):
    separate = current_telling(Purpose.SENSITIVE, mine_id=house.mine.pk)

    with pytest.raises(Refused, match="要您单独同意") as refusal:
        raised(house, sensitive=True)
    matter = raised(house, sensitive=True, agreed=separate.pk)

    assert refusal.value.field == "agreed"
    consent = Consent.objects.get()
    assert (consent.about, consent.telling) == (matter.uid, separate)
    assert (consent.given_at.minute, consent.given_at.second) == (0, 0)
    event = Event.objects.get(about=matter.uid, verb="register")
    assert event.detail["told"] == {"SPEAK": 1, "SENSITIVE": 1}


def test_the_texts_change_nothing_about_the_receipt(house):
    story = Story(house)

    assert story.matter.version == 1
