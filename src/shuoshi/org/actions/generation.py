"""Make every process forget what it remembered of the organisation."""

import secrets

from shuoshi.org.models import Generation
from shuoshi.org.queries.generation import ask_again


def bump() -> None:
    """
    Give the organisation a new number. To be called by every action that changes it.

    It is drawn, not counted: a number that was rolled back must never come again, or a
    process would trust what it remembered under it.
    """
    number = secrets.randbelow(2**62)
    if not Generation.objects.update(number=number):
        Generation.objects.create(pk=1, number=number)
    ask_again()
