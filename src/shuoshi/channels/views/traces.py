"""Leave quickly: home, and nothing of the other pages is kept."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the first page, and let the browser drop what it kept of the others."""
    answer = HttpResponseRedirect(reverse("channels:home"), status=303)
    # Browsers heed it over https alone; there is nothing to drop, this makes sure.
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer
