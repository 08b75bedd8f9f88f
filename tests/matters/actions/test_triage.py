from datetime import UTC, datetime, timedelta

import pytest

from shuoshi.matters.models import ClockEntry, Part
from shuoshi.matters.queries.search import matters_found
from shuoshi.org.actions.structure import end_post
from shuoshi.org.models import Category, Post
from shuoshi.org.queries.calendar import work_calendar
from shuoshi.org.queries.generation import generation
from tests.matters.evidence import last, name_of, refused, said, told
from tests.matters.house import NOW, Story, build_house


pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return build_house()


@pytest.fixture
def story(house):
    return Story(house)


def end_of(year, month, day):
    return datetime(year, month, day, 15, 59, 59, tzinfo=UTC)


def sorted_out(house, **given):
    plain = {
        "lead_unit": house.units["one"],
        "request_type": "COMPLAINT",
        "petition_class": "",
        "level": "ORDINARY",
    }
    return plain | given


def test_sorted_out(house, story):
    canteen = Category.objects.get()
    matter = story.triaged(category=canteen, risk="LOW", note="请抓紧").matter

    assert (matter.state, matter.request_type, matter.level) == (
        "TRIAGED",
        "COMPLAINT",
        "ORDINARY",
    )
    assert (matter.lead_unit, matter.category, matter.risk) == (
        house.units["one"],
        canteen,
        "LOW",
    )
    assert name_of(matter.responsible) == "head"
    assert last(matter).detail["lead_unit"] == house.units["one"].pk
    assert said(matter) == "请抓紧"


def test_the_head_of_the_lead_unit_and_the_speaker_are_told(story):
    assert told(story.triaged().matter, "triage") == ["head", "speaker"]


def test_units_that_assist_are_told_too(house, story):
    matter = story.triaged(assisting_units=[house.units["two"]]).matter

    assert told(matter, "triage") == ["head", "other_head", "speaker"]
    part = Part.objects.get()
    assert (part.unit, part.kind) == (house.units["two"], "ASSIST")
    assert last(matter).detail["assisting"] == [house.units["two"].pk]


def test_sorted_out_again_a_unit_assists_once(house, story):
    two = [house.units["two"]]
    story.triaged(assisting_units=two)
    story.take("send_back", "head", reason="不归我们").triaged(assisting_units=two)

    assert Part.objects.count() == 1


@pytest.mark.parametrize(
    ("classes", "due"),
    [
        ({"request_type": "ENQUIRY"}, end_of(2026, 9, 14)),
        ({"request_type": "COMPLAINT"}, end_of(2026, 9, 16)),
        # The twentieth is a Sunday, but worked instead of the holiday after it.
        ({"request_type": "SUGGESTION"}, end_of(2026, 9, 22)),
        ({"level": "COMPLEX"}, end_of(2026, 9, 30)),
        ({"level": "URGENT"}, end_of(2026, 9, 10)),
        ({"petition_class": "GRIEVANCE"}, end_of(2026, 11, 9)),
    ],
)
def test_the_limit_goes_by_class_and_counts_from_the_day_it_came(story, classes, due):
    story.now = NOW + timedelta(hours=20)

    matter = story.triaged(**classes).matter

    assert matter.answer_due_at == due
    start, limit = ClockEntry.objects.order_by("pk")
    assert (start.kind, limit.kind, start.at) == ("START", "LIMIT", NOW)
    assert limit.due_at == due
    assert limit.basis


def test_until_it_is_accepted_the_limit_of_that_step_runs(story):
    story.now = NOW + timedelta(hours=20)

    matter = story.triaged().matter

    assert matter.due_at == end_of(2026, 9, 11)
    assert matter.due_from == story.now


def test_an_urgent_one_is_accepted_within_half_an_hour(story):
    matter = story.triaged(level="URGENT").matter

    assert matter.due_at == story.now + timedelta(minutes=30)


def test_claims_are_told_apart(house):
    story = Story(house, claims=("热饭和开门",))
    matter = story.triaged(claims=["热饭", "开门"]).matter

    assert [claim.text for claim in matter.claims.order_by("place")] == ["热饭", "开门"]
    assert last(matter).detail["claims"] == 2
    # What was asked stays on record in the speaker's own words.
    assert said(matter) == "原来的诉求：热饭和开门"


def test_claims_left_as_they_were_are_left_alone(house):
    story = Story(house, claims=("热饭", "开门"))
    before = list(story.matter.claims.values_list("pk", flat=True))
    matter = story.triaged(claims=["热饭", "开门"]).matter

    assert list(matter.claims.values_list("pk", flat=True)) == before
    assert said(matter) == ""
    assert list(matters_found(house.standing("head"), "热饭")) == [matter]


def test_an_accusation_is_not_given_to_a_unit(house, story):
    given = sorted_out(house, petition_class="ACCUSATION")

    assert refused(story, "triage", "receiver", **given) == (
        "petition_class",
        "检举控告要密封移送纪委，不能分给其他单位。",
    )


@pytest.mark.parametrize(
    "about",
    [{"objects": "head"}, {"objects": "party_head"}, {"object_units": "one"}],
    ids=str,
)
def test_a_unit_does_not_lead_what_is_about_its_head_or_itself(house, story, about):
    # Whoever heads the Party department is nothing to district one.
    people = [house.people[name] for name in [about.get("objects")] if name]
    units = [house.units[name] for name in [about.get("object_units")] if name]
    given = sorted_out(house, objects=people, object_units=units)

    if about == {"objects": "party_head"}:
        story.take("triage", "coordinator", **given)
        return
    field, words = refused(story, "triage", "receiver", **given)
    assert (field, "换一个主办单位" in words) == ("lead_unit", True)


