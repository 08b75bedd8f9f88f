"""The office of the three who run the house, each with a door of their own."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shuoshi.backup.queries.folder import backup_health
from shuoshi.common.pages import Request, page
from shuoshi.jobs.queries import worker_is_well
from shuoshi.matters.queries.committee import has_no_key
from shuoshi.matters.queries.frame import Desk
from shuoshi.notices.queries.roads import roads_health
from shuoshi.org.queries.proposals import proposals_seen_by, waiting_proposals
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.proposals import ROWS, ProposalKind
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.platforms.queries.setup import half_set_up


if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

GLASS = [kind for kind, row in ROWS.items() if row.breaks_glass]


class OfficeRequest(Request):
    """A request of somebody who runs the house."""

    desk: Desk


View = Callable[..., "HttpResponseBase"]


def for_administrators(*roles: Role) -> Callable[[View], View]:
    """Let in these administrators; for everybody else there is nothing here (404)."""
    wanted = roles or tuple(ADMINISTRATORS)

    def door(view: View) -> View:
        @wraps(view)
        def seated(
            request: "HttpRequest", *args: Any, **kwargs: Any
        ) -> "HttpResponseBase":
            # login_required has been passed, so this is a person.
            standing = standing_of(request.user)  # type: ignore[arg-type]
            if not standing.is_any(*wanted):
                raise Http404
            request.desk = Desk(standing, now(), request.path)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return login_required(never_cache(seated))

    return door


@for_administrators()
@require_safe
def office(request: OfficeRequest) -> "HttpResponseBase":
    standing, moment = request.desk.standing, request.desk.now
    seen = proposals_seen_by(standing)
    waiting = waiting_proposals(now=moment).values("pk")
    context = {
        "roles": standing.roles,
        "worker": worker_is_well(moment),
        "backups": backup_health(moment),
        "roads": roads_health(moment) if standing.is_any(Role.SYSADMIN) else [],
        "half": half_set_up(),
        "no_key": has_no_key(standing.mine_id or 0),
        "waiting": [
            one
            for one in seen.filter(pk__in=waiting)
            if one.asked_by_id != standing.person_id
        ],
        "glass": seen.filter(kind__in=[ProposalKind(kind) for kind in GLASS])[:10],
    }
    return page(request, "administrators/office.html", "", context)
