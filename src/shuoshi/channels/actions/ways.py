"""Forget how somebody was reached, once they are not to be told any more."""

from shuoshi.channels.models import WayBack
from shuoshi.matters.queries.reach import has_open_name


def forget_ways() -> int:
    """Delete the ways to speakers who were erased, restricted or sealed; return how many."""
    closed = [one.pk for one in WayBack.objects.all() if not has_open_name(one.about)]
    return WayBack.objects.filter(pk__in=closed).delete()[0]