def test_the_lead_unit_does_not_assist_itself(house, story):
    given = sorted_out(house, assisting_units=[house.units["one"]])

    assert refused(story, "triage", "receiver", **given)[0] == "assisting_units"


def test_the_mine_as_a_whole_is_no_object(house, story):
    given = sorted_out(house, object_units=[house.units["root"]])

    assert refused(story, "triage", "receiver", **given)[0] == "object_units"


@pytest.mark.parametrize(
    "who", ["head", "handler", "other_head", "leader", "chief", "speaker", "discipline"]
)
def test_others_do_not_sort_it(house, story, who):
    refused(story, "triage", who, **sorted_out(house))


def test_a_unit_without_a_head_waits_with_the_receiver(house, story):
    end_post(Post.objects.get(person=house.people["head"]), on=NOW.date())

    assert name_of(story.triaged().matter.responsible) == "receiver"


def accepted(story, who="head", handler="handler", **given):
    return story.take("accept", who, handler=story.house.people[handler], **given)


def test_accepted_by_name(house, story):
    matter = accepted(story.triaged(), note="今天就办").matter

    assert matter.state == "HANDLING"
    assert name_of(matter.handler) == name_of(matter.responsible) == "handler"
    assert last(matter).detail["handler"] == house.people["handler"].pk
    assert said(matter) == "今天就办"
    assert told(matter, "accept") == ["handler", "receiver", "speaker"]


def test_accepting_leaves_the_total_clock_alone(story):
    story.triaged()
    due = story.matter.answer_due_at

    matter = accepted(story).matter

    assert matter.answer_due_at == matter.due_at == due
    assert matter.due_from == matter.received_at


@pytest.mark.parametrize(
    "who", ["receiver", "handler", "other_head", "leader", "chief"]
)
def test_others_do_not_accept(story, who):
    handler = story.house.people["handler"]

    refused(story.triaged(), "accept", who, handler=handler)


def test_nobody_bound_to_the_object_handles_it(house, story):
    story.triaged().take(
        "name_object", "receiver", objects=[house.people["mate"]], reason="说到他"
    )

    # The head stands above him in that unit, so he may not know of it either.
    assert name_of(story.matter.responsible) == "receiver"
    for bound in ("mate", "head"):
        given = {"handler": house.people[bound]}
        assert refused(story, "accept", "receiver", **given)[0] == "handler"
    accepted(story, "receiver")


def test_nobody_of_another_mine_or_no_longer_here_handles_it(house, story):
    north = build_house("NORTH")
    story.triaged()
    end_post(Post.objects.get(person=house.people["mate"]), on=NOW.date())

    for stranger in (north.people["handler"], house.people["mate"]):
        assert refused(story, "accept", "head", handler=stranger)[0] == "handler"


def test_sent_back(house, story):
    story.triaged()
    due = story.matter.answer_due_at
    story.take(
        "send_back", "head", reason="不归我们", suggested_unit=house.units["two"]
    )
    matter = story.matter

    assert (matter.state, matter.returns, matter.designated) == ("RECEIVED", 1, False)
    assert name_of(matter.responsible) == "receiver"
    assert matter.answer_due_at == due
    assert last(matter).detail["suggested"] == house.units["two"].pk
    assert said(matter) == "不归我们"
    assert told(matter, "send_back") == ["receiver"]
    assert matter.clock.count() == 2


def test_the_third_return_goes_to_the_leader_in_charge(house, story):
    for _time in range(3):
        story.triaged().take("send_back", "head", reason="不归我们")
    matter = story.matter

    assert (matter.returns, matter.designated) == (3, True)
    assert name_of(matter.responsible) == "leader"
    assert last(matter).detail["returns"] == 3
    assert told(matter, "send_back") == ["leader"] + ["receiver"] * 3
    for who in ("receiver", "coordinator"):
        refused(story, "triage", who, **sorted_out(house))


def test_what_the_leader_designates_stays(house, story):
    for _time in range(3):
        story.triaged().take("send_back", "head", reason="不归我们")
    story.take("triage", "leader", **sorted_out(house))

    _field, words = refused(story, "send_back", "head", reason="还是不归我们")
    assert "由领导指定承办，不能退回" in words
    accepted(story)


def test_the_leader_designates_a_unit_not_the_mine(house, story):
    for _time in range(3):
        story.triaged().take("send_back", "head", reason="不归我们")

    given = sorted_out(house, lead_unit=house.units["root"])
    assert refused(story, "triage", "leader", **given)[0] == "lead_unit"


def test_after_five_working_days_it_counts_as_accepted(house, story):
    story.triaged()
    calendar = work_calendar(house.mine.pk, generation())
    last_day = calendar.add_working(story.now.date(), 5).day
    story.now = datetime(
        last_day.year, last_day.month, last_day.day, 15, 58, tzinfo=UTC
    )
    on_time = refused(story, "send_back", "mate", reason="不是我办的")
    story.now += timedelta(minutes=1)

    field, words = refused(story, "send_back", "head", reason="不归我们")

    assert on_time == (None, "您不能这样做。")
    assert (field, "视为已经受理" in words) == ("reason", True)
