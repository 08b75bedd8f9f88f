"""What an answer to a claim and a rating of it must hold. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.matters.rules.states import DISSATISFIED, Grade, Outcome, PetitionClass


class AnswerRefused(Refused):
    """Something is missing in the answers."""


@dataclass(frozen=True)
class ClaimAnswer:
    """The answer to one claim."""

    claim: int
    facts: str
    outcome: str
    solved: bool
    basis: str = ""


@dataclass(frozen=True)
class ClaimRating:
    """What the speaker says of the answer to one claim."""

    claim: int
    grade: str
    solved: bool
    comment: str = ""


FOR_SUGGESTIONS = frozenset(
    {Outcome.ADOPTED, Outcome.PARTLY_ADOPTED, Outcome.NOT_ADOPTED}
)
FOR_OTHERS = frozenset({Outcome.SUPPORTED, Outcome.EXPLAINED, Outcome.NOT_SUPPORTED})


def outcomes_for(*, petition_class: str, request_type: str) -> frozenset[Outcome]:
    """Return how a claim may come out: suggestions are adopted, requests supported."""
    if "SUGGESTION" in (petition_class, request_type):
        return FOR_SUGGESTIONS
    return FOR_OTHERS


def check_answers(
    answers: Sequence[ClaimAnswer],
    *,
    claims: Collection[int],
    petition_class: str,
    request_type: str,
) -> None:
    """
    Refuse unless every claim is answered with facts, outcome and, if unmet, the basis.

    :raises AnswerRefused: saying which claim lacks what.
    """
    if {answer.claim for answer in answers} != set(claims) or len(answers) != len(
        claims
    ):
        raise AnswerRefused(_("每一个诉求点都要答复。"), field="answers")
    allowed = outcomes_for(petition_class=petition_class, request_type=request_type)
    for answer in answers:
        if not answer.facts.strip():
            raise AnswerRefused(_("请写明事实。"), field="answers")
        if answer.outcome not in allowed:
            words = _("、").join(str(one.label) for one in Outcome if one in allowed)
            raise AnswerRefused(
                _("处理结果只能是：%(words)s。") % {"words": words}, field="answers"
            )
        if answer.outcome in _NEEDS_BASIS and not answer.basis.strip():
            raise AnswerRefused(
                _("不予支持或者不采纳的，要写明依据。"), field="answers"
            )


_NEEDS_BASIS = frozenset({Outcome.NOT_SUPPORTED, Outcome.NOT_ADOPTED})


def check_ratings(ratings: Sequence[ClaimRating], *, claims: Collection[int]) -> None:
    """
    Refuse unless every claim is rated.

    :raises AnswerRefused: if one is left out or the grade is none of the five.
    """
    if {rating.claim for rating in ratings} != set(claims) or len(ratings) != len(
        claims
    ):
        raise AnswerRefused(_("请给每一个诉求点评价。"), field="ratings")
    if any(rating.grade not in Grade.values for rating in ratings):
        raise AnswerRefused(_("请从五个等次中选一个。"), field="ratings")


def is_satisfied(ratings: Sequence[ClaimRating]) -> bool:
    """True if no claim was rated dissatisfied."""
    return not any(rating.grade in DISSATISFIED for rating in ratings)


def needs_handing_over(petition_class: str) -> bool:
    """True for accusations: the discipline committee alone handles them (§30)."""
    return petition_class == PetitionClass.ACCUSATION
