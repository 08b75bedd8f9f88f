"""Whom a speaker names never has the matter in hand, not for a moment."""

import pytest

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import Telling, Told
from shuoshi.common.refusals import Refused
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.actions.raising import raise_matter, register_matter
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import matters_seen_by, numbered
from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.queries.proving import prove_house
from shuoshi.matters.rules.sayings import Saying
from shuoshi.notices.models import Notice
from shuoshi.org.actions.generation import bump
from shuoshi.org.actions.structure import appoint
from shuoshi.org.models import Post
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = build_house()
    day = NOW.date()
    put_on_duty(house.people["receiver"], unit=house.units["party"], day=day)
    return house


def say(house, **said):
    words = {"text": "班里的奖金不发", "identity": "ANONYMOUS"} | said
    raised = raise_matter(
        Saying(**words), mine_id=house.mine.pk, channel="WEB", now=NOW
    )
    return Matter.objects.get(pk=raised.matter.pk)


def seers(house):
    return {
        who for who in house.people if matters_seen_by(house.standing(who)).exists()
    }


def told():
    return set(Notice.objects.values_list("to__username", flat=True))


def verbs(matter):
    events = Event.objects.filter(about=matter.uid).order_by("seq")
    return list(events.values_list("verb", flat=True))


def test_who_is_named_is_out_before_anybody_is_told(house):
    matter = say(house, about="receiver某，就是值班的那个")

    assert seers(house) == {"coordinator", "chief"}
    assert matter.responsible == house.people["coordinator"]
    assert told() == {"mine-coordinator"}
    assert verbs(matter) == ["register", "name_as_told"]
    assert matter.text.endswith("被反映的人：receiver某，就是值班的那个")
    assert prove_house().ok


def test_a_space_in_a_name_changes_nothing(house):
    say(house, about="是 receiver 某 和他的人")

    assert "receiver" not in seers(house)


def test_the_line_of_who_is_named_is_out_too(house):
    # The head of the Party department, whose people are on duty.
    say(house, about="party_head某")

    assert "receiver" not in seers(house)


def test_a_named_unit_keeps_out_all_of_it(house):
    matter = say(house, about_unit_id=house.units["party"].pk)

    assert matter.names_objects
    assert "receiver" not in seers(house)
    # By the unit itself, not for want of knowing who is meant.
    assert "chief" in seers(house)


def test_what_is_about_all_who_sort_falls_to_the_committee_by_itself(house):
    matter = say(house, about="receiver某和coordinator某串通")

    assert (matter.state, matter.sealed, matter.text) == ("HANDED_OVER", True, "")
    assert verbs(matter)[-1] == "fall_to_discipline"
    assert "coordinator" not in seers(house)
    assert told().isdisjoint({"mine-receiver", "mine-coordinator"})


def test_while_nobody_knows_who_is_meant_the_committee_alone_has_it(house):
    other = say(house, about="某个不认识的人")

    assert seers(house) == {"discipline"}
    assert other.responsible == house.people["discipline"]
    assert told() == {"mine-discipline"}
    assert (other.sealed, other.state) == (False, "RECEIVED")

    story = Story(house, other)
    story.take("name_object", "discipline", reason="外单位的人")

    assert not story.matter.names_objects
    assert {"receiver", "coordinator", "chief"} <= seers(house)
    assert story.matter.responsible == house.people["receiver"]
    assert prove_house().ok


def test_once_the_committee_has_named_them_it_goes_its_way(house):
    story = Story(house, say(house, about="值班的那个胖子"))

    people = [house.people["receiver"]]
    story.take("name_object", "discipline", objects=people, reason="问过了")

    assert seers(house) == {"coordinator", "chief"}
    assert story.matter.responsible == house.people["coordinator"]


@pytest.mark.parametrize("about", ["", "无", " 没有。", "不知道"])
def test_nobody_is_nobody(house, about):
    matter = say(house, about=about)

    assert not matter.names_objects
    assert "receiver" in seers(house)


@pytest.mark.parametrize(
    "about",
    [
        "re·cei·ver某",
        "receiver-某",
        "ｒｅｃｅｉｖｅｒ某",
        "rece\u200biver某",
        "说事室主任",
        "party队的负责人",
        "party 队",
    ],
)
def test_odd_signs_posts_and_units_are_known_too(house, about):
    post = Post.objects.get(person=house.people["receiver"])
    Post.objects.filter(pk=post.pk).update(title="说事室主任")
    bump()

    say(house, about=about)

    assert "receiver" not in seers(house)
    assert "chief" in seers(house)


def test_what_is_kept_from_people_leaves_no_gap_in_the_numbers(house):
    named = {"identity": "NAMED", "name": "张三丰"}
    numbers = [say(house, **named).number]
    apart = say(house, about="receiver某", **named).number
    # An anonymous one would be known to the minute by its neighbours.
    assert len(say(house).number) == len(apart)
    numbers.append(say(house, **named).number)

    assert numbers == ["2026-0001", "2026-0002"]
    assert len(apart.split("-")[1]) == 7
    found = matters_seen_by(house.standing("coordinator"))
    assert numbered(found, apart).exists()


def test_what_names_everybody_lies_sealed_for_the_committee_above(house):
    everybody = "、".join(f"{who}某" for who in house.people)

    matter = say(house, about=everybody)

    assert (matter.state, matter.sealed, matter.text) == ("HANDED_OVER", True, "")
    assert seers(house) == set()
    assert told() == {None}
    tellings = Telling.objects.filter(kind=Told.FOR_ABOVE)
    assert set(tellings.values_list("person__username", flat=True)) == {
        "mine-secadmin",
        "mine-auditor",
    }
    assert progress_of(matter).for_above
    assert prove_house().ok


def test_of_one_committee_each_is_the_others_line(house):
    deputy = enter_person("deputy", name="副书记", password=None)
    appoint(deputy, role=Role.DISCIPLINE, unit=house.units["discipline"])

    matter = say(house, about="discipline某，coordinator某和receiver某")

    assert matter.responsible == house.people["chief"]
    story = Story(house, say(house, about="coordinator某和receiver某，奖金"))
    assert story.matter.sealed
    assert matters_seen_by(standing_of(deputy)).get() == story.matter


def test_of_two_with_the_same_name_both_are_out(house):
    twin = house.people["coordinator"]
    twin.name = "receiver某"
    twin.save()

    say(house, about="receiver某")

    assert {"receiver", "coordinator"}.isdisjoint(seers(house))


def test_nobody_names_the_whole_mine(house):
    with pytest.raises(Refused, match="不能把全矿"):
        say(house, about_unit_id=house.units["root"].pk)

    assert not Matter.objects.exists()
    assert not Event.objects.exclude(verb__startswith="note.").exists()


def test_at_the_desk_it_is_the_same(house):
    saying = Saying("奖金不发", name="张三丰", about="coordinator某")

    register_matter(saying, channel="PHONE", by=house.standing("receiver"), now=NOW)

    assert "coordinator" not in seers(house)
    assert "receiver" in seers(house)


def test_the_same_form_twice_is_one_matter(house):
    saying = Saying("奖金不发", identity="ANONYMOUS", about="receiver某")
    given = {"mine_id": house.mine.pk, "channel": "WEB", "now": NOW, "nonce": "n" * 20}

    first, again = raise_matter(saying, **given), raise_matter(saying, **given)

    assert again.again
    assert first.receipt == again.receipt
    assert Matter.objects.count() == 1
