"""The open road: raise a matter, follow it by the receipt, take the speaker's steps."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from ninja import Header, Router, Status

from shuoshi.channels.actions.steps import steps_of_speaker
from shuoshi.channels.api.asking import IN_CHINESE, Given, describe_step
from shuoshi.channels.api.errors import CHANGING, UNKNOWN, UNREADABLE
from shuoshi.channels.api.schemas import ProgressOut, SayingIn
from shuoshi.channels.api.taking import take
from shuoshi.channels.queries.mines import mine_called
from shuoshi.common.refusals import Missing, Refused
from shuoshi.matters.actions.raising import raise_matter, receipt_digest
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.progress import Told, matter_with_receipt, progress_of
from shuoshi.matters.rules.access import Permission
from shuoshi.matters.rules.receipts import cleaned
from shuoshi.matters.rules.sayings import Saying
from shuoshi.matters.rules.states import Channel
from shuoshi.matters.rules.table import STEPS, Step
from shuoshi.org.queries.units import tree_of
from shuoshi.org.rules.standing import speaker_of


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
router = Router(tags=["说事人"])


def raise_one(request: HttpRequest, said: SayingIn, idempotency_key: Key = None) -> Any:
    """Raise a matter. The receipt is shown this once and is the only way back."""
    mine_id, unit_id = _place(said)
    raised = raise_matter(
        Saying(
            text=said.text,
            identity=said.identity.upper(),
            name=said.name or "",
            contact=said.contact or "",
            claims=tuple(claim for claim in said.claims if claim.strip()),
            place=said.place or "",
            unit_id=unit_id,
        ),
        mine_id=mine_id,
        channel=Channel.API,
        now=now(),
        nonce=f"api:{idempotency_key}" if idempotency_key else "",
    )
    matter = raised.matter
    due = localtime(matter.answer_due_at)
    return Status(201, {"receipt": raised.receipt, "number": matter.number, "due": due})


def _place(said: SayingIn) -> tuple[int, int | None]:
    """Return the mine and, where one was named, the unit."""
    mine = mine_called(said.mine or "")
    if mine is None:
        raise Refused(_("没有这个矿，请核对代码。"), field="mine")
    if not said.unit:
        return mine.pk, None
    units = tree_of(mine.pk).units.values()
    for unit in units:
        if unit.code == said.unit and unit.is_active:
            return mine.pk, unit.pk
    raise Refused(_("没有这个单位，请核对代码；不清楚就不填。"), field="unit")


@router.get(
    "/progress/{receipt}", response={200: ProgressOut, **UNKNOWN}, summary="查进度"
)
def follow(request: HttpRequest, receipt: str) -> Any:
    """Tell how far the matter is, in plain steps."""
    return _progress(_matter_of(receipt))


def _matter_of(receipt: str) -> Matter:
    # The same look-up and the same words, whether mistyped or never given.
    digest = receipt_digest(cleaned(receipt[:LONGEST_RECEIPT]))
    matter = matter_with_receipt(digest)
    if matter is None:
        raise Missing(_("没有找到这个回执号，请核对号码。"))
    return matter


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

    def act(request: HttpRequest, receipt: str, given: Given) -> Any:
        matter = _matter_of(receipt)
        speaker = speaker_of(matter.pk, matter.mine_id)
        take(matter, step, given, by=speaker, now=now())
        return _progress(_matter_of(receipt))

    describe_step(act, step)
    router.post(
        f"/progress/{{receipt}}/actions/{step.name}",
        response={200: ProgressOut, **UNKNOWN, **UNREADABLE, **CHANGING},
        operation_id=f"speaker_{step.name}",
        summary=str(step.label),
    )(act)


for _step_of_speaker in STEPS.values():
    if _step_of_speaker.by is Permission.SPEAK:
        _add(_step_of_speaker)
