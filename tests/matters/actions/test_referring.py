"""Letters about cadres of a higher level go up unread, and leave a receipt alone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from shuoshi.common.refusals import Missing, NotPermitted, Outdated, Refused
from shuoshi.common.sealing import SealErased, open_box
from shuoshi.matters.actions.raising import matter_of_receipt
from shuoshi.matters.actions.referring import (
    name_higher_organ,
    pass_up,
    refer,
    referral_of_receipt,
    send_matter_up,
    take_letter,
)
from shuoshi.matters.models import Matter, Referral
from shuoshi.matters.queries.proving import prove_house
from shuoshi.matters.queries.referrals import (
    Where,
    higher_organ_of,
    letters_due,
    letters_here,
    letters_passed,
)
from shuoshi.matters.rules.receipts import is_well_formed
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from tests.keys.house import attachment, with_a_photo
from tests.matters.evidence import everything_about
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db
# NOW is Wednesday the 9th; the mid-autumn holiday is far.
IN_FIVE_WORKDAYS = date(2026, 9, 16)
SECRET = "收了井口工程的钱"


@pytest.fixture
def house():
    return build_house()


def letter(house, **given):
    return take_letter(
        channel="LETTER", by=house.standing("receiver"), now=NOW, **given
    )


def test_on_the_open_road_a_receipt_is_all_that_stays(house):
    taken = refer(mine_id=house.mine.pk, channel="WEB", now=NOW + timedelta(minutes=7))

    referral = Referral.objects.get()
    assert is_well_formed(taken.receipt)
    assert referral_of_receipt(taken.receipt) == referral
    assert matter_of_receipt(taken.receipt) is None
    assert (referral.number, referral.organ) == ("2026-S001", "上级纪检监察机关")
    assert (referral.letter_on, referral.due_on) == (None, None)
    assert not Matter.objects.exists()
    event = Event.objects.get(verb="note.matters.referral_taken")
    # When exactly somebody stood there is nobody's business.
    assert (event.by, event.at) == ("speaker", NOW)


def test_a_letter_at_the_desk_is_due_in_five_working_days(house):
    taken = letter(house)

    assert taken.referral.letter_on == date(2026, 9, 9)
    assert taken.referral.due_on == IN_FIVE_WORKDAYS
    assert is_well_formed(taken.receipt)


def test_a_letter_that_was_announced_keeps_its_receipt(house):
    receipt = refer(mine_id=house.mine.pk, channel="WEB", now=NOW).receipt
    typed = f"{receipt[:4]} {receipt[4:]}"

    taken = letter(house, receipt=typed)

    assert taken.receipt == ""
    assert Referral.objects.get().due_on == IN_FIVE_WORKDAYS
    with pytest.raises(Outdated) as refusal:
        letter(house, receipt=typed)
    assert refusal.value.field == "receipt"


def test_a_receipt_that_is_none_of_ours_changes_nothing(house):
    elsewhere = build_house("ELSEWHERE")
    receipt = refer(mine_id=elsewhere.mine.pk, channel="WEB", now=NOW).receipt

    for typed in (receipt, "1234567890123456", "x"):
        with pytest.raises(Missing):
            letter(house, receipt=typed)

    assert not Referral.objects.exclude(letter_on=None).exists()


def test_numbers_run_by_mine_and_year(house):
    elsewhere = build_house("ELSEWHERE")
    for mine in (house.mine, house.mine, elsewhere.mine):
        refer(mine_id=mine.pk, channel="WEB", now=NOW)
    refer(mine_id=house.mine.pk, channel="WEB", now=NOW + timedelta(days=365))

    mine = Referral.objects.filter(mine=house.mine)
    assert [one.number for one in mine] == ["2026-S001", "2026-S002", "2027-S001"]
    assert Referral.objects.get(mine=elsewhere.mine).number == "2026-S001"


def test_the_committee_alone_sees_and_passes_up(house):
    uid = letter(house).referral.uid
    committee = house.standing("discipline")

    for who in ("receiver", "coordinator", "chief", "leader", "sysadmin", "auditor"):
        somebody = house.standing(who)
        assert not letters_here(somebody)
        assert not letters_passed(somebody, 2026)
        assert not letters_due(somebody, date(2027, 1, 1))
        with pytest.raises(NotPermitted):
            pass_up(uid, by=somebody, now=NOW)
        with pytest.raises(NotPermitted):
            name_higher_organ(Where("x"), by=somebody, now=NOW)
    assert letters_due(committee, IN_FIVE_WORKDAYS - timedelta(days=1)) == 0
    assert letters_due(committee, IN_FIVE_WORKDAYS) == 1

    passed = pass_up(uid, by=committee, now=NOW + timedelta(days=2))

    assert (passed.passed_on, passed.passed_by) == (
        date(2026, 9, 11),
        house.people["discipline"],
    )
    assert not letters_here(committee)
    assert list(letters_passed(committee, 2026)) == [passed]
    with pytest.raises(Outdated):
        pass_up(uid, by=committee, now=NOW)


def test_a_committee_passes_up_what_is_of_its_own_mine(house):
    elsewhere = build_house("ELSEWHERE")
    uid = letter(house).referral.uid

    with pytest.raises(Missing):
        pass_up(uid, by=elsewhere.standing("discipline"), now=NOW)

    assert not letters_here(elsewhere.standing("discipline"))


def test_only_who_registers_takes_letters_in(house):
    for who in ("head", "chief", "discipline", "sysadmin"):
        with pytest.raises(NotPermitted):
            take_letter(channel="LETTER", by=house.standing(who), now=NOW)


def test_the_mine_says_where_letters_go(house):
    where = Where("集团纪委", "淮北路1号", "0561-0000000")

    name_higher_organ(where, by=house.standing("discipline"), now=NOW)

    assert higher_organ_of(house.mine.pk) == where
    assert letter(house).referral.organ == "集团纪委"
    assert higher_organ_of(build_house("ELSEWHERE").mine.pk).telephone == "12388"


def accused(house):
    house.enter("secretary", Role.DISCIPLINE, "discipline")
    story = with_a_photo(house, text=SECRET)
    return story.take("hand_to_discipline", "receiver", reason="检举")


def test_a_matter_that_goes_up_leaves_no_word_here(house):
    story = accused(house)
    kept = attachment(story)

    referral = send_matter_up(
        story.matter, by=house.standing("discipline"), now=story.now
    )

    assert referral.due_on == IN_FIVE_WORKDAYS
    matter = Matter.objects.get(pk=story.matter.pk)
    assert (matter.key, matter.speaker.key, matter.speaker.name) == ("", "", "")
    assert SECRET not in everything_about(matter.pk)
    with pytest.raises(SealErased):
        open_box(matter.uid, matter.key)
    kept.refresh_from_db()
    assert kept.removed_at is not None
    assert prove_house().ok
    assert list(letters_here(house.standing("discipline"))) == [referral]


def test_a_matter_goes_up_once_and_only_from_the_committee(house):
    story = accused(house)
    plain = Story(house)

    for who in ("receiver", "coordinator", "chief"):
        with pytest.raises(NotPermitted):
            send_matter_up(story.matter, by=house.standing(who), now=story.now)
    elsewhere = build_house("ELSEWHERE").standing("discipline")
    with pytest.raises(NotPermitted):
        send_matter_up(story.matter, by=elsewhere, now=story.now)
    with pytest.raises(Refused):
        send_matter_up(plain.matter, by=house.standing("discipline"), now=NOW)
    assert not Referral.objects.exists()

    send_matter_up(story.matter, by=house.standing("discipline"), now=story.now)
    story.matter.refresh_from_db()
    with pytest.raises(Outdated):
        send_matter_up(story.matter, by=house.standing("discipline"), now=story.now)


@pytest.mark.parametrize(
    "broken",
    [
        {"passed_on": date(2026, 9, 10)},
        {"due_on": date(2026, 9, 10)},
        {"receipt_digest": None},
    ],
)
def test_the_database_keeps_no_half_of_it(house, broken):
    taken = refer(mine_id=house.mine.pk, channel="WEB", now=NOW)

    with pytest.raises(IntegrityError):
        Referral.objects.filter(pk=taken.referral.pk).update(**broken)
