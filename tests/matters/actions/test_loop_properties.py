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
from hypothesis import event as hypothesis_event
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.steps import steps_open_to, take_step
from shuoshi.matters.actions.warnings import climb_ladder, warn_of_late_parts
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import for_the_page, matters_seen_by, read_by
from shuoshi.matters.rules.access import Permission, gate, is_kept_from
from shuoshi.matters.rules.states import OPEN, State
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.rules.roles import Role
from shuoshi.trail.models import Event
from shuoshi.trail.rules.chain import FIRST, event_hash
from tests.matters.evidence import everything_about
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
    ("RECEIVED", "fall_to_discipline", "HANDED_OVER"),
    ("TRIAGED", "fall_to_discipline", "HANDED_OVER"),
    ("DELIBERATING", "fall_to_discipline", "HANDED_OVER"),
    ("HANDLING", "fall_to_discipline", "HANDED_OVER"),
    *((str(state), "withdraw", "WITHDRAWN") for state in OPEN),
}
NEVER_TOUCH_THE_TOTAL = {
    "send_back",
    "hand_over",
    "merge",
    "accept",
    "recuse",
    "order_recusal",
    "conclude",
}


# Ends that are open from the first day on: taken as often as the rest, hardly a matter
# would live to be answered.
IDENTITIES = st.sampled_from(["NAMED", "CONFIDENTIAL", "ANONYMOUS"])
REACHED = set()
EARLY_ENDS = {"withdraw", "decline", "merge", "hand_to_discipline", "solve_on_spot"}


