"""The fields that a step asks for. Forms, API and documents are made from them."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from django.db.models import TextChoices


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Ask(StrEnum):
    """What kind of answer a field takes."""

    TEXT = auto()
    LINE = auto()
    DAY = auto()
    YES = auto()
    CHOICE = auto()
    CATEGORY = auto()
    UNIT = auto()
    UNITS = auto()
    PERSON = auto()
    PEOPLE = auto()
    MATTER = auto()
    PART = auto()
    ANSWERS = auto()
    RATINGS = auto()
    CLAIMS = auto()
    FILES = auto()


@dataclass(frozen=True)
class Field:
    """One question of a step."""

    name: str
    label: "StrPromise"
    ask: Ask = Ask.TEXT
    required: bool = True
    choices: type[TextChoices] | None = None
    help: "StrPromise | str" = ""
    # For PERSON and UNIT: whom the list offers (see forms/steps.py).
    among: str = ""
