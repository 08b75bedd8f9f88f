"""Decide which stories are told, when each begins and who comes with it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shuoshi.demo import entrances
from shuoshi.demo.mine import DISTRICTS
from shuoshi.demo.people import GIVEN, SURNAMES
from shuoshi.demo.stage import Beat, Scene, Stage
from shuoshi.demo.stories import plain, running, winding
from shuoshi.demo.tales import TALES, Tale
from shuoshi.demo.tales.ideas import ACCUSATIONS, ELSEWHERE, NAMED
from shuoshi.matters.queries.clock import ZONE


SEED = "云岭"
Plot = Callable[[Scene], Iterator[Beat]]


@dataclass(frozen=True)
class Call:
    """
    How often a plot is played, and how many days ago it begins: first to last.

    What still runs today is counted back in working days, since holidays stop it.
    """

    plot: Plot
    times: int
    since: int
    until: int
    fits: Callable[[Tale], bool] = lambda tale: tale.kind != "PRAISE"
    # Anonymous people have no other way in than the page.
    desk: float = 0.45
    worked: bool = False


def plain_complaint(tale: Tale) -> bool:
    return tale.kind == "COMPLAINT" and tale.level == "ORDINARY" and not tale.petition


def weighty(tale: Tale) -> bool:
    return tale.kind == "COMPLAINT" and tale.level != "URGENT"


CALLS = (
    Call(plain.on_the_spot, 60, 91, 0, lambda tale: bool(tale.spot), desk=0.85),
    Call(plain.settled, 70, 91, 8),
    Call(plain.unrated, 15, 91, 38),
    Call(plain.unrated, 12, 26, 5),
    Call(plain.unmet, 12, 88, 12, weighty),
    Call(plain.late, 9, 88, 22, plain_complaint),
    Call(plain.withdrawn, 6, 85, 6),
    Call(winding.unhappy, 9, 86, 24, weighty),
    Call(winding.upheld, 3, 88, 50, plain_complaint),
    Call(winding.overturned, 2, 88, 60, plain_complaint),
    Call(winding.ended_for_good, 1, 90, 88, plain_complaint),
    Call(winding.final_asked, 1, 52, 46, plain_complaint),
    Call(winding.review_asked, 2, 26, 18, plain_complaint),
    Call(winding.twice_unhappy, 2, 80, 30, plain_complaint),
    Call(winding.deliberated, 13, 86, 18, weighty),
    Call(winding.extended, 5, 84, 24, weighty),
    Call(winding.not_extended, 2, 80, 20, weighty),
    Call(winding.suspended, 4, 84, 24, weighty),
    Call(winding.returned, 7, 84, 14, weighty),
    Call(winding.returned_thrice, 1, 70, 40, weighty),
    Call(winding.handed_on, 4, 80, 18, weighty),
    Call(winding.joint, 6, 84, 18, weighty),
    Call(winding.supervised, 5, 84, 16, plain_complaint),
    Call(winding.instructed, 5, 84, 12, weighty),
    Call(winding.recused, 2, 70, 20, plain_complaint),
    # What runs today.
    Call(running.untouched, 5, 1, 0, worked=True),
    Call(running.unsigned, 4, 1, 1, worked=True),
    Call(running.deliberating, 3, 4, 3, weighty, worked=True),
    Call(running.handling, 8, 3, 2, weighty, worked=True),
    Call(running.put_aside, 2, 9, 6, weighty, worked=True),
    Call(running.asking, 2, 4, 3, plain_complaint, worked=True),
    Call(running.reopened, 2, 5, 4, plain_complaint, worked=True),
)
# How much of the limit is used up today, and of how many working days.
PRESSED = (0.55, 0.62, 0.77, 0.8, 0.83, 0.88, 0.93, 1.04, 1.2, 1.6, 2.4)
LIMIT = 5
TWINS = 6
PLACES = (
    "3108工作面", "3206运输顺槽", "3206回风顺槽", "西翼回风巷", "东翼轨道大巷",
    "5203切眼", "三采区皮带巷", "井底车场", "二采区变电所", "3109掘进迎头",
)  # fmt: skip


def cast(stage: Stage, *, most: int = 100) -> list[Scene]:
    """Return the scenes, at most so many a plot; the same ones for the same day."""
    rng = random.Random(SEED)  # noqa: S311 - invention, not secrecy
    scenes = [
        _scene(stage, rng, call) for call in CALLS for _ in range(min(call.times, most))
    ]
    scenes += [_pressed(stage, rng, share) for share in PRESSED]
    scenes += _twins(stage, rng, scenes)
    scenes += _special(stage, rng)
    return scenes


def _scene(stage: Stage, rng: random.Random, call: Call) -> Scene:
    tale = rng.choice([tale for tale in TALES if call.fits(tale)])
    desk = rng.random() < call.desk
    at = _moment(stage, rng, call, desk=desk)
    return _cast(stage, rng, tale, call.plot, at, desk=desk)


def _cast(
    stage: Stage,
    rng: random.Random,
    tale: Tale,
    plot: Plot,
    at: datetime,
    *,
    desk: bool = False,
    **words: str,
) -> Scene:
    filled = slots(rng, tale, at) | words
    enter = entrances.at_the_desk if desk else entrances.by_phone
    return Scene(tale, plot, at, stage, random.Random(rng.random()), filled, enter)  # noqa: S311 - as above


def _moment(stage: Stage, rng: random.Random, call: Call, *, desk: bool) -> datetime:
    """Return when the matter is raised: at the desk in office hours only."""
    if call.worked:
        day = stage.worked_back(call.since)
        last = stage.worked_back(call.until)
        day += timedelta(days=rng.randint(0, (last - day).days))
        moment = stage.at_hour(day, rng.uniform(8.2, 16.5))
        return min(moment, stage.now - timedelta(minutes=rng.uniform(2, 90)))
    first = stage.now - timedelta(days=call.since)
    span = stage.now - timedelta(days=call.until) - first
    moment = first + span * rng.random()
    if desk:
        moment = stage.in_office(moment, rng)
    else:
        day = moment.astimezone(ZONE).date()
        moment = stage.at_hour(day, rng.triangular(6.5, 23.5, 19))
    return min(moment, stage.now - timedelta(minutes=rng.uniform(2, 90)))


def _pressed(stage: Stage, rng: random.Random, share: float) -> Scene:
    """Return one whose limit is used up to this share at this very moment."""
    tale = rng.choice([tale for tale in TALES if plain_complaint(tale)])

    def distance(at: datetime) -> float:
        day = at.astimezone(ZONE).date()
        due = stage.at_hour(stage.days.add_working(day, LIMIT).day, 23.98)
        return abs((stage.now - at) / (due - at) - share)

    hours = (stage.now - timedelta(hours=hour) for hour in range(1, 24 * 30))
    return _cast(stage, rng, tale, running.handling, min(hours, key=distance))


def _twins(stage: Stage, rng: random.Random, scenes: list[Scene]) -> list[Scene]:
    """Let others come with the same thing a little later."""
    slow = [scene for scene in scenes if scene.plot is winding.deliberated][:TWINS]
    twins = []
    for scene in slow:
        at = stage.in_office(scene.enters_at + timedelta(hours=20), rng)
        twin = _cast(stage, rng, scene.tale, plain.merged, at, desk=True)
        twin.words = scene.words
        twin.other = scene
        twins.append(twin)
    return twins


def _special(stage: Stage, rng: random.Random) -> list[Scene]:
    found: list[Scene] = []
    for place, (text, ground, reason, road) in enumerate(ELSEWHERE):
        plot = plain.declined_and_reviewed if place == 1 else plain.declined
        tale = Tale("other", "BGS", "HELP", (text,), ("",), "", "", ())
        call = Call(plot, 1, 85, 14)
        at = _moment(stage, rng, call, desk=False)
        found.append(
            _cast(
                stage,
                rng,
                tale,
                plot,
                at,
                ground=ground,
                reason=reason,
                other_road=road,
            )
        )
    for text in ACCUSATIONS:
        tale = Tale("manners", "JW", "REPORT", (text,), ("",), "", "", ())
        call = Call(plain.discipline, 1, 80, 2)
        at = _moment(stage, rng, call, desk=False)
        found.append(_cast(stage, rng, tale, plain.discipline, at))
    for text in NAMED:
        tale = Tale(
            "manners", "DQ", "COMPLAINT", (text,),
            ("分别找当班职工谈话核实，对当事人诫勉提醒并在支委会上作检查，班组分配由队委会接管三个月。",),
            "", "《作风建设规定》。", ("已找七名职工单独谈话。",),
        )  # fmt: skip
        call = Call(plain.named, 1, 60, 3)
        at = _moment(stage, rng, call, desk=False)
        scene = _cast(stage, rng, tale, plain.named, at)
        scene.words["object"] = f"{scene.words['code'].lower()}-1"
        found.append(scene)
    found.append(_shown(stage, rng, "told", "bath", running.told, days=2))
    found.append(_shown(stage, rng, "unrated", "bus", plain.unrated, days=7))
    return found


def _shown(
    stage: Stage, rng: random.Random, name: str, topic: str, plot: Plot, *, days: int
) -> Scene:
    """Return one whose receipt is printed, so that a visitor can look at it."""
    tale = next(
        tale for tale in TALES if tale.topic == topic and tale.kind == "COMPLAINT"
    )
    day = stage.now.astimezone(ZONE).date() - timedelta(days=days)
    while not stage.days.is_workday(day):
        day -= timedelta(days=1)
    scene = _cast(stage, rng, tale, plot, stage.at_hour(day, 9.5))
    scene.enter = entrances.shown(name)
    return scene


def slots(rng: random.Random, tale: Tale, at: datetime) -> dict[str, str]:
    """Return what the braces of a tale hold."""
    code, team, crews = rng.choice(DISTRICTS)
    month = (at.astimezone(ZONE).month - 2) % 12 + 1
    return {
        "code": code,
        "team": team,
        "crew": rng.choice(crews),
        "lead": tale.unit or code,
        "place": rng.choice(PLACES),
        "days": rng.choice(("三天", "四天", "一个星期", "十来天", "半个月")),
        "n": str(rng.randint(2, 7)),
        "floor": str(rng.randint(2, 6)),
        "room": f"{rng.randint(2, 6)}{rng.randint(1, 26):02}",
        "line": str(rng.randint(1, 6)),
        "month": f"{month}月",
        "name": rng.choice(SURNAMES) + rng.choice(GIVEN),
        "contact": f"矿内短号6{rng.randint(1000, 9999)}",
    }
