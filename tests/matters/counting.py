"""Random stories, and a count of them that knows nothing of how the house counts."""

import random
from collections import Counter
from datetime import timedelta

from shuoshi.matters.models import Matter
from shuoshi.trail.models import Event
from tests.matters.house import NOW, Story, answers, ratings


DAYS = 25
ENDED = {"CLOSED", "DECLINED", "MERGED", "WITHDRAWN", "HANDED_OVER"}
UNANSWERED = {"RECEIVED", "TRIAGED", "DELIBERATING", "HANDLING"}


def spot(story):
    story.take(
        "solve_on_spot",
        "coordinator",
        request_type="ENQUIRY",
        answers=answers(story.matter, outcome="EXPLAINED"),
    )


def triaged(story, **given):
    unit = story.rng.choice(["one", "two"])
    first = {"lead_unit": story.house.units[unit], "request_type": "COMPLAINT"}
    story.take("triage", "coordinator", **(first | {"level": "ORDINARY", **given}))
    story.heads = {"one": "head", "two": "other_head", "party": "party_head"}[
        given.get("unit", unit)
    ]


def handling(story):
    triaged(story)
    who = {"head": "handler", "other_head": "other"}[story.heads]
    story.take("accept", story.heads, handler=story.house.people[who])
    story.handler = who


def answered(story):
    handling(story)
    story.now += timedelta(days=story.rng.choice([0, 0, 0, 12]))
    solved = story.rng.random() < 0.7
    story.take("answer", story.handler, answers=answers(story.matter, solved=solved))


def closed(story):
    answered(story)
    story.take("rate", "speaker", ratings=ratings(story.matter))


def reopened(story):
    answered(story)
    bad = ratings(story.matter, grade="DISSATISFIED", solved=False)
    story.take("rate", "speaker", ratings=bad)


def answered_again(story):
    reopened(story)
    story.take("answer", story.handler, answers=answers(story.matter))


def sent_back(story):
    triaged(story)
    story.take("send_back", story.heads, reason="不归我们", suggested_unit=None)


def extended(story):
    handling(story)
    until = (story.matter.answer_due_at + timedelta(days=3)).date()
    story.take("ask_extension", story.handler, until=until, reason="等配件")
    story.take("grant_extension", "leader", reason="同意")


def declined(story):
    story.take(
        "decline",
        "coordinator",
        ground="NOT_OURS",
        reason="不属于",
        other_road="去镇政府",
    )


def reviewed(story):
    declined(story)
    story.take("ask_review", "speaker", reason="不服")
    person = story.house.people["chief"].pk
    who = "chief" if story.matter.responsible_id == person else "coordinator"
    story.take(story.rng.choice(["uphold", "overturn"]), who, opinion="看过了")


def sealed(story):
    story.take("hand_to_discipline", "coordinator", reason="检举")


def named(story):
    triaged(
        story,
        lead_unit=story.house.units["party"],
        objects=[story.house.people["head"]],
        unit="party",
    )


def withdrawn(story):
    story.take("withdraw", "speaker", reason="")


def untouched(story):
    pass


PLOTS = (
    spot, triaged, handling, answered, closed, closed, reopened, answered_again,
    sent_back, extended, declined, reviewed, sealed, named, named, withdrawn, untouched,
)  # fmt: skip


def tell(house, rng: random.Random, plot=None) -> Matter:
    """Let one more thing happen, raised on one of the days before NOW."""
    story = Story(house, now=NOW + timedelta(days=rng.randrange(DAYS)))
    story.rng = rng
    (plot or rng.choice(PLOTS))(story)
    return story.matter


def counted(matter: Matter, now) -> Counter:
    """Count one matter, by what its history tells."""
    counts = Counter(raised=1)
    if matter.sealed:
        return counts
    verbs = list(
        Event.objects.filter(about=matter.uid)
        .order_by("seq")
        .values_list("verb", flat=True)
    )
    standing = False
    for verb in verbs:
        standing = (standing or verb in {"answer", "solve_on_spot"}) and verb not in {
            "reopen",
            "overturn",
        }
    counts["triaged"] = "triage" in verbs
    counts["on_the_spot"] = "solve_on_spot" in verbs and "triage" not in verbs
    counts["answered"] = standing
    counts["replied"] = bool({"answer", "solve_on_spot"} & set(verbs))
    counts["timed"] = standing
    counts["on_time"] = standing and bool(matter.on_time)
    counts["said"] = standing
    counts["solved"] = standing and all(
        claim.solved if claim.speaker_solved is None else claim.speaker_solved
        for claim in matter.claims.all()
    )
    rated = standing and all(claim.grade for claim in matter.claims.all())
    bad = {"DISSATISFIED", "VERY_DISSATISFIED"}
    counts["rated"] = rated
    counts["satisfied"] = rated and not any(
        claim.grade in bad for claim in matter.claims.all()
    )
    counts["reopened"] = "reopen" in verbs
    counts["extended"] = "grant_extension" in verbs
    counts["unanswered"] = matter.state in UNANSWERED
    counts["ended"] = matter.state in ENDED
    late = matter.state in UNANSWERED and matter.answer_due_at < now
    counts["overdue"] = late and matter.suspended_at is None
    return Counter({name: int(n) for name, n in counts.items()})


def total(matters, now) -> dict[str, int]:
    """Count several, zeros left out."""
    whole = Counter()
    for matter in matters:
        whole.update(counted(matter, now))
    return {name: n for name, n in whole.items() if n}
