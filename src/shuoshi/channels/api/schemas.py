"""The shapes of what the API says."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from shuoshi.matters.rules.sayings import (
    MOST_ABOUT,
    MOST_CLAIMS,
    MOST_CONTACT,
    MOST_NAME,
    MOST_PLACE,
    MOST_TEXT,
)
from shuoshi.matters.rules.states import State, Zone


Text = Annotated[str, Field(max_length=MOST_TEXT)]


class SayingIn(Schema):
    """What somebody says."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=MOST_TEXT)]
    unit: Annotated[str, Field(max_length=60, description="单位代码")] | None = None
    identity: Literal["named", "confidential", "anonymous"]
    name: Annotated[str, Field(max_length=MOST_NAME)] | None = None
    contact: Annotated[str, Field(max_length=MOST_CONTACT)] | None = None
    claims: Annotated[list[Text], Field(max_length=MOST_CLAIMS)] = []
    place: Annotated[str, Field(max_length=MOST_PLACE)] | None = None
    about: (
        Annotated[
            str,
            Field(max_length=MOST_ABOUT, description="被反映的人，本人和下属看不到"),
        ]
        | None
    ) = None
    about_unit: (
        Annotated[str, Field(max_length=60, description="被反映单位的代码")] | None
    ) = None
    mine: Annotated[str, Field(max_length=60, description="矿的代码")] | None = None
    notice: (
        Annotated[int, Field(ge=1, le=32767, description="给说事人看过的告知书版本")]
        | None
    ) = None
    sensitive: Annotated[
        bool, Field(description="内容里有健康、收入、银行账户等敏感信息")
    ] = False
    agreed: Annotated[
        bool, Field(description="说事人单独同意为办理这件事使用敏感信息")
    ] = False


class NoticeOut(Schema):
    """What people are told before they speak; ``sensitive`` is agreed to separately."""

    version: int
    text: str
    sensitive_version: int
    sensitive_text: str


class ReceiptOut(Schema):
    """The receipt: shown this once, the only way back."""

    receipt: str
    number: str
    due: datetime
    # The version of the text about personal information that is kept with the matter.
    notice: int


class StepOut(Schema):
    """One thing that happened, as the speaker is told it."""

    at: datetime
    what: str
    words: str


class ProgressOut(Schema):
    """How far a matter is. ``due`` is null once nothing is owed any more."""

    number: str
    state: State
    due: datetime | None
    provisional: bool
    steps: list[StepOut]
    actions: list[str]
    version: int


class ReferIn(Schema):
    """To which mine somebody turns. Nothing of what they accuse is taken."""

    model_config = ConfigDict(extra="forbid")

    mine: str | None = Field(None, max_length=60)


class OrganOut(Schema):
    """Who hears accusations of cadres of a higher level."""

    name: str
    address: str
    telephone: str


class ReferredOut(Schema):
    """The receipt of a letter that goes up, what to write on it, and where it goes."""

    receipt: str
    number: str
    organ: OrganOut


class LetterOut(Schema):
    """How far a letter is that goes up: when it came here, when it went."""

    number: str
    organ: str
    came: date | None
    passed_up: date | None


class Credentials(Schema):
    """Who signs in."""

    model_config = ConfigDict(extra="forbid")

    # A database or two cannot look for a NUL.
    username: Annotated[str, Field(max_length=60, pattern="^[^\\x00]*$")]
    password: Annotated[str, Field(max_length=200)]
    # Of the authenticator, for those who have one.
    code: Annotated[str, Field(max_length=40)] = ""


class TokenOut(Schema):
    """A token, shown this once."""

    token: str
    expires: datetime


class RowOut(Schema):
    """A matter in a list. Of a sealed one only the receipt is told: the rest is null."""

    number: str
    state: State
    sealed: bool
    received_at: datetime
    version: int
    zone: Zone | None = None
    title: str | None = None
    channel: str | None = None
    identity: str | None = None
    due: datetime | None = None
    provisional: bool | None = None
    lead_unit: str | None = None
    first_receiver: str | None = None
    responsible: str | None = None


class RowsOut(Schema):
    """A page of the list, the newest first; ``next`` is the ``after`` of the next page."""

    matters: list[RowOut]
    next: str | None


class ClaimOut(Schema):
    """A claim, its answer and its rating."""

    claim: int
    text: str
    facts: str
    basis: str
    outcome: str
    solved: bool | None
    speaker_solved: bool | None
    grade: str
    comment: str


class EventOut(Schema):
    """A line of the record; ``by`` is a log-in name, ``speaker`` or ``clock``."""

    seq: int
    at: datetime
    action: str
    what: str
    by: str
    words: str


class PartOut(Schema):
    """What another unit has to do with a matter; ``deliver_part`` takes its number."""

    part: int
    unit: str
    kind: str
    task: str
    due: datetime | None
    done_at: datetime | None
    result: str
    dissents: bool


class OrderOut(Schema):
    """What a leader wants done, and by when; the words stand in the event."""

    kind: str
    by: str
    given_at: datetime
    finish_on: date
    event: int


class MatterOut(RowOut):
    """A matter as far as this person may read it."""

    # Why only the receipt is told of what is sealed to the committee: no token unlocks it.
    locked: str | None = None
    text: str | None = None
    place: str | None = None
    unit: str | None = None
    request_type: str | None = None
    petition_class: str | None = None
    category: str | None = None
    level: str | None = None
    answer_due: datetime | None = None
    handler: str | None = None
    convener: str | None = None
    asked_until: date | None = None
    suspended_until: date | None = None
    extensions: int | None = None
    returns: int | None = None
    claims: list[ClaimOut] = []
    parts: list[PartOut] = []
    orders: list[OrderOut] = []
    events: list[EventOut] = []
    actions: list[str]


class SpeakerOut(Schema):
    """Who raised a matter; null where nothing was kept."""

    name: str | None
    contact: str | None


class PuzzleOut(Schema):
    """A puzzle for a proof of work."""

    puzzle: str
    bits: int
    needed: bool
