"""The open road: raise a matter, follow it by the receipt, take the speaker's steps."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Status

from shuoshi.channels.actions.proofs import ASKING, SPEAKING, behind
from shuoshi.channels.actions.roads import require_open
from shuoshi.channels.actions.speaking import naming_nobody
from shuoshi.channels.actions.steps import steps_of_speaker
from shuoshi.channels.api.asking import IN_CHINESE, Given, describe_step
from shuoshi.channels.api.errors import BUSY, CHANGING, UNKNOWN, UNREADABLE
from shuoshi.channels.api.schemas import (
    LetterOut,
    NoticeOut,
    ProgressOut,
    PuzzleOut,
    ReferIn,
    ReferredOut,
    SayingIn,
)
from shuoshi.channels.api.taking import take
from shuoshi.channels.queries.mines import mine_called
from shuoshi.common.refusals import Missing, Refused
from shuoshi.matters.actions.raising import matter_of_receipt, raise_matter
from shuoshi.matters.actions.referring import refer
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.progress import Told, progress_of
from shuoshi.matters.queries.referrals import higher_organ_of
from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.receipts import cleaned
from shuoshi.matters.rules.sayings import Saying
from shuoshi.matters.rules.states import Channel
from shuoshi.matters.rules.table import STEPS, Step
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import speaker_of
from shuoshi.privacy.models import Telling
from shuoshi.privacy.queries.tellings import current_telling, versions_of
from shuoshi.privacy.rules.purposes import Purpose


LONGEST_RECEIPT = 60
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=200,
        description="同一个键和同样的内容再交一次，得到同一张回执，不会多出一件事。",
    ),
]
Proof = Annotated[
    str,
    Header(
        alias="Proof",
        max_length=200,
        description="忙的时候要带的工作量证明：题目、冒号、答案；题目从 /puzzles 取。",
    ),
]
router = Router(tags=["说事人"])


@router.get("/puzzles/{door}", response={200: PuzzleOut, **UNKNOWN}, summary="取题目")
def puzzle(request: HttpRequest, door: Literal["speak", "receipt"]) -> Any:
    """
    Give a puzzle for a proof of work, and say whether one is needed now.

    Its answer is a number; SHA-256 of "puzzle:answer" begins with so many zero bits.
    """
    moment = now()
    chosen = SPEAKING if door == SPEAKING.purpose else ASKING
    text, needed = chosen.puzzle(moment), chosen.bits(moment)
    return {"puzzle": text, "bits": int(text.split(".")[1]), "needed": needed > 0}


def raise_one(
    request: HttpRequest,
    said: SayingIn,
    idempotency_key: Key = None,
    proof: Proof = "",
) -> Any:
    """Raise a matter. The receipt is shown this once and is the only way back."""
    SPEAKING.let_in(proof, now=now())
    mine_id = _mine(said)
    told = _told(said, mine_id)
    saying = Saying(
        text=said.text,
        identity=said.identity.upper(),
        name=said.name or "",
        contact=said.contact or "",
        claims=tuple(claim for claim in said.claims if claim.strip()),
        place=said.place or "",
        unit_id=_unit(said.unit, mine_id, field="unit"),
        about=said.about or "",
        about_unit_id=_unit(said.about_unit, mine_id, field="about_unit"),
        told=told.pk,
        sensitive=said.sensitive or said.agreed,
        agreed=_agreed(said, mine_id),
    )
    with naming_nobody(saying):
        raised = raise_matter(
            saying,
            mine_id=mine_id,
            channel=Channel.API,
            now=now(),
            nonce=f"api:{idempotency_key}" if idempotency_key else "",
        )
    SPEAKING.count(now())
    matter = raised.matter
    return Status(
        201,
        {
            "receipt": raised.receipt,
            "number": matter.number,
            "due": localtime(matter.answer_due_at),
            "notice": told.version,
        },
    )


@router.post(
    "/referrals",
    response={201: ReferredOut, **UNREADABLE, **BUSY},
    summary="检举控告上级管理的干部",
)
def refer_one(request: HttpRequest, asked: ReferIn, proof: Proof = "") -> Any:
    """
    Give a receipt to whoever accuses a cadre of a higher level; nothing else is taken.

    Such a letter goes up closed: the answer says where to.
    """
    SPEAKING.let_in(proof, now=now())
    mine_id = _mine(asked)
    taken = refer(mine_id=mine_id, channel=Channel.API, now=now())
    SPEAKING.count(now())
    where = asdict(higher_organ_of(mine_id))
    told = {"receipt": taken.receipt, "number": taken.referral.number, "organ": where}
    return Status(201, told)


def _told(said: SayingIn, mine_id: int) -> Telling:
    """
    Return the text that the person was shown.

    :raises Refused: if there never was such a version.
    """
    if said.notice is None:
        return current_telling(Purpose.SPEAK, mine_id=mine_id)
    shown = versions_of(Purpose.SPEAK, mine_id=mine_id).filter(version=said.notice)
    if telling := shown.first():
        return telling
    raise Refused(_("没有这个版本的告知书，请核对版本号。"), field="notice")


def _agreed(said: SayingIn, mine_id: int) -> int | None:
    if not said.agreed:
        return None
    return current_telling(Purpose.SENSITIVE, mine_id=mine_id).pk


@router.get("/notice", response={200: NoticeOut, **UNREADABLE}, summary="告知书")
def read_notice(
    request: HttpRequest, mine: Annotated[str, Query(max_length=60)] = ""
) -> Any:
    """Return what people must be told before they speak."""
    found = mine_called(mine)
    if found is None:
        raise Refused(_("没有这个矿，请核对代码。"), field="mine")
    told = current_telling(Purpose.SPEAK, mine_id=found.pk)
    separate = current_telling(Purpose.SENSITIVE, mine_id=found.pk)
    return {
        "version": told.version,
        "text": told.body,
        "sensitive_version": separate.version,
        "sensitive_text": separate.body,
    }


def _mine(asked: SayingIn | ReferIn) -> int:
    mine = mine_called(asked.mine or "")
    if mine is None:
        raise Refused(_("没有这个矿，请核对代码。"), field="mine")
    require_open(Channel.API, mine_id=mine.pk)
    return mine.pk


def _unit(code: str | None, mine_id: int, *, field: str) -> int | None:
    """Return the unit of a code, none where none was named."""
    if not code:
        return None
    for unit in tree_of(mine_id).units.values():
        if unit.code == code and unit.is_active:
            return unit.pk
    raise Refused(_("没有这个单位，请核对代码；不清楚就不填。"), field=field)


@router.get(
    "/progress/{receipt}",
    response={200: ProgressOut | LetterOut, **UNKNOWN, **BUSY},
    summary="查进度",
)
def follow(request: HttpRequest, receipt: str, proof: Proof = "") -> Any:
    """Tell how far the matter is, in plain steps; of a letter that goes up, when it did."""
    found = behind(_digits(receipt), proof=proof, now=now())
    if letter := found.letter:
        told = {"number": letter.number, "organ": letter.organ}
        return told | {"came": letter.letter_on, "passed_up": letter.passed_on}
    if found.matter is None:
        raise _no_such()
    return _progress(found.matter)


def _matter_of(receipt: str, proof: str) -> Matter:
    # The same look-up and the same words, whether mistyped or never given.
    matter = behind(_digits(receipt), proof=proof, now=now()).matter
    if matter is None:
        raise _no_such()
    return matter


def _digits(receipt: str) -> str:
    return cleaned(receipt[:LONGEST_RECEIPT])


def _no_such() -> Missing:
    return Missing(_("没有找到这个回执号，请核对号码。"))


def _progress(matter: Matter) -> dict[str, Any]:
    told = progress_of(matter)
    return {
        "number": matter.number,
        "state": matter.state,
        "due": localtime(told.due_at) if told.due_at else None,
        "provisional": matter.provisional,
        "steps": [_step(one) for one in told.told],
        "actions": [step.name for step in steps_of_speaker(matter, now=now())],
        "version": matter.version,
    }


def _step(one: Told) -> dict[str, Any]:
    what = f"{one.what}：{one.unit}" if one.unit else one.what
    return {"at": localtime(one.at), "what": what, "words": one.words}


@IN_CHINESE
def _add(step: Step) -> None:
    """Offer one of the speaker's steps."""

    def act(request: HttpRequest, receipt: str, given: Given, proof: Proof = "") -> Any:
        matter = _matter_of(receipt, proof)
        speaker = speaker_of(matter.pk, matter.mine_id)
        take(matter, step, given, by=speaker, now=now())
        return _progress(matter_of_receipt(_digits(receipt)) or matter)

    describe_step(act, step)
    router.post(
        f"/progress/{{receipt}}/actions/{step.name}",
        response={
            200: ProgressOut,
            **UNKNOWN,
            **UNREADABLE,
            **CHANGING,
            **BUSY,
        },
        operation_id=f"speaker_{step.name}",
        summary=str(step.label),
    )(act)


for _step_of_speaker in STEPS.values():
    if _step_of_speaker.by is Permission.SPEAK:
        _add(_step_of_speaker)
