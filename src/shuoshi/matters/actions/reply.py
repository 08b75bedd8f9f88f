"""Answer, be rated, reopen, close."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shuoshi.matters.actions.attaching import attach_files
from shuoshi.matters.actions.change import Change, Following, effect
from shuoshi.matters.actions.letters import issue_letter
from shuoshi.matters.actions.windows import may_ask_until
from shuoshi.matters.models import Claim, LetterKind
from shuoshi.matters.rules.answers import (
    ClaimAnswer,
    ClaimRating,
    check_answers,
    check_ratings,
    is_satisfied,
)
from shuoshi.matters.rules.states import PetitionClass
from shuoshi.org.rules.standing import CLOCK


if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def answer_claims(change: Change) -> None:
    """
    Answer every claim on its own and keep whether it came in time.

    :raises AnswerRefused: if a claim lacks facts, outcome or basis.
    """
    matter = change.matter
    answers: Sequence[ClaimAnswer] = change.given["answers"]
    claims = {claim.pk: claim for claim in matter.claims.all()}
    check_answers(
        answers,
        claims=claims,
        petition_class=matter.petition_class,
        request_type=matter.request_type,
    )
    for answer in answers:
        claim = claims[answer.claim]
        claim.facts, claim.basis = answer.facts, answer.basis
        claim.outcome, claim.solved = answer.outcome, answer.solved
        claim.speaker_solved, claim.grade, claim.comment = None, "", ""
    Claim.objects.bulk_update(
        claims.values(),
        ["facts", "basis", "outcome", "solved", "speaker_solved", "grade", "comment"],
    )
    solved = all(answer.solved for answer in answers)
    change.set(
        answered_at=change.now,
        on_time=change.now <= matter.answer_due_at,
        solved=solved,
        satisfied=None,
        is_rated=False,
        ask_until=may_ask_until(change, "ASK_REVIEW"),
    )
    change.detail |= {
        "outcomes": {str(claims[one.claim].place): one.outcome for one in answers},
        "solved": solved,
        # The words stand in the claims; the event commits to them.
        "digest": change.box.digest(
            "\n".join(f"{a.facts}\n{a.basis}" for a in answers)
        ),
    }
    change.words = _as_answered(answers, claims)
    attach_files(change)


def _as_answered(
    answers: "Sequence[ClaimAnswer]", claims: "Mapping[int, Claim]"
) -> str:
    """Tell the answers for the record: the claims keep only the last ones given."""
    told = [
        (claims[one.claim].place, "\n".join(filter(None, [one.facts, one.basis])))
        for one in answers
    ]
    if len(told) == 1:
        return told[0][1]
    return "\n".join(f"{place}. {words}" for place, words in sorted(told))


@effect("answer")
def answer(change: Change) -> None:
    """Answer the speaker; a grievance gets a numbered handling opinion (§32)."""
    answer_claims(change)
    if change.matter.petition_class == PetitionClass.GRIEVANCE:
        issue_letter(change.matter, LetterKind.OPINION, now=change.now)


@effect("rate")
def rate(change: Change) -> None:
    """
    Keep what the speaker says of each answer.

    Satisfied: the matter closes. Dissatisfied: it is handled again, once; the second
    time it closes and the way on is the review.

    :raises AnswerRefused: if a claim is not rated.
    """
    matter = change.matter
    ratings: Sequence[ClaimRating] = change.given["ratings"]
    claims = {claim.pk: claim for claim in matter.claims.all()}
    check_ratings(ratings, claims=claims)
    for rating in ratings:
        claim = claims[rating.claim]
        claim.speaker_solved, claim.grade = rating.solved, rating.grade
        claim.comment = rating.comment
    Claim.objects.bulk_update(claims.values(), ["speaker_solved", "grade", "comment"])
    satisfied = is_satisfied(ratings)
    change.set(
        is_rated=True,
        satisfied=satisfied,
        solved=all(rating.solved for rating in ratings),
    )
    change.detail = {
        "grades": {str(claims[one.claim].place): one.grade for one in ratings},
        "solved": {str(claims[one.claim].place): one.solved for one in ratings},
    }
    change.words = "\n".join(one.comment for one in ratings if one.comment)
    if satisfied or matter.reopened:
        change.then.append(Following("close", CLOCK))
    else:
        reason = {"reason": str(_("说事人评价不满意。"))}
        change.then.append(Following("reopen", CLOCK, reason))


@effect("supplement")
def supplement(change: Change) -> None:
    """
    Keep what the speaker adds.

    :raises FileRefused: if a file cannot be taken.
    """
    change.words = change.given["words"]
    attach_files(change)


@effect("reopen")
def reopen(change: Change) -> None:
    """Handle the matter again, once."""
    matter = change.matter
    change.set(reopened=matter.reopened + 1, answered_at=None, is_rated=False)
    change.words = change.given["reason"]


@effect("close")
def close(change: Change) -> None:
    """End the matter; the speaker may still ask for a review."""
    change.set(ask_until=may_ask_until(change, "ASK_REVIEW"))
