import logging

import pytest
from django.conf import settings
from django.core import mail
from django.test import RequestFactory
from django.utils.log import AdminEmailHandler
from django.views.debug import get_exception_reporter_filter

from shuoshi.common.logs import PlainFormatter, without_words


SECRET = "张三的手机13800000000"


def raised():
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise KeyError(SECRET) from error
    except KeyError as error:
        return error


def record(message="oops", *args, error=None, **extra):
    exc_info = (type(error), error, error.__traceback__) if error else None
    made = logging.LogRecord("x", 40, __file__, 1, message, args, exc_info)
    vars(made).update(extra)
    return made


def test_an_error_is_told_by_kinds_and_places():
    told = without_words(raised())

    assert SECRET not in told
    assert told.index("ValueError") < told.index("KeyError")
    assert "test_logs.py" in told


def test_a_record_keeps_no_word_of_its_error():
    line = PlainFormatter("%(message)s").format(record(error=raised()))

    assert SECRET not in line
    assert "KeyError" in line


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890123452",
        "1234 5678 9012 3452",
        "1234-5678-9012-3452",
        "1234%205678%209012%203452",
    ],
)
def test_a_receipt_is_masked(typed):
    line = PlainFormatter("%(message)s").format(record("found %s here", typed))

    assert line == "found … here"


def test_an_address_is_told_by_its_route():
    request = RequestFactory().get(f"/desk/{SECRET}/")

    line = PlainFormatter("%(message)s").format(
        record("Not found: %s", request.path, request=request, status_code=500)
    )

    assert line == "500 GET ?"


def test_a_mail_about_an_error_would_hold_no_word(settings):
    settings.ADMINS = [("somebody", "somebody@example.org")]
    request = RequestFactory().post(f"/{SECRET}", {"text": SECRET})

    AdminEmailHandler(include_html=True).emit(
        record("oops", error=raised(), request=request, status_code=500)
    )

    (sent,) = mail.outbox
    assert "KeyError" in sent.body
    assert SECRET not in sent.body
    assert all(SECRET not in str(one) for one in sent.alternatives)
    assert SECRET not in get_exception_reporter_filter(request).get_post_parameters(
        request
    )


def test_django_mails_nobody_by_itself():
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    assert logging.getLogger("django").handlers == []
