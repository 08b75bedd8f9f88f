"""What a step asks, as JSON: made from its row in the table."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from ninja import Schema
from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    create_model,
)
from pydantic_core import PydanticCustomError

from shuoshi.matters.rules.fields import Ask
from shuoshi.matters.rules.fields import Field as AskedField
from shuoshi.matters.rules.states import Grade, Outcome
from shuoshi.matters.rules.table import Step


# The description is one for all callers: made once, whoever asks first.
IN_CHINESE = override(settings.LANGUAGE_CODE)
MOST = 4000
Words = Annotated[str, Field(max_length=MOST)]
Code = Annotated[str, Field(min_length=1, max_length=60)]
Day = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        json_schema_extra={"format": "date"},
        examples=["2026-09-30"],
    ),
]


class Given(Schema):
    """What every step takes: the version the caller saw, so that nobody is overrun."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[StrictInt, Field(ge=1, le=2_000_000_000)] | None = None


class Answer(Schema):
    """The answer to one claim."""

    model_config = ConfigDict(extra="forbid")

    claim: Annotated[StrictInt, Field(ge=1, le=10)]
    facts: Words
    outcome: Outcome
    basis: Words = ""
    solved: StrictBool = False


class Rating(Schema):
    """What the speaker says of the answer to one claim."""

    model_config = ConfigDict(extra="forbid")

    claim: Annotated[StrictInt, Field(ge=1, le=10)]
    solved: StrictBool
    grade: Grade
    comment: Annotated[str, Field(max_length=1000)] = ""


def _base64(content: str) -> str:
    """
    Return the text as it is.

    :raises PydanticCustomError: if it is no base64.
    """
    try:
        b64decode(content, validate=True)
    except ValueError:
        raise PydanticCustomError("base64_decode", "not base64") from None
    return content


class FileIn(Schema):
    """A file, its content in base64; the whole body stays under two megabytes."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    content: Annotated[
        str,
        AfterValidator(_base64),
        Field(min_length=4, json_schema_extra={"contentEncoding": "base64"}),
    ]


def _one_of(field: AskedField) -> Any:
    return Literal[tuple(field.choices.values)] if field.choices else Code


_SHAPES: dict[Ask, Callable[[AskedField], Any]] = {
    Ask.TEXT: lambda _field: Words,
    Ask.LINE: lambda _field: Annotated[str, Field(max_length=200)],
    Ask.DAY: lambda _field: Day,
    Ask.YES: lambda _field: StrictBool,
    Ask.CHOICE: _one_of,
    Ask.CATEGORY: lambda _field: Code,
    Ask.UNIT: lambda _field: Code,
    Ask.UNITS: lambda _field: Annotated[list[Code], Field(max_length=100)],
    Ask.PERSON: lambda _field: Code,
    Ask.PEOPLE: lambda _field: Annotated[list[Code], Field(max_length=20)],
    Ask.MATTER: lambda _field: Annotated[str, Field(max_length=20)],
    Ask.PART: lambda _field: StrictInt,
    Ask.ANSWERS: lambda _field: Annotated[list[Answer], Field(max_length=10)],
    Ask.RATINGS: lambda _field: Annotated[list[Rating], Field(max_length=10)],
    Ask.CLAIMS: lambda _field: Annotated[list[Words], Field(max_length=10)],
    Ask.FILES: lambda _field: Annotated[list[FileIn], Field(max_length=9)],
}
_HINTS = {
    Ask.CATEGORY: "类别代码",
    Ask.UNIT: "单位代码",
    Ask.UNITS: "单位代码",
    Ask.PERSON: "登录名",
    Ask.PEOPLE: "登录名或者姓名",
    Ask.MATTER: "编号",
}


def given_model(step: Step) -> type[Given]:
    """Return the shape of what the step takes."""
    fields: dict[str, Any] = {}
    for field in step.fields:
        shape = _SHAPES[field.ask](field)
        hint = _HINTS.get(field.ask, "")
        told = Field(
            description=f"{field.label}（{hint}）" if hint else str(field.label)
        )
        shape = Annotated[shape, told]
        fields[field.name] = (shape, ...) if field.required else (shape | None, None)
    name = step.name.title().replace("_", "")
    return create_model(name, __base__=Given, **fields)


def describe_step(act: Callable[..., Any], step: Step) -> None:
    """Let an operation take what the step asks; no body is needed where nothing is."""
    model = given_model(step)
    act.__annotations__ = act.__annotations__ | {"given": model}
    if not any(field.required for field in step.fields):
        act.__defaults__ = (model(), *(act.__defaults__ or ()))
    act.__name__ = step.name
    act.__doc__ = str(step.past)


def as_form_files(step: Step, given: Given) -> MultiValueDict[str, SimpleUploadedFile]:
    """Return the files as a browser would send them."""
    return MultiValueDict(
        {
            field.name: [
                SimpleUploadedFile(one.name, b64decode(one.content))
                for one in getattr(given, field.name) or ()
            ]
            for field in step.fields
            if field.ask is Ask.FILES
        }
    )


def as_form_data(step: Step, given: Given) -> dict[str, Any]:
    """Return the same answers as a browser would send them."""
    answers: Mapping[str, Any] = given.model_dump(exclude_none=True)
    data: dict[str, Any] = {}
    if "version" in answers:
        data["version"] = str(answers["version"])
    for field in step.fields:
        if field.name in answers and field.ask is not Ask.FILES:
            write = _WRITERS.get(field.ask, _plainly)
            data |= write(field.name, answers[field.name])
    return data


def _plainly(name: str, value: Any) -> dict[str, Any]:
    return {name: value}


def _as_text(name: str, value: Any) -> dict[str, Any]:
    return {name: str(value)}


def _ticked(name: str, value: Any) -> dict[str, Any]:
    return {name: "on"} if value else {}


def _one_a_line(name: str, value: Any) -> dict[str, Any]:
    return {name: "\n".join(" ".join(claim.split()) for claim in value)}


def _in_a_row(name: str, value: Any) -> dict[str, Any]:
    return {name: "、".join(value)}


def _per_claim(name: str, value: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for one in value:
        about = f"{name}-{one.pop('claim')}"
        for part, said in one.items():
            if part == "solved" and name == "answers":
                data |= _ticked(f"{about}-solved", said)
            elif part == "solved":
                data[f"{about}-solved"] = "yes" if said else "no"
            else:
                data[f"{about}-{part}"] = said
    return data


_WRITERS: dict[Ask, Callable[[str, Any], dict[str, Any]]] = {
    Ask.YES: _ticked,
    Ask.PART: _as_text,
    Ask.PEOPLE: _in_a_row,
    Ask.CLAIMS: _one_a_line,
    Ask.ANSWERS: _per_claim,
    Ask.RATINGS: _per_claim,
}
