"""The committee's key: with everything but the passphrase nothing opens."""

import base64
import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from shuoshi.accounts.actions.throttling import TooOften
from shuoshi.common.committees import is_committees, is_locked, unlocked
from shuoshi.common.keypairs import Secret
from shuoshi.common.refusals import Missing, NotPermitted, Outdated
from shuoshi.common.sealing import SealBroken, SealErased, SealLocked, open_box
from shuoshi.files.queries import name_of, read
from shuoshi.keys.actions.erasing import erase
from shuoshi.keys.actions.rotation import rotate_keys
from shuoshi.keys.queries.boxes import boxes_of_committees
from shuoshi.matters.actions.committee import (
    WrongPassphrase,
    change_passphrase,
    found_committee_key,
    rotate_committee_key,
    share_key,
    unlock,
)
from shuoshi.matters.actions.handing_over import hand_over_waiting
from shuoshi.matters.models import CommitteeHolder, CommitteeKey, Matter
from shuoshi.matters.queries.claims import readable_claims
from shuoshi.matters.queries.committee import has_no_key
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.matters.queries.timeline import history_of
from shuoshi.matters.rules.committee import Kept, PassphraseRefused, opened_by
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from tests.keys.house import NEW, OLD, attachment, with_a_photo
from tests.matters.evidence import tables_with
from tests.matters.house import NOW, build_house


pytestmark = pytest.mark.django_db
OWN = "井口的风每天早上都很凉，要加衣"
OTHERS = "食堂后面那棵槐树开了花，真香啊"
SECRET = "张班长收了工友的钱"


@pytest.fixture
def house(settings):
    settings.SHUOSHI_KEYS = OLD
    house = build_house()
    house.enter("secretary", Role.DISCIPLINE, "discipline")
    return house


def found(house, passphrase=OWN):
    return found_committee_key(passphrase, by=house.standing("discipline"), now=NOW)


def opened(one):
    return unlocked({str(one.key.pk): one.secret})


def open_as(house, who, typed, *, now=NOW):
    return unlock(typed, by=house.standing(who), now=now)


def accused(house):
    story = with_a_photo(house, text=SECRET, claims=(SECRET, "要求查处"))
    return story.take("hand_to_discipline", "receiver", reason=f"检举：{SECRET}")


def words_of(story):
    """Return everything of a matter that its page opens."""
    matter = Matter.objects.get(pk=story.matter.pk)
    file = attachment(story)
    box = open_box(matter.uid, matter.key)
    return [
        box.open(matter.sealed_text, "text"),
        *(claim.text for claim in readable_claims(matter)),
        *history_of(matter).words.values(),
        speaker_of_sheet(matter).name,
        read(file).decode(),
        name_of(file),
    ]


ALL = [
    SECRET,
    SECRET,
    "要求查处",
    f"检举：{SECRET}",
    "张三丰",
    "井口",
    "井口照片.txt",
]


def boxes_of(story):
    matter = Matter.objects.get(pk=story.matter.pk)
    file = attachment(story)
    return [
        (matter.uid, matter.key),
        (f"speaker:{matter.uid}", matter.speaker.key),
        (file.pk, file.box),
    ]


def test_ring_and_database_alone_open_nothing_of_an_accusation(house):
    one = found(house)
    story = accused(house)

    for owner, wrapped in boxes_of(story):
        assert is_committees(wrapped)
        assert is_locked(wrapped)
        with pytest.raises(SealLocked):
            open_box(owner, wrapped)
    matter = Matter.objects.get(pk=story.matter.pk)
    locked = SealLocked().message
    assert {claim.text for claim in readable_claims(matter)} == {locked}
    assert set(history_of(matter).words.values()) == {locked}
    assert speaker_of_sheet(matter).name == locked
    with opened(one):
        assert words_of(story) == ALL


def test_with_everything_but_the_passphrase_nothing_opens(house):
    one = found(house)
    accused(house)
    (kept,) = CommitteeHolder.objects.all()
    owner = f"committee:{one.key.pk}:{kept.person_id}"
    as_kept = Kept(kept.cost, kept.salt, kept.sealed)

    assert tables_with(one.secret.on_paper()) == []
    for guess in ("", OWN[:-1], OTHERS, kept.salt, kept.sealed, one.key.public):
        with pytest.raises(SealBroken):
            opened_by(as_kept, guess, owner=owner)
    assert opened_by(as_kept, OWN, owner=owner) == one.secret


