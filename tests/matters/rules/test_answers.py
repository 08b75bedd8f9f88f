import pytest

from shuoshi.matters.rules.answers import (
    FOR_OTHERS,
    FOR_SUGGESTIONS,
    AnswerRefused,
    ClaimAnswer,
    ClaimRating,
    check_answers,
    check_ratings,
    is_satisfied,
    needs_handing_over,
    outcomes_for,
)
from shuoshi.matters.rules.states import Grade, Outcome, PetitionClass, RequestType


def test_outcomes_are_for_suggestions_or_for_the_rest():
    assert {str(one) for one in FOR_SUGGESTIONS} == {
        "ADOPTED",
        "PARTLY_ADOPTED",
        "NOT_ADOPTED",
    }
    assert {str(one) for one in FOR_OTHERS} == {
        "SUPPORTED",
        "EXPLAINED",
        "NOT_SUPPORTED",
    }
    assert set(Outcome) == FOR_SUGGESTIONS | FOR_OTHERS


@pytest.mark.parametrize("petition_class", ["", *PetitionClass])
@pytest.mark.parametrize("request_type", ["", *RequestType])
def test_a_suggestion_by_either_class_is_adopted(petition_class, request_type):
    suggested = "SUGGESTION" in {str(petition_class), str(request_type)}

    assert outcomes_for(petition_class=petition_class, request_type=request_type) == (
        FOR_SUGGESTIONS if suggested else FOR_OTHERS
    )


def checked(*answers, claims=(1,), petition_class="", request_type="HELP"):
    check_answers(
        answers,
        claims=claims,
        petition_class=petition_class,
        request_type=request_type,
    )


def answer(claim=1, facts="查实", outcome="SUPPORTED", *, basis=""):
    return ClaimAnswer(claim, facts, outcome, solved=True, basis=basis)


@pytest.mark.parametrize("outcome", ["SUPPORTED", "EXPLAINED"])
def test_a_met_request_needs_no_basis(outcome):
    checked(answer(outcome=outcome))


@pytest.mark.parametrize(
    ("outcome", "request_type"),
    [("NOT_SUPPORTED", "HELP"), ("NOT_ADOPTED", "SUGGESTION")],
)
def test_an_unmet_one_needs_its_basis(outcome, request_type):
    checked(answer(outcome=outcome, basis="办法第三条"), request_type=request_type)
    with pytest.raises(AnswerRefused, match="写明依据") as refusal:
        checked(answer(outcome=outcome, basis=" \n"), request_type=request_type)

    assert refusal.value.field == "answers"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([], "每一个诉求点"),
        ([answer(1)], "每一个诉求点"),
        ([answer(1), answer(1)], "每一个诉求点"),
        ([answer(1), answer(2), answer(2)], "每一个诉求点"),
        ([answer(1), answer(3)], "每一个诉求点"),
        ([answer(1), answer(2, facts="　")], "写明事实"),
        ([answer(1), answer(2, outcome="")], "支持、解释说明、不予支持"),
        ([answer(1), answer(2, outcome="ADOPTED")], "支持、解释说明、不予支持"),
    ],
)
def test_every_claim_is_answered_wholly(answers, words):
    with pytest.raises(AnswerRefused, match=words) as refusal:
        checked(*answers, claims=(1, 2))

    assert refusal.value.field == "answers"


@pytest.mark.parametrize(
    ("ratings", "words"),
    [
        ([], "每一个诉求点"),
        ([ClaimRating(1, "SATISFIED", solved=True)], "每一个诉求点"),
        ([ClaimRating(1, "SATISFIED", solved=True)] * 2, "每一个诉求点"),
        (
            [
                ClaimRating(1, "SATISFIED", solved=True),
                ClaimRating(2, "SO_SO", solved=True),
            ],
            "五个等次",
        ),
    ],
)
def test_every_claim_is_rated_in_one_of_five_grades(ratings, words):
    with pytest.raises(AnswerRefused, match=words) as refusal:
        check_ratings(ratings, claims=(1, 2))

    assert refusal.value.field == "ratings"


@pytest.mark.parametrize("grade", Grade)
def test_solved_and_satisfied_are_two_things(grade):
    good = {"VERY_SATISFIED", "SATISFIED", "FAIRLY_SATISFIED"}
    rated = [
        ClaimRating(1, "VERY_SATISFIED", solved=False),
        ClaimRating(2, grade, solved=False),
    ]

    check_ratings(rated, claims=(1, 2))
    assert is_satisfied(rated) is (grade.value in good)


@pytest.mark.parametrize("petition_class", ["", *PetitionClass])
def test_accusations_alone_go_to_the_committee(petition_class):
    assert needs_handing_over(petition_class) is (petition_class == "ACCUSATION")
