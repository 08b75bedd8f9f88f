"""Let invented stories happen one after the other, as if they had been lived."""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from shuoshi.accounts.models import User
from shuoshi.common.refusals import Refused
from shuoshi.common.workdays import WorkCalendar
from shuoshi.demo.people import People
from shuoshi.demo.tales import Tale
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.states import ENDED, State
from shuoshi.org.models import Unit
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.standing import CLOCK, Standing, speaker_of


if TYPE_CHECKING:
    from shuoshi.matters.actions.raising import Raised


@dataclass(frozen=True)
class Beat:
    """One thing that somebody does to a matter at a moment."""

    at: datetime
    step: str
    by: Standing
    given: dict[str, Any] = field(default_factory=dict)


@dataclass
class Scene:
    """A matter on its way, and what its plot may ask for."""

    tale: Tale
    plot: "Callable[[Scene], Iterator[Beat]]"
    enters_at: datetime
    stage: "Stage"
    rng: random.Random
    words: dict[str, str]
    # Raises the matter when the time has come.
    enter: "Callable[[Scene], Raised]"
    # For a scene that is merged: the one into which.
    other: "Scene | None" = None
    at: datetime = field(init=False)
    matter: Matter = field(init=False)

    def pick(self, choices: tuple[str, ...]) -> str:
        return self.rng.choice(choices).format_map(self.words)

    def work(self, *, days: float = 0, hours: float = 0) -> datetime:
        """Return a moment in office hours so many working days and hours later."""
        return self.stage.office(self.at, days=days, hours=hours, rng=self.rng)

    def person(self, person_id: int) -> Standing:
        return standing_of(User.objects.get(pk=person_id))

    @property
    def speaker(self) -> Standing:
        return speaker_of(self.matter.pk, self.matter.mine_id)

    @property
    def responsible(self) -> Standing:
        """The one whom the matter waits for; nobody's turn is an error in the plot."""
        return standing_of(User.objects.get(matters_answered_for=self.matter))

    def unit(self, code: str) -> Unit:
        return self.stage.people.units[code]


@dataclass
class Stage:
    """The mine while its stories happen."""

    people: People
    days: WorkCalendar
    now: datetime
    queue: list[tuple[datetime, int, Scene, Iterator[Beat] | None, Beat | None]] = (
        field(default_factory=list)
    )
    pushed: int = 0
    entered: int = 0
    steps: int = 0
    refused: list[str] = field(default_factory=list)

    def add(self, scene: Scene) -> None:
        self._push(scene.enters_at, scene, None, None)

    def run(self, told: Callable[[int], None]) -> None:
        """Let everything happen that happens until now, in the order of time."""
        scenes: list[Scene] = []
        while self.queue:
            at, _, scene, story, beat = heapq.heappop(self.queue)
            scene.at = at
            if beat is None:
                scene.matter = scene.enter(scene).matter
                scenes.append(scene)
                self.entered += 1
                told(self.entered)
                story = scene.plot(scene)
            elif not self._take(scene, beat):
                continue
            if story is not None:
                self._next(scene, story)
        for scene in scenes:
            self.wait(scene, self.now)

    def _next(self, scene: Scene, story: Iterator[Beat]) -> None:
        beat = next(story, None)
        if beat is not None and beat.at <= self.now:
            self._push(max(beat.at, scene.at), scene, story, beat)

    def _take(self, scene: Scene, beat: Beat) -> bool:
        """Take the step that is due; False where the story ends before it."""
        self.wait(scene, scene.at)
        if scene.matter.state in ENDED and beat.by is CLOCK:
            return False
        try:
            scene.matter = take_step(
                scene.matter, beat.step, by=beat.by, now=scene.at, given=beat.given
            )
        except Refused as refusal:
            self.refused.append(f"{scene.matter} {beat.step}: {refusal.message}")
            return False
        self.steps += 1
        return True

    def wait(self, scene: Scene, until: datetime) -> None:
        """Let the clock do what it does by itself meanwhile."""
        while (at := scene.matter.next_rung_at) is not None and at <= until:
            state = scene.matter.state
            step = "close" if state == State.ANSWERED else "climb"
            scene.matter = take_step(scene.matter, step, by=CLOCK, now=at)
            self.steps += 1

    def _push(
        self,
        at: datetime,
        scene: Scene,
        story: Iterator[Beat] | None,
        beat: Beat | None,
    ) -> None:
        # Of two at the same moment, the one that was planned first goes first.
        self.pushed += 1
        heapq.heappush(self.queue, (at, self.pushed, scene, story, beat))

    def office(
        self, start: datetime, *, days: float, hours: float, rng: random.Random
    ) -> datetime:
        """Return a moment in office hours, that much later."""
        local = start.astimezone(ZONE)
        day = local.date()
        for _ in range(int(days)):
            day = self.days.next_workday(day + timedelta(days=1))
        moment = datetime.combine(day, local.time(), ZONE) + timedelta(hours=hours)
        return self.in_office(moment, rng)

    def in_office(self, moment: datetime, rng: random.Random) -> datetime:
        """Move a moment into office hours, if it lies outside."""
        local = moment.astimezone(ZONE)
        day = local.date()
        if not self.days.is_workday(day) or local.hour >= 17:
            day = self.days.next_workday(day + timedelta(days=int(local.hour >= 17)))
            return self.at_hour(day, rng.uniform(8.2, 10))
        if local.hour < 8:
            return self.at_hour(day, rng.uniform(8.2, 9))
        return local.astimezone(UTC)

    def worked_back(self, days: int) -> date:
        """Return the day so many working days ago, 0 for the last one."""
        day = self.now.astimezone(ZONE).date()
        while days or not self.days.is_workday(day):
            days -= self.days.is_workday(day)
            day -= timedelta(days=1)
        return day

    def at_hour(self, day: date, hour: float) -> datetime:
        minutes = int(hour * 60)
        return datetime.combine(
            day, time(minutes // 60, minutes % 60), ZONE
        ).astimezone(UTC)
