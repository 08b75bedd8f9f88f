"""What must be so besides the state. Each condition refuses with its own sentence."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuoshi.matters.rules.states import OPEN, Identity


if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise

    from shuoshi.matters.models import Matter


@dataclass(frozen=True)
class Condition:
    """A test of the matter at a moment, and the sentence where it fails."""

    name: str
    holds: "Callable[[Matter, datetime], bool]"
    otherwise: "StrPromise"


def _not_sealed(matter: "Matter", _now: datetime) -> bool:
    return not matter.sealed


def _suspended(matter: "Matter", _now: datetime) -> bool:
    return matter.suspended_at is not None


def _asked(matter: "Matter", _now: datetime) -> bool:
    return matter.asked_until is not None


def _rating_time_over(matter: "Matter", now: datetime) -> bool:
    return matter.is_rated or (matter.due_at is not None and matter.due_at <= now)


def _review_time(matter: "Matter", now: datetime) -> bool:
    return matter.ask_until is not None and now <= matter.ask_until


not_sealed = Condition("not_sealed", _not_sealed, _("这件事已经密封移送。"))
suspended = Condition("suspended", _suspended, _("这件事没有挂起。"))
not_suspended = Condition(
    "not_suspended",
    lambda matter, now: not _suspended(matter, now),
    _("这件事已经挂起，请先恢复办理。"),
)
asked = Condition("asked", _asked, _("没有人申请延期。"))
not_asked = Condition(
    "not_asked",
    lambda matter, now: not _asked(matter, now),
    _("已经申请过延期，正在等待批准。"),
)
extendable = Condition(
    "extendable", lambda matter, _now: matter.extensions == 0, _("只能延期一次。")
)
needs_no_designation = Condition(
    "needs_no_designation",
    lambda matter, _now: not matter.designated,
    _("这件事由领导指定承办，不能退回。"),
)
unrated = Condition(
    "unrated", lambda matter, _now: not matter.is_rated, _("已经评价过了。")
)
not_reopened = Condition(
    "not_reopened",
    lambda matter, _now: matter.reopened == 0,
    _("已经重新办理过一次，请走复查。"),
)
out_of_time_to_rate = Condition(
    "out_of_time_to_rate", _rating_time_over, _("评价期限还没有到。")
)
is_open = Condition(
    "is_open", lambda matter, _now: matter.state in OPEN, _("这件事已经结束。")
)
awaits_review = Condition(
    "awaits_review",
    lambda matter, now: matter.reviews == 0 and _review_time(matter, now),
    _("复查要在收到答复后三十日内提出，只能提出一次。"),
)
awaits_last_word = Condition(
    "awaits_last_word",
    lambda matter, now: matter.reviews == 1 and _review_time(matter, now),
    _("复核要在复查之后三十日内提出，只能提出一次。"),
)


def _release_asked(matter: "Matter", now: datetime) -> bool:
    return any(
        one.decided_at is None and now < one.until for one in matter.releases.all()
    )


confidential = Condition(
    "confidential",
    lambda matter, _now: matter.identity == Identity.CONFIDENTIAL,
    _("只有要求保密的说事人，才需要批准后查看。"),
)
release_asked = Condition(
    "release_asked", _release_asked, _("没有等待批准的查看申请。")
)
release_not_asked = Condition(
    "release_not_asked",
    lambda matter, now: not _release_asked(matter, now),
    _("已经有一份查看申请在等待批准。"),
)
