"""Plots with more than one unit, a leader, or a second look."""

from datetime import date, timedelta

from shuoshi.demo import words
from shuoshi.demo.stage import Beat, Scene
from shuoshi.demo.stories import parts
from shuoshi.demo.stories.parts import Story
from shuoshi.matters.models import Part
from shuoshi.matters.queries.clock import ZONE
from shuoshi.matters.rules.states import Part as PartKind
from shuoshi.org.queries.people import leaders_in_charge_of
from shuoshi.org.rules.standing import Standing


# Whose opinion is asked for.
COUNSEL = ("AJ", "JD", "HQ", "RL", "WZ", "GH", "SCJS", "BWK")


def due_on(scene: Scene) -> date:
    """Return the day on which the answer is due."""
    return scene.matter.answer_due_at.astimezone(ZONE).date()


def today(scene: Scene) -> date:
    return scene.at.astimezone(ZONE).date()


def leader(scene: Scene) -> Standing:
    matter = scene.matter
    found = leaders_in_charge_of(matter.lead_unit_id, mine_id=matter.mine_id)
    return scene.person(found[0])


def called(scene: Scene) -> Story:
    """Call the units together over a matter that was accepted."""
    lead = scene.matter.lead_unit_id
    units = [scene.unit(code) for code in scene.rng.sample(COUNSEL, 3)]
    given = {
        "question": scene.pick(words.QUESTIONS),
        "units": [unit for unit in units if unit.pk != lead][:2],
        "convener": scene.stage.people[scene.rng.choice(("tongchou", "dangwei"))],
        "meet_on": None,
    }
    at = scene.work(hours=scene.rng.uniform(1, 5))
    yield Beat(at, "call_deliberation", scene.responsible, given)


def heard(scene: Scene, *, leave: int = 0) -> Story:
    """Hear the units; ``leave`` of them still owe their opinion."""
    owed = Part.objects.filter(
        matter=scene.matter, kind=PartKind.OPINION, done_at=None
    ).order_by("pk")
    for part in list(owed)[: max(len(owed) - leave, 0)]:
        head = scene.stage.people[f"{part.unit.code.lower()}-1"]
        dissents = scene.rng.random() < 0.15
        given = {
            "opinion": words.DISSENT if dissents else scene.pick(words.OPINIONS),
            "dissents": dissents,
        }
        at = scene.work(hours=scene.rng.uniform(1, 8))
        yield Beat(at, "give_opinion", scene.person(head.pk), given)


def concluded(scene: Scene) -> Story:
    at = scene.work(hours=scene.rng.uniform(1, 5))
    finish = max(min(today(scene) + timedelta(days=5), due_on(scene)), at.date())
    given = {
        "conclusion": scene.pick(words.CONCLUSIONS),
        "lead_unit": scene.matter.lead_unit,
        "handler": parts.handler(scene),
        "finish_on": finish,
        "dissent": words.DISSENT if scene.rng.random() < 0.2 else "",
    }
    yield Beat(at, "conclude", scene.responsible, given)


def deliberated(scene: Scene) -> Story:
    yield from parts.accepted(scene, level="COMPLEX")
    yield from called(scene)
    yield from heard(scene)
    yield from concluded(scene)
    yield from parts.answered(scene, days=2.5)
    yield from parts.rated(scene)


