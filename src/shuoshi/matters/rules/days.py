"""Which days a person may name. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused


class DayRefused(Refused):
    """The day that was named does not do."""


def check_not_past(day: date, *, today: date, field: str) -> None:
    """
    Refuse a day that is over.

    :raises DayRefused: if it lies before today.
    """
    if day < today:
        raise DayRefused(_("日期已经过去，请选今天或以后的日期。"), field=field)


def check_not_after(day: date, *, last: date, field: str) -> None:
    """
    Refuse a day later than the matter's own deadline.

    :raises DayRefused: if it lies after ``last``.
    """
    if day > last:
        raise DayRefused(
            _("不能晚于答复期限%(last)s；需要更长时间，请另行申请延期。")
            % {"last": last.isoformat()},
            field=field,
        )


def check_extension(until: date, *, due_on: date, today: date, most: int) -> None:
    """
    Refuse an extension that the law does not allow (Regulation on Petitions §34).

    :raises DayRefused: if the deadline is past, or the day not after it, or too far.
    """
    if due_on < today:
        raise DayRefused(_("期限已过，不能再申请延期。"), field="until")
    if until <= due_on:
        raise DayRefused(
            _("要选在现在的期限%(due)s之后。") % {"due": due_on.isoformat()},
            field="until",
        )
    if (until - due_on).days > most:
        raise DayRefused(_("延长不能超过%(most)d日。") % {"most": most}, field="until")