def test_another_key_does_not_open_it(house):
    one = found(house)
    story = accused(house)

    with unlocked({str(one.key.pk): Secret.draw()}), pytest.raises(SealBroken):
        words_of(story)
    with unlocked({f"{one.key.pk}0": one.secret}), pytest.raises(SealLocked):
        words_of(story)


def test_what_was_sealed_before_is_sealed_to_the_key_when_there_is_one(house):
    first, second = accused(house), accused(house)
    plain = with_a_photo(house)
    assert words_of(first) == ALL
    assert hand_over_waiting(now=NOW) == 0

    one = found(house)

    assert hand_over_waiting(now=NOW) == 6
    assert hand_over_waiting(now=NOW) == 0
    for story in (first, second):
        assert all(is_committees(wrapped) for _owner, wrapped in boxes_of(story))
    assert not any(is_committees(wrapped) for _owner, wrapped in boxes_of(plain))
    with opened(one):
        assert words_of(first) == words_of(second) == ALL
    told = Event.objects.filter(verb="note.matters.handed_to_committee")
    assert sum(event.detail["count"] for event in told) == 6


def test_a_file_that_the_scanner_has_to_judge_waits_for_it(house):
    found(house)
    story = with_a_photo(house, text=SECRET)
    file = attachment(story)
    type(file).objects.update(held=True)
    story.take("hand_to_discipline", "receiver", reason="检举")

    assert not is_committees(attachment(story).box)
    type(file).objects.update(held=False)
    assert hand_over_waiting(now=NOW) == 1
    assert is_committees(attachment(story).box)


@pytest.mark.parametrize("who", ["chief", "receiver", "coordinator", "secadmin"])
def test_nobody_else_founds_or_unlocks_it(house, who):
    by = house.standing(who)
    with pytest.raises(NotPermitted):
        found_committee_key(OWN, by=by, now=NOW)
    found(house)
    with pytest.raises(NotPermitted):
        unlock(OWN, by=by, now=NOW)


@pytest.mark.parametrize("easy", ["", "十四个字符是太短的口令", "一二" * 10, " " * 20])
def test_an_easy_passphrase_is_not_taken(house, easy):
    with pytest.raises(PassphraseRefused) as refusal:
        found(house, easy)

    assert refusal.value.field == "passphrase"
    assert not CommitteeKey.objects.exists()


def test_there_is_one_key_at_a_time(house):
    found(house)

    with pytest.raises(Outdated):
        found(house)


def test_a_wrong_passphrase_opens_nothing_and_is_held_back(house):
    with pytest.raises(Missing):
        open_as(house, "discipline", OWN)
    found(house)
    for _time in range(6):
        with pytest.raises(WrongPassphrase) as refusal:
            open_as(house, "discipline", OTHERS)
    assert (refusal.value.field, "口令不对" in refusal.value.message) == (
        "passphrase",
        True,
    )

    with pytest.raises(TooOften):
        open_as(house, "discipline", OWN)
    later = NOW + timedelta(minutes=11)
    assert open_as(house, "discipline", OWN, now=later).secret
    assert Event.objects.filter(verb="note.matters.committee_key_refused").count() == 6


def test_the_copy_on_paper_unlocks_and_lets_one_choose_anew(house):
    one = found(house)
    paper = one.secret.on_paper().lower().replace("-", " ")

    again = open_as(house, "secretary", paper)
    with opened(again):
        change_passphrase(OTHERS, by=house.standing("secretary"), now=NOW)

    assert open_as(house, "secretary", OTHERS).secret == one.secret
    with pytest.raises(WrongPassphrase):
        open_as(house, "secretary", Secret.draw().on_paper())


def test_a_passphrase_is_changed_by_who_has_unlocked(house):
    one = found(house)
    by = house.standing("discipline")
    with pytest.raises(SealLocked):
        change_passphrase(OTHERS, by=by, now=NOW)
    with opened(one):
        change_passphrase(OTHERS, by=by, now=NOW)

    assert open_as(house, "discipline", OTHERS).secret == one.secret
    with pytest.raises(WrongPassphrase):
        open_as(house, "discipline", OWN)


def test_a_colleague_is_given_a_passphrase_for_some_days(house):
    one = found(house)
    secretary = house.people["secretary"].pk
    by = house.standing("discipline")
    with pytest.raises(SealLocked):
        share_key(secretary, by=by, now=NOW)
    with opened(one):
        given = share_key(secretary, by=by, now=NOW)
        for nobody in (house.people["chief"].pk, by.person_id):
            with pytest.raises(Missing):
                share_key(nobody, by=by, now=NOW)

    assert open_as(house, "secretary", given).secret == one.secret
    with pytest.raises(WrongPassphrase):
        open_as(house, "discipline", given)
    with pytest.raises(WrongPassphrase):
        open_as(house, "secretary", given, now=NOW + timedelta(days=3))


def test_a_new_key_leaves_nothing_to_who_left(house):
    one = found(house)
    story = accused(house)
    by = house.standing("discipline")
    with opened(one):
        share_key(house.people["secretary"].pk, by=by, now=NOW)
        new = rotate_committee_key(OTHERS, by=by, now=NOW)

    with opened(new):
        assert words_of(story) == ALL
    with opened(one), pytest.raises(SealLocked):
        words_of(story)
    assert [holder.key_id for holder in CommitteeHolder.objects.all()] == [new.key.pk]
    with pytest.raises(WrongPassphrase):
        open_as(house, "discipline", one.secret.on_paper())
    assert open_as(house, "discipline", OTHERS).secret == new.secret
    with opened(one), pytest.raises(SealLocked):
        rotate_committee_key(OWN, by=by, now=NOW)
    later = accused(house)
    with opened(new):
        assert words_of(later) == ALL


def test_the_ring_turns_without_them(house, settings, capsys):
    found(house)
    accused(house)
    with_a_photo(house)
    settings.SHUOSHI_KEYS = f"{NEW},{OLD}"

    done = rotate_keys(by="console", clock=lambda: NOW)

    assert (done.wrapped, done.broken, done.waiting) == (3, 0, 0)
    assert boxes_of_committees() == 3
    call_command("rotate_keys", "--check", "--json")
    told = json.loads(capsys.readouterr().out)
    assert (told["committees"], told["needed"], told["may_leave"]) == (3, [], ["k1"])
    call_command("rotate_keys", "--check")
    assert "另有 3 把只认纪委的密钥" in capsys.readouterr().out


def test_it_opens_under_sm4_and_when_the_ring_was_lost(house, settings):
    settings.SHUOSHI_KEYS = NEW
    one = found(house)
    story = accused(house)
    settings.SHUOSHI_KEYS = OLD

    with opened(one):
        assert words_of(story) == ALL


def test_it_is_erased_without_being_opened(house):
    one = found(house)
    story = accused(house)

    assert erase(
        "matters.Matter", story.matter.pk, by="console", now=NOW, why="request"
    )
    matter = Matter.objects.get(pk=story.matter.pk)
    assert (matter.key, matter.sealed_text) == ("", "")
    with opened(one), pytest.raises(SealErased):
        open_box(matter.uid, matter.key)


def test_what_was_cut_or_moved_does_not_open(house):
    one = found(house)
    matter = Matter.objects.get(pk=accused(house).matter.pk)
    other = Matter.objects.get(pk=accused(house).matter.pk)

    with opened(one):
        for wrapped in (matter.key[:30], other.key, matter.key[:-2] + "AA"):
            with pytest.raises(SealBroken):
                open_box(matter.uid, wrapped)


def test_nothing_is_sealed_to_a_key_that_the_house_did_not_draw(house):
    """Whoever writes into the database could put a key of their own there."""
    public = base64.b64encode(Secret.draw().public).decode()
    mine = house.mine.pk
    CommitteeKey.objects.create(mine_id=mine, public=public, created_at=NOW)

    story = accused(house)

    assert not any(is_committees(wrapped) for _owner, wrapped in boxes_of(story))
    assert hand_over_waiting(now=NOW) == 0
    assert has_no_key(mine)
