"""What is kept about the speaker of one matter: shown to them, and taken along as a copy."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from shuoshi.matters.queries.progress import progress_of
from shuoshi.matters.queries.sheet import speaker_of_sheet
from shuoshi.matters.rules.access import is_restricted
from shuoshi.matters.rules.speakers import must_be_kept
from shuoshi.privacy.models import Telling
from shuoshi.privacy.queries.consents import (
    consents_of,
    handings_of,
    standing_consent,
)
from shuoshi.privacy.queries.requests import RequestShown, requests_about, shown
from shuoshi.privacy.queries.retention import PeriodOf, periods_of
from shuoshi.privacy.queries.tellings import current_telling, submission_of
from shuoshi.privacy.rules.kinds import Kept
from shuoshi.privacy.rules.purposes import Purpose


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.matters.queries.sheet import SpeakerShown
    from shuoshi.privacy.models import Consent, Handing


@dataclass(frozen=True)
class Own:
    """Everything kept about who spoke."""

    matter: "Matter"
    speaker: "SpeakerShown | None"
    restricted: bool
    # Erasing would only keep it from everybody: the law wants it stored.
    must_be_kept: bool
    telling: Telling | None
    consents: "list[Consent]"
    handings: "list[Handing]"
    requests: list[RequestShown]
    outside: Telling
    may_agree: bool
    period: PeriodOf


def own_of(matter: "Matter") -> Own:
    """Return what is kept about the speaker of a matter; only for who holds the receipt."""
    speaker = getattr(matter, "speaker", None)
    submission = submission_of(matter.uid)
    periods = {one.kind: one for one in periods_of(matter.mine_id)}
    return Own(
        matter=matter,
        speaker=speaker_of_sheet(matter) if speaker and speaker.key else None,
        restricted=is_restricted(matter),
        must_be_kept=must_be_kept(matter),
        telling=submission.telling if submission else None,
        consents=list(consents_of(matter.uid)),
        handings=list(handings_of(matter.uid)),
        requests=[shown(one) for one in requests_about(matter.uid)],
        outside=current_telling(Purpose.OUTSIDE, mine_id=matter.mine_id),
        may_agree=standing_consent(matter.uid, Purpose.OUTSIDE) is None,
        period=periods[Kept.SPEAKER],
    )


def copy_of(matter: "Matter") -> dict[str, Any]:
    """Return the same as a program can read it: the speaker's own, and nobody else's."""
    own, progress = own_of(matter), progress_of(matter)
    telling = own.telling
    return {
        "number": matter.number,
        "identity": matter.identity,
        "received_on": matter.received_on.isoformat(),
        "name": own.speaker.name if own.speaker else None,
        "contact": own.speaker.contact if own.speaker else None,
        "restricted": own.restricted,
        "text": None if matter.sealed else matter.text,
        "claims": [claim.text for claim in progress.claims],
        "files": [
            {"place": file.place, "kind": file.attachment.kind}
            for file in progress.files
            if file.is_own
        ],
        "notice": {"version": telling.version, "text": telling.body}
        if telling
        else None,
        "consents": [_consent(one) for one in own.consents],
        "handed_outside": [_handing(one) for one in own.handings],
        "requests": [_request(one) for one in own.requests],
        "kept_for": {
            key: value for key, value in asdict(own.period).items() if key != "kind"
        },
    }


def _consent(one: "Consent") -> dict[str, Any]:
    return {
        "purpose": one.telling.purpose,
        "version": one.telling.version,
        "given_at": _moment(one.given_at),
        "withdrawn_at": _moment(one.withdrawn_at),
    }


def _handing(one: "Handing") -> dict[str, str]:
    return {
        "to": one.recipient,
        "what": one.what,
        "ground": one.ground,
        "on": localtime(one.at).date().isoformat(),
    }


def _request(one: RequestShown) -> dict[str, str]:
    request = one.request
    return {
        "wish": request.wish,
        "words": one.words,
        "asked_on": localtime(request.asked_at).date().isoformat(),
        "due_on": request.due_on.isoformat(),
        "outcome": request.outcome,
        "answer": one.answer,
    }


def _moment(moment: datetime | None) -> str | None:
    return localtime(moment).isoformat() if moment else None