def extended(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from asked(scene)
    given = {"reason": scene.pick(words.GRANTED)}
    at = scene.work(hours=scene.rng.uniform(1, 4))
    yield Beat(at, "grant_extension", leader(scene), given)
    yield from parts.answered(scene, days=5)
    yield from parts.rated(scene)


def asked(scene: Scene) -> Story:
    until = due_on(scene) + timedelta(days=scene.rng.randint(5, 12))
    given = {"until": until, "reason": scene.pick(words.EXTENSION)}
    at = scene.work(hours=scene.rng.uniform(2, 7))
    yield Beat(at, "ask_extension", scene.responsible, given)


def not_extended(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from asked(scene)
    given = {"reason": scene.pick(words.NOT_GRANTED)}
    yield Beat(scene.work(hours=2), "refuse_extension", leader(scene), given)
    yield from parts.answered(scene, days=1.5)
    yield from parts.rated(scene)


def suspended(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from put_aside(scene, days=9)
    given = {"reason": scene.pick(words.RESUMED)}
    yield Beat(scene.work(days=6), "resume", scene.responsible, given)
    yield from parts.answered(scene, days=1.5)
    yield from parts.rated(scene)


def put_aside(scene: Scene, *, days: int) -> Story:
    given = {
        "reason": scene.pick(words.SUSPENDED),
        "until": today(scene) + timedelta(days=days),
    }
    at = scene.work(hours=scene.rng.uniform(2, 8))
    yield Beat(at, "suspend", leader(scene), given)


def returned(scene: Scene, *, times: int = 1) -> Story:
    yield from parts.triaged(scene, lead_unit=scene.unit("AJ"))
    for time in range(times):
        given = {
            "reason": scene.pick(words.SEND_BACK),
            "suggested_unit": scene.unit(scene.words["lead"]),
        }
        at = scene.work(hours=scene.rng.uniform(0.5, 3))
        yield Beat(at, "send_back", scene.responsible, given)
        last = time == times - 1
        lead = scene.words["lead"] if last else ("JD", "WZ")[time % 2]
        yield from parts.triaged(scene, lead_unit=scene.unit(lead))
    yield from parts.signed(scene)
    yield from parts.answered(scene)
    yield from parts.rated(scene)


def returned_thrice(scene: Scene) -> Story:
    yield from returned(scene, times=3)


def handed_on(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    head = scene.stage.people[f"{scene.words['lead'].lower()}-1"]
    given = {
        "handler": parts.handler(scene, besides=scene.matter.handler_id),
        "reason": scene.pick(words.HAND_OVER),
    }
    at = scene.work(hours=scene.rng.uniform(2, 8))
    yield Beat(at, "hand_over", scene.person(head.pk), given)
    yield from parts.answered(scene)
    yield from parts.rated(scene)


def joint(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    lead = scene.matter.lead_unit_id
    codes = [c for c in ("WZ", "JD", "AJ", "BWK") if scene.unit(c).pk != lead]
    code = scene.rng.choice(codes)
    at = scene.work(hours=3)
    given = {
        "unit": scene.unit(code),
        "task": scene.pick(words.PARTS),
        "finish_on": max(due_on(scene), at.date()),
    }
    yield Beat(at, "ask_part", scene.responsible, given)
    part = Part.objects.get(matter=scene.matter, kind=PartKind.JOINT)
    head = scene.person(scene.stage.people[f"{code.lower()}-1"].pk)
    given = {"part": part, "result": scene.pick(words.PARTS_DONE)}
    yield Beat(scene.work(days=1), "deliver_part", head, given)
    yield from parts.answered(scene, days=1.2)
    yield from parts.rated(scene)


def supervised(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    coordinator = scene.person(scene.stage.people["tongchou"].pk)
    at = scene.work(days=2)
    given = {
        "demand": scene.pick(words.DEMANDS),
        "finish_on": at.astimezone(ZONE).date() + timedelta(days=2),
    }
    yield Beat(at, "supervise", coordinator, given)
    yield from parts.answered(scene, days=1.4)
    yield from parts.rated(scene)


def instructed(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    chief = scene.person(
        scene.stage.people[scene.rng.choice(("kuangzhang", "shuji"))].pk
    )
    at = scene.work(hours=scene.rng.uniform(1, 6))
    given = {
        "instruction": scene.pick(words.INSTRUCTIONS),
        "finish_on": at.astimezone(ZONE).date() + timedelta(days=4),
    }
    yield Beat(at, "instruct", chief, given)
    yield from parts.answered(scene)
    yield from parts.rated(scene)


def recused(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    given = {"reason": scene.pick(words.RECUSALS)}
    yield Beat(scene.work(hours=1), "recuse", scene.responsible, given)
    yield from parts.answered(scene, days=1.5)
    yield from parts.rated(scene)


def unhappy(scene: Scene) -> Story:
    """Dissatisfied, handled again, then content."""
    yield from parts.accepted(scene)
    yield from parts.answered(scene)
    yield from parts.rated(scene, happy=False)
    yield from parts.answered(scene, days=2.5)
    yield from parts.rated(scene)


def twice_unhappy(scene: Scene) -> Story:
    yield from parts.accepted(scene)
    yield from parts.answered(scene, days=1.5)
    yield from parts.rated(scene, happy=False, days=1)
    yield from parts.answered(scene, days=2, met=False)
    yield from parts.rated(scene, happy=False, days=1)


def review_asked(scene: Scene) -> Story:
    yield from twice_unhappy(scene)
    given = {"reason": scene.pick(words.REVIEW_ASKED)}
    yield Beat(parts.evening(scene, 2), "ask_review", scene.speaker, given)


def upheld(scene: Scene) -> Story:
    yield from review_asked(scene)
    given = {"opinion": scene.pick(words.UPHELD)}
    yield Beat(scene.work(days=8), "uphold", scene.responsible, given)


def overturned(scene: Scene) -> Story:
    yield from review_asked(scene)
    given = {"opinion": scene.pick(words.OVERTURNED)}
    yield Beat(scene.work(days=7), "overturn", scene.responsible, given)
    yield from parts.accepted(scene)
    yield from parts.answered(scene, days=2)
    yield from parts.rated(scene)


def final_asked(scene: Scene) -> Story:
    yield from upheld(scene)
    given = {"reason": scene.pick(words.FINAL_ASKED)}
    yield Beat(parts.evening(scene, 6), "ask_final_review", scene.speaker, given)


def ended_for_good(scene: Scene) -> Story:
    yield from final_asked(scene)
    given = {"opinion": scene.pick(words.UPHELD)}
    yield Beat(scene.work(days=9), "uphold", scene.responsible, given)
