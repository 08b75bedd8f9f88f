"""How one wishes to read: the size of letters and the language, kept on the device."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from shuoshi.accounts.views.doors import next_page


TYPE_COOKIE = "shuoshi_type"
A_YEAR = 365 * 24 * 60 * 60


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
