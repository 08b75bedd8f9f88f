"""Who opens letters."""

from shuoshi.accounts.models import User
from shuoshi.org.queries.people import people_holding
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing


def who_may_open(person: Standing) -> list[User]:
    """Return with whom somebody may open the box: the others of the reception."""
    here = people_holding(
        [Role.RECEPTION, Role.COORDINATOR], mine_id=person.mine_id or 0
    )
    return [one for one in here if one.pk != person.person_id]
