"""Say whether the house is well, for whoever watches over it."""

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuoshi.jobs.queries import worker_is_well
from shuoshi.jobs.rules.vitals import told


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    moment = timezone.now()
    try:
        worker = worker_is_well(moment)
        database = True
    except DatabaseError:
        worker = database = False
    well = database and worker
    words = {True: "well", False: "ill"}
    return JsonResponse(
        {"database": words[database], "worker": words[worker], **told(moment)},
        status=200 if well else 503,
    )
