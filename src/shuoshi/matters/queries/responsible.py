"""Say who is responsible for a matter in its state."""

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused
from shuoshi.matters.models import Matter
from shuoshi.matters.queries.people import (
    are_all_kept_out,
    chief_or_next,
    chiefs,
    coordinators,
    discipline,
    first_who_may,
    head_or_next,
    leader_or_next,
    leaders,
    receiver_or_next,
    unit_heads,
)
from shuoshi.matters.rules.states import UNANSWERED, State


class NobodyLeft(Refused):
    """Everybody in the mine is kept from the matter."""


def responsible_for(matter: Matter) -> int:
    """
    Return whom the state makes responsible; never one from whom the matter is kept.

    :raises NobodyLeft: if the mine has nobody who could be.
    """
    found = _wanted(matter) or receiver_or_next(matter)
    if found is None:
        raise NobodyLeft(
            _("本单位没有可以接手的人：都与被反映对象有关，请改走上级的途径。")
        )
    return found


def _wanted(matter: Matter) -> int | None:
    match State(matter.state):
        case State.TRIAGED:
            return head_or_next(matter)
        case State.DELIBERATING:
            return _if_may(matter, matter.convener_id)
        case State.HANDLING:
            return _if_may(matter, matter.handler_id) or head_or_next(matter)
        case State.REVIEWING:
            return leader_or_next(matter, besides=[matter.handler_id])
        case State.FINAL_REVIEWING:
            return chief_or_next(matter, besides=[matter.handler_id])
        case _:
            return receiver_or_next(matter)


def _if_may(matter: Matter, person_id: int | None) -> int | None:
    return first_who_may(matter, [person_id]) if person_id else None


def goes_to_discipline(matter: Matter) -> bool:
    """
    True where the matter is about all who could send it on, and the committee is free.

    And where nobody at all is left: then it lies sealed for the committee above.

    Where everybody only stepped back, nobody is accused: then the line of those who are
    responsible goes on. Nor is it so while the committee finds out whom it is about.
    """
    if not matter.names_objects or matter.sealed or matter.state not in UNANSWERED:
        return False
    named = list(matter.objects_named.all())
    if all(one.recused for one in named) or any(one.is_unknown for one in named):
        return False
    if not are_all_kept_out(matter, _sorters(matter)):
        return False
    free = first_who_may(matter, discipline(matter)) is not None
    return free or receiver_or_next(matter) is None


def _sorters(matter: Matter) -> list[int | None]:
    """Return who sends a matter on from its state, kept from it or not."""
    if matter.state == State.RECEIVED and matter.designated:
        return [*leaders(matter), *chiefs(matter)]
    people: list[int | None] = [matter.first_receiver_id, *coordinators(matter)]
    match State(matter.state):
        case State.TRIAGED:
            people += unit_heads(matter)
        case State.DELIBERATING:
            people.append(matter.convener_id)
        case State.HANDLING:
            people += [matter.handler_id, *unit_heads(matter)]
    return people
