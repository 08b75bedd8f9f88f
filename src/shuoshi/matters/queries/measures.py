"""What counts as raised, triaged, answered …: said of one matter, in the database's words."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, Value, When

from shuoshi.matters.models import Matter
from shuoshi.matters.queries.matters import not_kept_from
from shuoshi.matters.rules.figures import MEASURES, OVERDUE
from shuoshi.matters.rules.states import ENDED, UNANSWERED, State
from shuoshi.org.rules.standing import Standing


# What was closed without a ground was answered, even where an old ledger has no day of it.
_ANSWERED = Q(answered_at__isnull=False) | Q(state=State.CLOSED, ground="")
_OPEN_WORDS = {
    "triaged": Q(triaged_at__isnull=False),
    # An old ledger does not say who solved it where.
    "on_the_spot": Q(
        triaged_at=None, answered_at__isnull=False, source_digest__isnull=True
    ),
    "answered": _ANSWERED,
    # Answered once, even if it is being handled again.
    "replied": _ANSWERED | Q(reopened__gt=0),
    "timed": _ANSWERED & Q(on_time__isnull=False),
    "on_time": _ANSWERED & Q(on_time=True),
    "said": _ANSWERED & Q(solved__isnull=False),
    "solved": _ANSWERED & Q(solved=True),
    "rated": _ANSWERED & Q(is_rated=True),
    "satisfied": _ANSWERED & Q(is_rated=True, satisfied=True),
    "reopened": Q(reopened__gt=0),
    "extended": Q(extensions__gt=0, triaged_at__isnull=False),
    "unanswered": Q(state__in=sorted(UNANSWERED)),
    "ended": Q(state__in=sorted(ENDED)),
}
# Of what is under seal it is known that it was raised, and no more.
CONDITIONS: dict[str, Q] = {
    "raised": Q(),
    **{name: Q(sealed=False) & said for name, said in _OPEN_WORDS.items()},
}


def overdue(now: datetime) -> Q:
    """Return what is past its answer's day while nothing holds it up."""
    return Q(
        sealed=False,
        state__in=sorted(UNANSWERED),
        answer_due_at__lt=now,
        # No deadline runs longer than the answer's; an index knows this one.
        due_at__lt=now,
        suspended_at=None,
    )


def condition(measure: str, *, now: datetime) -> Q:
    """
    Return which matters a measure counts.

    :raises KeyError: for what is not counted.
    """
    return overdue(now) if measure == OVERDUE else CONDITIONS[measure]


def raised_in(mine_id: int, since: date, until: date) -> QuerySet[Matter]:
    """Return the matters raised in a mine from a day until a day."""
    return Matter.objects.filter(mine_id=mine_id, received_on__range=(since, until))


@cache
def counts_by(root_id: int, *keys: str) -> QuerySet[Any, Any]:
    """
    Return the measures of all matters by these keys, to be filtered.

    It is made once for each mine: putting so many conditions together takes longer than
    most databases take to answer. It must not be read as it is.
    """
    counts = {
        f"sum_{name}": Count("pk", filter=CONDITIONS[name] or None) for name in MEASURES
    }
    placed = with_unit(Matter.objects.order_by(), root_id)
    rows: QuerySet[Any, Any] = placed.values(*keys).annotate(**counts)
    return rows


def with_unit(matters: QuerySet[Matter], root_id: int) -> QuerySet[Any]:
    """Say under which unit each is counted: what is sealed under the mine itself."""
    return matters.annotate(
        unit_key=Case(
            When(sealed=True, then=Value(root_id)),
            default=F("lead_unit_id"),
            output_field=BigIntegerField(),
        )
    )


def under(units: frozenset[int] | None, root_id: int) -> Q:
    """Return which matters are counted under these units; all of them for None."""
    if units is None:
        return Q()
    plainly = Q(sealed=False, lead_unit__in=units)
    return plainly | Q(sealed=True) if root_id in units else plainly


def plain(matters: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out those that name people: these are counted for each viewer."""
    return matters.filter(names_objects=False)


def naming(matters: QuerySet[Any], person: Standing | None) -> QuerySet[Any]:
    """Return those that name people, from whom this viewer is not kept; all for nobody."""
    found = matters.filter(names_objects=True)
    return found if person is None else found.filter(not_kept_from(person))


def seen_by(matters: QuerySet[Any], person: Standing | None) -> QuerySet[Any]:
    """Leave out those from whom this viewer is kept; nothing for nobody."""
    return matters if person is None else matters.filter(not_kept_from(person))
