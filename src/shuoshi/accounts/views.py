"""Sign in and out, change one's password, and say how one wishes to read."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shuoshi.accounts.actions.people import change_password
from shuoshi.accounts.forms import PasswordForm, SignInForm
from shuoshi.common.pages import Request, go, page


TYPE_COOKIE = "shuoshi_type"
A_YEAR = 365 * 24 * 60 * 60


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Return where the form wishes to go, if that is a page of this house."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wish if ours else resolve_url(otherwise)


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent: an empty form that was sent is still one to refuse."""
    return request.POST if request.method == "POST" else None


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponseBase:
    onward = next_page(request, settings.LOGIN_REDIRECT_URL)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(_sent(request))
    if form.is_valid():
        person = authenticate(request, **form.cleaned_data)
        if person is not None:
            login(request, person)
            return go(request, onward)
        form.add_error("password", _("登录名或者密码不对，请再试一次。"))
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next"),
    }
    return page(request, "accounts/sign_in.html", "", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def password(request: Request) -> HttpResponseBase:
    form = PasswordForm(_sent(request), person=request.user)
    if form.is_valid():
        change_password(request.user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("密码已经修改，在别处的登录都已退出。"))
        return go(request, "accounts:password")
    return page(request, "accounts/password.html", "form", {"form": form})


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponseRedirect:
    """Keep a wish on the device alone, and go back to the page."""
    answer = HttpResponseRedirect(next_page(request, "/"))
    answer.set_cookie(
        cookie,
        value,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer


# The two wishes carry no token: it would need a cookie, and who only reads or speaks
# here gets none. A page elsewhere could at most change the size of the letters.
@csrf_exempt
@require_POST
def reading_size(request: HttpRequest) -> HttpResponse:
    size = "large" if request.POST.get("type") == "large" else "usual"
    return _remember(request, TYPE_COOKIE, size)


@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    wish = request.POST.get("language", "")
    known = wish in dict(settings.LANGUAGES) and check_for_language(wish)
    code = wish if known else settings.LANGUAGE_CODE
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, code)
