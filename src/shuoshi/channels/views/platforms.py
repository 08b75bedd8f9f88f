"""Where WeChat, WeCom and QQ hand over what people say to us there."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.channels.actions.answering import (
    answer_by_json,
    answer_by_xml,
    check_fresh,
)
from shuoshi.channels.queries.mines import mine_called
from shuoshi.platforms.queries.setup import account_on
from shuoshi.platforms.rules.failures import NotGenuine, PlatformOff
from shuoshi.platforms.rules.setup import QQ, WECHAT, WECOM
from shuoshi.platforms.rules.xml import LONGEST, parsed


if TYPE_CHECKING:
    from shuoshi.platforms.rules.codec import Codec

# What the two take for "we have it, and say nothing".
TAKEN = "success"


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def wechat(request: HttpRequest) -> HttpResponse:
    return _by_xml(request, WECHAT)


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def wecom(request: HttpRequest) -> HttpResponse:
    return _by_xml(request, WECOM)


@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_POST
def qq(request: HttpRequest) -> HttpResponse:
    mine = mine_called("")
    try:
        account = account_on(QQ)
        if mine is None or len(request.body) > LONGEST:
            raise NotGenuine("body")
        told = answer_by_json(
            account.told["SECRET"],
            request.body,
            signature=request.headers.get("X-Signature-Ed25519", ""),
            stamp=request.headers.get("X-Signature-Timestamp", ""),
            mine_id=mine.pk,
            now=now(),
        )
    except PlatformOff:
        return _off()
    except NotGenuine:
        return _not_genuine()
    return JsonResponse(told)


def _by_xml(request: HttpRequest, platform: str) -> HttpResponse:
    mine = mine_called("")
    try:
        codec = account_on(platform).codec
        check_fresh(request.GET.get("timestamp", ""), now=now())
        if request.method == "GET":
            return HttpResponse(_echo(request, codec), content_type="text/plain")
        if mine is None or len(request.body) > LONGEST:
            raise NotGenuine("body")
        sealed = parsed(request.body.decode()).get("Encrypt", "")
        _check(request, codec, sealed)
        told = answer_by_xml(codec, platform, sealed, mine_id=mine.pk, now=now())
    except PlatformOff:
        return _off()
    except (NotGenuine, UnicodeDecodeError):
        return _not_genuine()
    if not told:
        return HttpResponse(TAKEN, content_type="text/plain")
    return HttpResponse(told, content_type="application/xml")


def _echo(request: HttpRequest, codec: "Codec") -> str:
    """Show the platform that the token, and where it asks so the key, are known here."""
    echo = request.GET.get("echostr", "")
    if "msg_signature" in request.GET:
        _check(request, codec, echo)
        return codec.opened(echo)
    stamp, nonce = request.GET.get("timestamp", ""), request.GET.get("nonce", "")
    codec.check(request.GET.get("signature", ""), stamp, nonce)
    return echo[:LONGEST]


def _check(request: HttpRequest, codec: "Codec", sealed: str) -> None:
    given = request.GET
    codec.check(
        given.get("msg_signature", ""),
        given.get("timestamp", ""),
        given.get("nonce", ""),
        sealed,
    )


def _off() -> HttpResponse:
    words = _("这里没有开通。")
    return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")


def _not_genuine() -> HttpResponse:
    words = _("这不是平台发来的消息。")
    return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")