class Loop(RuleBasedStateMachine):
    """One mine, some matters, everybody trying everything."""

    # Built once for all examples; each takes back what it did.
    house = None
    standings = None

    @initialize(seed=st.integers(0, 2**32))
    def open_the_house(self, seed):
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.chance = random.Random(seed)
        self.answerer = Answerer(self.house, self.chance)
        self.now = NOW
        self.seen = {}
        self.settled, self.related = {}, {}
        self.raise_one("NAMED")

    @precondition(lambda self: len(self.seen) < 3)
    @rule(identity=IDENTITIES)
    def one_more_is_raised(self, identity):
        self.raise_one(identity)

    def raise_one(self, identity):
        matter = raised(self.house, now=self.now, identity=identity)
        self.seen[matter.pk] = (matter.first_receiver_id, [])
        return matter

    @rule()
    def somebody_tries_something(self):
        who = self.chance.choice([*sorted(self.standings), "speaker"])
        self.attempt(self.some_matter(), self.chance.choice(sorted(STEPS)), who)

    @rule()
    def somebody_does_what_is_open_to_them(self):
        matter = self.some_matter()
        fitting = self.chance.random() < 0.6
        self.one_of(self.open_to_anybody(matter), matter, fitting=fitting)

    @rule(steps=st.integers(2, 5))
    def the_loop_goes_on(self, steps):
        """Take a matter onwards, step by step, with answers that fit."""
        matter = self.some_matter()
        for _step in range(steps):
            onwards = [
                (who, name)
                for who, name in self.open_to_anybody(matter)
                if (STEPS[name].target or name == "rate") and name not in EARLY_ENDS
            ]
            self.one_of(onwards, matter, fitting=True)

    @precondition(lambda self: len(self.seen) < 6)
    @rule(identity=IDENTITIES)
    def one_more_ends_early(self, identity):
        matter = self.raise_one(identity)
        ends = [pair for pair in self.open_to_anybody(matter) if pair[1] in EARLY_ENDS]
        self.one_of(ends, matter, fitting=True)

    def one_of(self, choices, matter, *, fitting):
        """Try one; the step first, else what many may do would crowd out the rest."""
        if choices:
            name = self.chance.choice(sorted({name for _who, name in choices}))
            who = self.chance.choice([who for who, step in choices if step == name])
            self.attempt(matter, name, who, fitting=fitting)

    def some_matter(self):
        return self.chance.choice(list(Matter.objects.order_by("pk")))

    def open_to_anybody(self, matter):
        page = for_the_page(Matter.objects.filter(pk=matter.pk)).get()
        return [
            (who, step.name)
            for who in [*sorted(self.standings), "speaker"]
            for step in steps_open_to(self.by(who, matter), page, now=self.now)
        ]

    @rule(hours=st.sampled_from([1, 20, 70, 300, 800]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)
        climb_ladder(now=self.now)
        warn_of_late_parts(now=self.now)

    def by(self, who, matter):
        return speaker(matter) if who == "speaker" else self.standings[who]

    def attempt(self, matter, name, who, *, fitting=False):
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
            hypothesis_event(f"took {event.verb}")
            hypothesis_event(f"reached {target}")
            REACHED.add(target)
            if source != target:
                assert (source, event.verb, target) in MOVES
            if event.verb in NEVER_TOUCH_THE_TOTAL:
                now = Matter.objects.get(pk=matter_id)
                assert now.answer_due_at == before[0]["answer_due_at"]

    def changed(self):
        """Return the matters that are not as the invariants last found them."""
        now = dict(Matter.objects.values_list("pk", "version"))
        moved = [pk for pk, version in now.items() if self.settled.get(pk) != version]
        return for_the_page(Matter.objects.filter(pk__in=moved)) if moved else []

    @invariant()
    def all_seven_hold(self):
        for matter in self.changed():
            self.an_open_matter_has_one_responsible_one_unit_one_deadline(matter)
            self.the_first_receiver_stays_and_events_are_only_added(matter)
            self.every_history_proves_itself(matter)
            self.nothing_ends_without_a_word_to_the_speaker(matter)
            # Who may see it hangs on these alone.
            relations = self.relations_of(matter)
            if self.related.get(matter.pk) != relations:
                self.who_sees_a_matter_is_decided_once(matter)
                self.a_sealed_matter_is_read_by_the_committee_alone(matter)
            self.related[matter.pk] = relations
            self.settled[matter.pk] = matter.version

    def relations_of(self, matter):
        people = (matter.first_receiver_id, matter.responsible_id)
        work = (matter.handler_id, matter.convener_id, matter.lead_unit_id)
        parts = sorted({part.unit_id for part in matter.parts.all()})
        objects = [(one.person_id, one.unit_id) for one in matter.objects_named.all()]
        return (people, work, parts, objects, matter.sealed, matter.names_objects)

    def an_open_matter_has_one_responsible_one_unit_one_deadline(self, matter):
        held = (matter.responsible_id, matter.due_at)
        assert all(held) if matter.state in OPEN else held == (None, None)
        assert matter.lead_unit_id
        if matter.responsible:
            who = matter.responsible.username.partition("-")[2]
            assert not is_kept_from(self.standings[who], matter)

    def the_first_receiver_stays_and_events_are_only_added(self, matter):
        receiver, known = self.seen[matter.pk]
        events = list(Event.objects.filter(about=matter.uid).order_by("seq").values())
        assert matter.first_receiver_id == receiver
        assert events[: len(known)] == known
        self.seen[matter.pk] = (receiver, events)

    def every_history_proves_itself(self, matter):
        last = FIRST
        for event in Event.objects.filter(about=matter.uid).order_by("seq"):
            assert event.prev_hash == last
            assert event_hash(event) == event.hash
            last = event.hash
        assert (matter.head_hash, matter.version) == (last, event.seq)

    def nothing_ends_without_a_word_to_the_speaker(self, matter):
        outcomes = {claim.outcome for claim in matter.claims.all()}
        match State(matter.state):
            case State.CLOSED:
                kept = matter.ground or matter.merged_into_id
                assert kept or "" not in outcomes
            case State.DECLINED:
                assert matter.ground
                assert matter.ask_until
                assert matter.letters.filter(kind="DECLINE").exists()
            case State.MERGED:
                assert matter.merged_into_id
                assert matter.ask_until
            case State.HANDED_OVER:
                assert matter.sealed

    def who_sees_a_matter_is_decided_once(self, matter):
        for person in self.standings.values():
            sees = matters_seen_by(person).filter(pk=matter.pk).exists()
            assert sees == gate.may(person, Permission.SEE, matter)
            reads = sees
            if matter.sealed:
                reads = read_by(person).filter(pk=matter.pk).exists()
            assert reads == gate.may(person, Permission.READ, matter)
            if is_kept_from(person, matter):
                assert not sees
                assert steps_open_to(person, matter, now=self.now) == []

    def a_sealed_matter_is_read_by_the_committee_alone(self, matter):
        if not matter.sealed:
            return
        assert (matter.text, matter.title) == ("", "")
        for person in self.standings.values():
            if gate.may(person, Permission.READ, matter):
                assert person.is_any(Role.DISCIPLINE)

    def teardown(self):
        if hasattr(self, "undo"):
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)


Loop.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.django_db
class TestLoop(Loop.TestCase):
    """Run the machine against the database of the test run."""

    @pytest.fixture(autouse=True)
    def the_house_stands(self, db):
        Loop.house = build_house()
        Loop.standings = {who: Loop.house.standing(who) for who in Loop.house.people}
        REACHED.clear()
        yield
        assert set(State) == REACHED
