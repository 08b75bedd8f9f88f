"""The context processor that puts the frame around pages."""

from typing import TYPE_CHECKING

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from shuoshi.common.frame import Frame
from shuoshi.matters.queries.frame import frame_of
from shuoshi.matters.views.desk import seat


if TYPE_CHECKING:
    from django.http import HttpRequest

# The rooms whose pages are for people who have signed in.
DESK_ROOMS = frozenset(
    {
        "accounts",
        "administrators",
        "audit",
        "channels",
        "disclosure",
        "duty",
        "insight",
        "matters",
        "notices",
        "reception",
        "rights",
        "roads",
    }
)


def frame(request: "HttpRequest") -> dict[str, object]:
    """Return the frame, worked out only if the page looks at it; public pages ask nothing."""
    match = getattr(request, "resolver_match", None)
    if match is None or not DESK_ROOMS.intersection(match.app_names):
        return {"frame": Frame(room_name=_("党员说事室"))}
    return {"frame": SimpleLazyObject(lambda: _around(request))}


def _around(request: "HttpRequest") -> Frame:
    if not request.user.is_authenticated:
        return Frame(room_name=_("党员说事室"))
    return frame_of(seat(request))
