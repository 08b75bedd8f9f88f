"""What people who work do through a program: list, read, take every step of the table."""

from typing import Annotated, Any

from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from shuoshi.channels.actions.readings import read_matter, read_speaker
from shuoshi.channels.api.asking import IN_CHINESE, Given, describe_step
from shuoshi.channels.api.errors import BUSY, CHANGING, FOR_STAFF, UNKNOWN, UNREADABLE
from shuoshi.channels.api.schemas import MatterOut, ReceiptOut, RowsOut, SpeakerOut
from shuoshi.channels.api.speaking import raise_one
from shuoshi.channels.api.taking import take
from shuoshi.channels.api.tokens import StaffRequest, TokenAuth
from shuoshi.channels.queries.sheets import (
    matter_seen,
    matters_asked,
    receipt_of,
    row_of,
)
from shuoshi.common.refusals import Missing, Refused
from shuoshi.matters.actions.steps import steps_open_to
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.keyset import OLDER, page_of, place_in
from shuoshi.matters.rules.states import State, Zone
from shuoshi.matters.rules.table import STEPS, Step


router = Router(auth=TokenAuth(), tags=["办事人员"])
# One address, two doors: everybody may speak, who works may list.
router.post(
    "/matters",
    response={201: ReceiptOut, **UNREADABLE, **BUSY},
    auth=None,
    tags=["说事人"],
    summary="说事",
)(raise_one)


class Wanted(Schema):
    """What the list should hold."""

    state: State | None = None
    zone: Zone | None = None
    q: Annotated[str, Field(max_length=100, description="字词或者编号")] = ""
    after: Annotated[str | None, Field(max_length=40, description="上一页的 next")] = (
        None
    )
    limit: Annotated[int, Field(ge=1, le=100)] = 25


@router.get(
    "/matters",
    response={200: RowsOut, **FOR_STAFF, 422: UNREADABLE[422]},
    summary="台账",
)
def list_matters(request: StaffRequest, wanted: Query[Wanted]) -> Any:
    """List what this person sees, the newest first."""
    place = place_in({OLDER: wanted.after or ""})
    if wanted.after and place is None:
        raise Refused(_("请原样写上一页的 next。"), field="after")
    rows = page_of(
        matters_asked(
            request.auth,
            state=wanted.state or "",
            zone=wanted.zone or "",
            words=wanted.q.strip(),
        ),
        "received_at",
        place=place,
        size=wanted.limit,
        descending=True,
    )
    return {
        "matters": [row_of(matter, request.auth) for matter in rows.rows],
        "next": rows.older or None,
    }


def _seen(request: StaffRequest, number: str) -> Matter:
    matter = matter_seen(request.auth, number)
    if matter is None:
        raise Missing(_("这里没有您要找的。"))
    matter.looked_at = now()
    return matter


@router.get(
    "/matters/{number}",
    response={200: MatterOut, **FOR_STAFF, **UNKNOWN},
    summary="看一件事",
)
def read(request: StaffRequest, number: str) -> Any:
    """Return a matter as far as this person may read it, and the steps open to them."""
    return _sheet(request, _seen(request, number))


def _sheet(request: StaffRequest, matter: Matter) -> dict[str, Any]:
    moment = now()
    steps = steps_open_to(request.auth, matter, now=moment)
    return {
        **read_matter(matter, by=request.auth, now=moment),
        "actions": [step.name for step in steps],
    }


@router.post(
    "/matters/{number}/speaker",
    response={200: SpeakerOut, **FOR_STAFF, **UNKNOWN, 403: CHANGING[403]},
    summary="看说事人是谁",
)
def open_speaker(request: StaffRequest, number: str) -> Any:
    """Say who raised it. That a protected name was read is put on record first."""
    speaker = read_speaker(_seen(request, number), by=request.auth, now=now())
    return {
        "name": speaker.name if speaker else None,
        "contact": speaker.contact if speaker else None,
    }


@IN_CHINESE
def _add(step: Step) -> None:
    """Offer a step of the table."""

    def act(request: StaffRequest, number: str, given: Given) -> Any:
        matter = _seen(request, number)
        after = take(matter, step, given, by=request.auth, now=now())
        # A step may take the matter out of one's own sight: then a receipt is left.
        seen = matter_seen(request.auth, number)
        if seen is None:
            return {**receipt_of(after), "actions": []}
        return _sheet(request, seen)

    describe_step(act, step)
    router.post(
        f"/matters/{{number}}/actions/{step.name}",
        response={200: MatterOut, **FOR_STAFF, **UNKNOWN, **UNREADABLE, **CHANGING},
        operation_id=f"staff_{step.name}",
        summary=str(step.label),
    )(act)


for _step in STEPS.values():
    # What has no source begins a matter: that is the open road, or the desk.
    if _step.sources:
        _add(_step)
