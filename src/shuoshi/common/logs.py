"""
Log what went wrong and where, never what anybody said.

The text of an error may quote a matter, and an address may hold a receipt: a log keeps the
kinds of errors, the places in the code and the route that was asked for.
"""

import logging
import re
from collections.abc import ItemsView
from typing import Any, Final

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter


# Sixteen digits, in groups or not, as a receipt is typed.
_RECEIPT: Final = re.compile(r"\d(?:(?:%20|[ _+-]){0,3}\d){11,}")


def without_words(error: BaseException | None) -> str:
    """Return an error and what led to it: kinds and places, oldest first."""
    told: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        told.insert(0, "\n".join([*_places(error), type(error).__name__]))
        hidden = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or hidden
    return "\n".join(told)


def _places(error: BaseException) -> list[str]:
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f'  "{code.co_filename}":{trace.tb_lineno} {code.co_name}')
        trace = trace.tb_next
    return places


class PlainFormatter(logging.Formatter):
    """Writes a record without the words of errors, the addresses and the receipts in it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        """Return the line, with the route in place of the address."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            record.message = f"{getattr(record, 'status_code', '')} {route_of(request)}"
        record.message = _RECEIPT.sub("…", record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        """Return the places of an error."""
        return without_words(ei[1])

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        """Return nothing: the lines of code that a stack quotes help nobody here."""
        return ""


def route_of(request: HttpRequest) -> str:
    """Return how the address is written in the code, without what was put into it."""
    match = request.resolver_match
    return f"{request.method} {match.route if match else '?'}"


class PlainReporter(ExceptionReporter):
    """Reports an error by mail or page, should anybody ask for one, without its words."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return nothing of the request, the settings or the variables."""
        return {"is_email": self.is_email}

    def get_traceback_html(self) -> SafeString:
        """Return the same as the text."""
        return self.get_traceback_text()

    def get_traceback_text(self) -> SafeString:
        """Return kinds and places."""
        return escape(without_words(self.exc_value))


class NothingShown(SafeExceptionReporterFilter):
    """Shows no setting, no parameter and no variable, whoever makes the report."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Hide in debug too."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """Return nothing that was sent."""
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        """Return no variable."""
        return {}.items()
