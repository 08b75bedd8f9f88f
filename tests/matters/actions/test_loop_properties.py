"""
Random steps by random people: whatever they try, the seven invariants hold.

The allowed moves stand here once more, written by hand, so that a slip in the table is
caught by somebody who did not read it.
"""

import random
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.steps import steps_open_to, take_step
from shuoshi.matters.actions.warnings import climb_ladder, warn_of_late_parts
from shuoshi.matters.models import Claim, ClockEntry, Letter, Matter, Part
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by
from shuoshi.matters.rules.access import Permission, gate, is_kept_from
from shuoshi.matters.rules.states import ENDED, OPEN, State
from shuoshi.matters.rules.table import STEPS
from shuoshi.notices.models import Notice
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import FIRST, event_hash
from tests.matters.given import Answerer
from tests.matters.house import NOW, build_house, raised, speaker


pytestmark = pytest.mark.django_db

MOVES = {
    ("RECEIVED", "solve_on_spot", "ANSWERED"),
    ("RECEIVED", "triage", "TRIAGED"),
    ("RECEIVED", "decline", "DECLINED"),
    ("RECEIVED", "merge", "MERGED"),
    ("RECEIVED", "hand_to_discipline", "HANDED_OVER"),
    ("TRIAGED", "hand_to_discipline", "HANDED_OVER"),
    ("TRIAGED", "accept", "HANDLING"),
    ("TRIAGED", "send_back", "RECEIVED"),
    ("TRIAGED", "call_deliberation", "DELIBERATING"),
    ("HANDLING", "call_deliberation", "DELIBERATING"),
    ("DELIBERATING", "conclude", "HANDLING"),
    ("HANDLING", "answer", "ANSWERED"),
    ("ANSWERED", "reopen", "HANDLING"),
    ("ANSWERED", "close", "CLOSED"),
    ("CLOSED", "ask_review", "REVIEWING"),
    ("DECLINED", "ask_review", "REVIEWING"),
    ("MERGED", "ask_review", "REVIEWING"),
    ("CLOSED", "ask_final_review", "FINAL_REVIEWING"),
    ("DECLINED", "ask_final_review", "FINAL_REVIEWING"),
    ("MERGED", "ask_final_review", "FINAL_REVIEWING"),
    ("REVIEWING", "uphold", "CLOSED"),
    ("FINAL_REVIEWING", "uphold", "CLOSED"),
    ("REVIEWING", "overturn", "RECEIVED"),
    ("FINAL_REVIEWING", "overturn", "RECEIVED"),
    *((str(state), "withdraw", "WITHDRAWN") for state in OPEN),
}
NEVER_TOUCH_THE_TOTAL = {
    "send_back",
    "hand_over",
    "merge",
    "accept",
    "recuse",
    "conclude",
}


def everything_about(matter_id):
    """All that a refused step must leave as it was."""
    matter = Matter.objects.filter(pk=matter_id).values().get()
    return (
        matter,
        list(Event.objects.filter(about=matter["uid"]).order_by("seq").values()),
        *(
            list(model.objects.filter(matter=matter_id).order_by("pk").values())
            for model in (Claim, Part, ClockEntry, Letter)
        ),
        Notice.objects.filter(about=matter["uid"]).count(),
    )


