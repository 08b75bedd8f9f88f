"""Answer every refusal of the API in one shape, in plain words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    UnreadablePostError,
)
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from shuoshi.channels.actions.proofs import ProofNeeded
from shuoshi.common.refusals import Missing, NotPermitted, Outdated, Refused


class Problem(Schema):
    """One thing that is wrong; the field is null where none is to blame."""

    field: str | None
    message: str


class Problems(Schema):
    """Why nothing was done."""

    errors: list[Problem]


JSON = "application/json"
LONGEST_NAME = 100
OF_THE_BODY = {"content-length", "content-encoding", "content-language"}
# What a body can be told before anything is looked up.
UNREADABLE: dict[int, Any] = {
    400: Problems,
    413: Problems,
    415: Problems,
    422: Problems,
}
# While it is busy, without a proof of work.
BUSY: dict[int, Any] = {429: Problems}
UNKNOWN: dict[int, Any] = {404: Problems}
FOR_STAFF: dict[int, Any] = {401: Problems}
CHANGING: dict[int, Any] = {403: Problems, 409: Problems}

_SENTENCES = {
    "missing": gettext_lazy("请填写这一项。"),
    "extra_forbidden": gettext_lazy("没有这一项。"),
    "string_type": gettext_lazy("这一项要是文字。"),
    "string_unicode": gettext_lazy("文字里有无法识别的字符。"),
    "string_too_long": gettext_lazy("最多%(max_length)s个字。"),
    "string_too_short": gettext_lazy("至少%(min_length)s个字。"),
    "string_pattern_mismatch": gettext_lazy("这一项的格式不对。"),
    "bool_type": gettext_lazy("这一项要是true或者false。"),
    "int_type": gettext_lazy("这一项要是整数。"),
    "int_parsing": gettext_lazy("这一项要是整数。"),
    "greater_than_equal": gettext_lazy("不能小于%(ge)s。"),
    "less_than_equal": gettext_lazy("不能大于%(le)s。"),
    "base64_decode": gettext_lazy("这一项要是base64编码。"),
    "list_type": gettext_lazy("这一项要是一个列表。"),
    "too_long": gettext_lazy("最多%(max_length)s项。"),
    "literal_error": gettext_lazy("只能是：%(expected)s。"),
    "enum": gettext_lazy("只能是：%(expected)s。"),
    "model_attributes_type": gettext_lazy("这里要是一个JSON对象。"),
    "model_type": gettext_lazy("这里要是一个JSON对象。"),
}


class NotKnown(Refused):
    """The log-in name and the password do not stand for anybody."""


class Unfit(Exception):
    """Several fields are wrong at once."""

    def __init__(self, found: list[tuple[str | None, str]]) -> None:
        """Carry each field with its sentence."""
        super().__init__(found)
        self.found = found


def problems(status: int, *found: tuple[str | None, str]) -> HttpResponse:
    """Return an answer that names what is wrong."""
    errors = [{"field": field, "message": message} for field, message in found]
    answer = JsonResponse(
        {"errors": errors}, status=status, json_dumps_params={"ensure_ascii": False}
    )
    # Django would log the address of what was refused, and there a receipt may stand.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


# There is no form here that could be forged: what may be done is done by token.
@csrf_exempt
@never_cache
def nothing_here(_request: HttpRequest, *_args: Any) -> HttpResponse:
    """Answer for what is not there, and in the same words for what may not be seen."""
    return problems(404, (None, _("这里没有您要找的。")))


class PlainRefusals:
    """Let a program hear in its own language what Django itself refuses below /api/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand around everything else."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with a problem in place of a page."""
        answer = self.get_response(request)
        told = answer.get("Content-Type", "")
        if not request.path.startswith("/api/") or told.startswith(JSON):
            return answer
        sentence = _OF_DJANGO.get(answer.status_code)
        if sentence is None:
            return answer
        problem = problems(answer.status_code, (None, str(sentence)))
        for name, value in answer.items():
            if name not in problem and name.lower() not in OF_THE_BODY:
                problem[name] = value
        return problem


_OF_DJANGO = {
    400: gettext_lazy("这个请求读不懂，请核对地址和主机名。"),
    403: gettext_lazy("您不能这样做。"),
    404: gettext_lazy("这里没有您要找的。"),
    405: gettext_lazy("这个地址不接受这种请求方法。"),
    500: gettext_lazy("系统出了问题，没有做成；请稍后再试。"),
    503: gettext_lazy("现在存不下，没有做成；请稍后再试。"),
}


def answer_refusals(api: NinjaAPI) -> None:
    """Let the API answer what the domain, the reader of bodies and Django refuse."""
    handlers: dict[type[Exception], Any] = {
        ValidationError: _invalid,
        AuthenticationError: _without_token,
        NotKnown: _answer_with(401),
        HttpError: _unread,
        RequestDataTooBig: _too_big,
        SuspiciousOperation: _unread,
        UnreadablePostError: _unread,
        Unfit: _unfit,
        Http404: nothing_here,
        Missing: _answer_with(404),
        NotPermitted: _answer_with(403),
        Outdated: _answer_with(409),
        ProofNeeded: _answer_with(429),
        Refused: _answer_with(422),
    }
    for refusal, handler in handlers.items():
        api.add_exception_handler(refusal, handler)


def _answer_with(status: int) -> Any:
    def answer(_request: HttpRequest, refusal: Refused) -> HttpResponse:
        return problems(status, (refusal.field, refusal.message))

    return answer


def _without_token(_request: HttpRequest, _error: Exception) -> HttpResponse:
    answer = problems(401, (None, _("请带上有效的令牌。")))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _unread(request: HttpRequest, _error: Exception) -> HttpResponse:
    if request.content_type not in {"", JSON}:
        return problems(
            415, (None, _("请用JSON提交，Content-Type写application/json。"))
        )
    return problems(400, (None, _("提交的内容不是能读懂的JSON。")))


def _too_big(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return problems(413, (None, _("提交的内容太大了，最多2兆。")))


def _unfit(_request: HttpRequest, unfit: Unfit) -> HttpResponse:
    return problems(422, *unfit.found)


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems(422, *(_as_problem(one) for one in error.errors))


def _as_problem(error: Mapping[str, Any]) -> tuple[str | None, str]:
    sentence = _SENTENCES.get(error["type"], gettext_lazy("这一项不能这样填。"))
    # Where it is: source ("body"), the parameter, then the way inside.
    way = [str(step) for step in error["loc"]]
    way = way[2:] if way[0] == "body" else way[1:]
    name = ".".join(way).encode(errors="replace").decode()[:LONGEST_NAME]
    told = {key: _listed(value) for key, value in (error.get("ctx") or {}).items()}
    if not name and error["type"] == "missing":
        sentence = _SENTENCES["model_type"]
    return name or None, str(sentence) % told


def _listed(value: Any) -> str:
    return str(value).replace(" or ", "、").replace(", ", "、").replace("'", "")
