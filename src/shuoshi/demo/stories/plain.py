"""Plots that end as most do."""

from datetime import timedelta

from shuoshi.demo import words
from shuoshi.demo.stage import Beat, Scene
from shuoshi.demo.stories import parts
from shuoshi.demo.stories.parts import Story
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.states import ENDED
from shuoshi.org.models import Category


def on_the_spot(scene: Scene) -> Story:
    minutes = scene.rng.uniform(8, 50)
    category = Category.objects.get(mine_id=scene.matter.mine_id, code=scene.tale.topic)
    given = {
        "request_type": scene.tale.kind,
        "category": category,
        "answers": parts.answers(scene, spot=True),
    }
    at = scene.at + timedelta(minutes=minutes)
    yield Beat(at, "solve_on_spot", scene.responsible, given)
    if scene.rng.random() < 0.75:
        yield from parts.rated(scene, days=scene.rng.uniform(0, 2))


def settled(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    if scene.rng.random() < 0.2:
        yield from parts.noted(scene, scene.responsible)
    yield from parts.answered(scene)
    yield from parts.rated(scene)


def unrated(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from parts.answered(scene)


def unmet(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from parts.answered(scene, met=False)
    if scene.rng.random() < 0.6:
        yield from parts.rated(scene, happy=scene.rng.random() < 0.7)


def late(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from parts.answered(scene, days=scene.rng.uniform(9, 14))
    yield from parts.rated(scene)


def withdrawn(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    at = parts.evening(scene, scene.rng.uniform(0.2, 1))
    given = {"reason": scene.pick(words.WITHDRAWALS)}
    yield Beat(at, "withdraw", scene.speaker, given)


def declined(scene: Scene) -> Story:
    given = {
        "ground": scene.words["ground"],
        "reason": scene.words["reason"],
        "other_road": scene.words["other_road"],
    }
    at = scene.work(hours=scene.rng.uniform(0.5, 5))
    yield Beat(at, "decline", scene.responsible, given)


def declined_and_reviewed(scene: Scene) -> Story:
    yield from declined(scene)
    given = {"reason": "收到的理由没有说清楚依据哪一条，请求复查。"}
    yield Beat(parts.evening(scene, 3), "ask_review", scene.speaker, given)
    given = {"opinion": scene.pick(words.UPHELD)}
    yield Beat(scene.work(days=6), "uphold", scene.responsible, given)


def merged(scene: Scene) -> Story:
    """Merge into an older one that is still open, else go the usual way."""
    into = Matter.objects.get(pk=scene.other.matter.pk) if scene.other else None
    if into is None or into.state in ENDED or into.received_at > scene.at:
        yield from settled(scene)
        return
    given = {"into": into, "reason": scene.pick(words.MERGED)}
    at = scene.work(hours=scene.rng.uniform(0.3, 2))
    yield Beat(at, "merge", scene.responsible, given)


def discipline(scene: Scene) -> Story:
    given = {"reason": scene.pick(words.DISCIPLINE)}
    at = scene.work(hours=scene.rng.uniform(0.3, 3))
    yield Beat(at, "hand_to_discipline", scene.responsible, given)


def named(scene: Scene) -> Story:
    """Handle a complaint about somebody without them and their line."""
    head = scene.stage.people[scene.words["object"]]
    lead = scene.unit("DQ")
    yield from parts.accepted(scene, lead_unit=lead, objects=[head], risk="LOW")
    yield from parts.answered(scene, days=4)
    yield from parts.rated(scene)