class Loop(RuleBasedStateMachine):
    """One mine, some matters, everybody trying everything."""

    @initialize(seed=st.integers(0, 2**32))
    def open_the_house(self, seed):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.chance = random.Random(seed)
        self.house = build_house()
        self.answerer = Answerer(self.house, self.chance)
        self.now = NOW
        self.seen = {}
        self.raise_one("NAMED")

    @rule(identity=st.sampled_from(["NAMED", "CONFIDENTIAL", "ANONYMOUS"]))
    def raise_one(self, identity):
        if Matter.objects.count() < 3:
            matter = raised(self.house, now=self.now, identity=identity)
            self.seen[matter.pk] = (matter.first_receiver_id, [])

    @rule(data=st.data())
    def somebody_tries_something(self, data):
        matter = data.draw(st.sampled_from(list(Matter.objects.order_by("pk"))))
        name = data.draw(st.sampled_from(sorted(STEPS)))
        who = data.draw(st.sampled_from([*sorted(self.house.people), "speaker"]))
        self.attempt(matter, name, who)

    @rule(data=st.data())
    def somebody_does_what_is_open_to_them(self, data):
        matter = data.draw(st.sampled_from(list(Matter.objects.order_by("pk"))))
        page = for_the_page(Matter.objects.filter(pk=matter.pk)).get()
        open_to = [
            (who, step.name)
            for who in [*sorted(self.house.people), "speaker"]
            for step in steps_open_to(self.by(who, matter), page, now=self.now)
        ]
        if open_to:
            who, name = data.draw(st.sampled_from(open_to))
            self.attempt(matter, name, who)

    @rule(hours=st.sampled_from([1, 20, 70, 300, 800]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        climb_ladder(now=self.now)
        warn_of_late_parts(now=self.now)

    def by(self, who, matter):
        return speaker(matter) if who == "speaker" else self.house.standing(who)

    def attempt(self, matter, name, who):
        self.now += timedelta(minutes=1)
        before = everything_about(matter.pk)
        given = self.answerer.answer(name, matter, self.now)
        try:
            with transaction.atomic():
                take_step(
                    matter, name, by=self.by(who, matter), now=self.now, given=given
                )
        except Refused as refusal:
            self.left_alone(refusal, before, matter.pk)
        else:
            self.moved_as_allowed(before, matter.pk)

    def left_alone(self, refusal, before, matter_id):
        assert refusal.message
        assert everything_about(matter_id) == before

    def moved_as_allowed(self, before, matter_id):
        uid, seq = before[0]["uid"], before[0]["version"]
        for event in Event.objects.filter(about=uid, seq__gt=seq).order_by("seq"):
            source, target = event.detail["from"], event.detail["to"]
            if source != target:
                assert (source, event.verb, target) in MOVES
            if event.verb in NEVER_TOUCH_THE_TOTAL:
                now = Matter.objects.get(pk=matter_id)
                assert now.answer_due_at == before[0]["answer_due_at"]

    @invariant()
    def an_open_matter_has_one_responsible_one_unit_one_deadline(self):
        for matter in for_the_page(Matter.objects.all()):
            held = (matter.responsible_id, matter.due_at)
            assert all(held) if matter.state in OPEN else held == (None, None)
            assert matter.lead_unit_id
            if matter.responsible:
                who = next(
                    name
                    for name, person in self.house.people.items()
                    if person.pk == matter.responsible_id
                )
                assert not is_kept_from(self.house.standing(who), matter)

    @invariant()
    def the_first_receiver_stays_and_events_are_only_added(self):
        for matter in Matter.objects.all():
            receiver, known = self.seen[matter.pk]
            events = list(
                Event.objects.filter(about=matter.uid).order_by("seq").values()
            )
            assert matter.first_receiver_id == receiver
            assert events[: len(known)] == known
            self.seen[matter.pk] = (receiver, events)

    @invariant()
    def every_history_proves_itself(self):
        for matter in Matter.objects.all():
            last = FIRST
            for event in Event.objects.filter(about=matter.uid).order_by("seq"):
                assert event.prev_hash == last
                assert event_hash(event) == event.hash
                last = event.hash
            assert (matter.head_hash, matter.version) == (last, event.seq)

    @invariant()
    def nothing_ends_without_a_word_to_the_speaker(self):
        for matter in Matter.objects.filter(state__in=ENDED):
            outcomes = set(matter.claims.values_list("outcome", flat=True))
            match State(matter.state):
                case State.CLOSED:
                    kept = matter.ground or matter.merged_into_id
                    assert kept or "" not in outcomes
                case State.DECLINED:
                    assert matter.ground
                    assert matter.letters.filter(kind="DECLINE").exists()
                case State.MERGED:
                    assert matter.merged_into_id
                    assert matter.ask_until
                case State.HANDED_OVER:
                    assert matter.sealed

    @invariant()
    def who_sees_a_matter_is_decided_once(self):
        matters = list(for_the_page(Matter.objects.all()))
        for who in self.house.people:
            person = self.house.standing(who)
            seen = set(matters_seen_by(person).values_list("pk", flat=True))
            for matter in matters:
                sees = matter.pk in seen
                assert sees == gate.may(person, Permission.SEE, matter)
                if is_kept_from(person, matter):
                    assert not sees
                    assert steps_open_to(person, matter, now=self.now) == []

    @invariant()
    def a_sealed_matter_is_read_by_the_committee_alone(self):
        for matter in for_the_page(Matter.objects.filter(sealed=True)):
            assert (matter.text, matter.title) == ("", "")
            for who in self.house.people:
                person = self.house.standing(who)
                if gate.may(person, Permission.READ, matter):
                    assert person.is_any(Role.DISCIPLINE)

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)


Loop.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
class TestLoop(Loop.TestCase):
    """Run the machine against the database of the test run."""
