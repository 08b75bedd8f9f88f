"""Put every refusal on record, from pages and programs alike."""

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.utils.timezone import now

from shuoshi.common.refusals import Refused
from shuoshi.matters.actions.refusals import note_refusal
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.standing import Standing


if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

log = logging.getLogger(__name__)
REFUSALS = {403, 404}
LONGEST = 80


class RefusalsOnRecord:
    """Record what was refused to whom, once the answer stands."""

    def __init__(
        self, get_response: "Callable[[HttpRequest], HttpResponseBase]"
    ) -> None:
        """Stand within what tells who asks."""
        self.get_response = get_response

    def __call__(self, request: "HttpRequest") -> "HttpResponseBase":
        """Answer; the refusal stands even where it cannot be recorded."""
        answer = self.get_response(request)
        if answer.status_code in REFUSALS:
            try:
                _note(request, answer.status_code)
            except (DatabaseError, Refused) as fault:
                log.error("a refusal is not on record: %s", type(fault).__name__)
        return answer


def _note(request: "HttpRequest", status: int) -> None:
    match = request.resolver_match
    asker = _asker(request) if match else None
    if match is None or asker is None:
        return
    with transaction.atomic():
        note_refusal(
            asker,
            endpoint=match.view_name[:LONGEST],
            number=str(match.kwargs.get("number", "")),
            status=status,
            now=now(),
        )


def _asker(request: "HttpRequest") -> Standing | None:
    """Return who asked, by session or by token; of strangers nothing is kept."""
    by_token = getattr(request, "auth", None)
    if isinstance(by_token, Standing):
        return by_token
    if not request.user.is_authenticated:
        return None
    return standing_of(request.user)
