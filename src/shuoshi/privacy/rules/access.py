"""Who may look after the rights of people in the mine. Who may see which matter is asked there."""

from typing import Final

from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


# The room answers; where it is itself concerned, the chief or the committee does.
ANSWERING: Final = (Role.COORDINATOR, Role.CHIEF, Role.DISCIPLINE)
# Texts, periods and assessments name no person: who guards the house looks after them too.
KEEPING: Final = (Role.COORDINATOR, Role.SECADMIN)
REVIEWING: Final = (*KEEPING, Role.AUDITOR)
HANDING: Final = (Role.COORDINATOR, Role.DISCIPLINE)


def may_answer(person: Standing) -> bool:
    return person.is_any(*ANSWERING)


def may_keep(person: Standing) -> bool:
    return person.is_any(*KEEPING)


def may_review(person: Standing) -> bool:
    return person.is_any(*REVIEWING)


def may_hand_outside(person: Standing) -> bool:
    return person.is_any(*HANDING)
