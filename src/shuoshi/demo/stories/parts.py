"""The stretches of road that most plots share."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from shuoshi.accounts.models import User
from shuoshi.demo import words
from shuoshi.demo.stage import Beat, Scene
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.answers import ClaimAnswer, ClaimRating
from shuoshi.matters.rules.states import Grade, Outcome
from shuoshi.org.models import Category
from shuoshi.org.queries.people import heads_of, people_in
from shuoshi.org.rules.standing import Standing


Story = Iterator[Beat]
# Working days that an honest answer takes, by what it is about.
PACE = {
    "URGENT": (0.0, 0.3),
    "GRIEVANCE": (7, 22),
    "COMPLEX": (5, 11),
    "ENQUIRY": (0.4, 2),
    "HELP": (0.8, 2.4),
    "COMPLAINT": (1, 3.6),
    "SUGGESTION": (3, 8),
    "PRAISE": (0.5, 2),
}


def pace(scene: Scene) -> float:
    """Return how many working days the handler takes."""
    tale = scene.tale
    for key in (tale.level, tale.petition, tale.kind):
        if key in PACE and key != "SUGGESTION":
            return scene.rng.uniform(*PACE[key])
    return scene.rng.uniform(*PACE[tale.kind])


def given_at_triage(scene: Scene, **changed: Any) -> dict[str, Any]:
    tale = scene.tale
    beside = (
        [scene.unit(tale.beside)] if tale.beside and scene.rng.random() < 0.6 else []
    )
    lead = scene.unit(scene.words["lead"])
    given = {
        "lead_unit": lead,
        "request_type": tale.kind,
        "petition_class": tale.petition,
        "category": Category.objects.get(mine_id=lead.mine_id, code=tale.topic),
        "level": tale.level,
        "assisting_units": [unit for unit in beside if unit != lead],
        "claims": [claim.format_map(scene.words) for claim in tale.claims],
        "note": scene.pick(words.TRIAGE_NOTES),
    }
    return given | changed


def soon(scene: Scene, least: float, most: float) -> datetime:
    """Return a moment some office hours later; what is urgent goes at once."""
    if scene.tale.level == "URGENT":
        return scene.at + timedelta(minutes=scene.rng.uniform(4, 14))
    return scene.work(hours=scene.rng.uniform(least, most))


def triaged(scene: Scene, **changed: Any) -> Story:
    given = given_at_triage(scene, **changed)
    yield Beat(soon(scene, 0.3, 4), "triage", scene.responsible, given)


def accepted(scene: Scene, **changed: Any) -> Story:
    yield from triaged(scene, **changed)
    yield from signed(scene)


def signed(scene: Scene) -> Story:
    given = {"handler": handler(scene), "note": ""}
    yield Beat(soon(scene, 0.4, 5), "accept", scene.responsible, given)


def handler(scene: Scene, *, besides: int | None = None) -> User:
    """Return somebody of the lead unit who is not its head."""
    lead = scene.matter.lead_unit_id
    heads = set(heads_of(lead))
    mates = [one for one in people_in([lead]) if one.pk != besides]
    return scene.rng.choice([one for one in mates if one.pk not in heads] or mates)


def progress(scene: Scene, days: float) -> Story:
    """Report on the way, now and then so that the speaker reads it."""
    for note in scene.tale.steps[: scene.rng.randint(0, len(scene.tale.steps))]:
        given = {
            "progress": note.format_map(scene.words),
            "tell_speaker": scene.rng.random() < 0.5,
        }
        at = later(scene, days / (len(scene.tale.steps) + 1))
        yield Beat(at, "report_progress", scene.responsible, given)


def later(scene: Scene, days: float) -> datetime:
    return scene.work(days=int(days), hours=9 * (days - int(days)))


def answered(scene: Scene, *, days: float | None = None, met: bool = True) -> Story:
    """Handle and answer."""
    days = pace(scene) if days is None else days
    yield from progress(scene, days * 0.6)
    given = {"answers": answers(scene, met=met)}
    yield Beat(later(scene, days * 0.5), "answer", scene.responsible, given)


def answers(scene: Scene, *, met: bool = True, spot: bool = False) -> list[ClaimAnswer]:
    tale, given = scene.tale, []
    for place, claim in enumerate(scene.matter.claims.order_by("place")):
        facts = tale.spot if spot else scene.pick(tale.done) if met else tale.unmet
        if place and met:
            facts = "已一并办理，情况同第一点。"
        given.append(
            ClaimAnswer(
                claim.pk,
                facts.format_map(scene.words),
                outcome(scene, met=met),
                solved=met,
                basis=tale.basis,
            )
        )
    return given


def outcome(scene: Scene, *, met: bool) -> Outcome:
    if "SUGGESTION" in (scene.tale.kind, scene.tale.petition):
        good = (Outcome.ADOPTED, Outcome.ADOPTED, Outcome.PARTLY_ADOPTED)
        return scene.rng.choice(good) if met else Outcome.NOT_ADOPTED
    if scene.tale.kind == "ENQUIRY":
        return Outcome.EXPLAINED
    if met:
        return Outcome.SUPPORTED
    return scene.rng.choice((Outcome.EXPLAINED, Outcome.NOT_SUPPORTED))


def rated(scene: Scene, *, happy: bool = True, days: float | None = None) -> Story:
    """Let the speaker say what they think, from home."""
    rng = scene.rng
    at = evening(scene, rng.uniform(0.2, 6) if days is None else days)
    good = (
        Grade.VERY_SATISFIED,
        Grade.SATISFIED,
        Grade.SATISFIED,
        Grade.FAIRLY_SATISFIED,
    )
    bad = (Grade.DISSATISFIED, Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)
    grade = rng.choice(good if happy else bad)
    comment = scene.pick(words.HAPPY if happy else words.UNHAPPY)
    solved = happy and rng.random() < 0.95
    ratings = [
        ClaimRating(claim.pk, grade, solved, "" if place else comment)
        for place, claim in enumerate(scene.matter.claims.order_by("place"))
    ]
    yield Beat(at, "rate", scene.speaker, {"ratings": ratings})


def evening(scene: Scene, days: float) -> datetime:
    """Return a moment when people are at home with their phones."""
    local = (scene.at + timedelta(days=days)).astimezone(ZONE)
    if not 7 <= local.hour < 22:
        local = local.replace(hour=19, minute=scene.rng.randrange(60))
    return max(local.astimezone(UTC), scene.at + timedelta(minutes=20))


def noted(scene: Scene, by: Standing) -> Story:
    given = {"note": scene.pick(words.NOTES)}
    yield Beat(scene.work(hours=scene.rng.uniform(0.5, 4)), "add_note", by, given)
