"""
Ask whether a person may do something.

Each app lists its permissions once, in ``rules/access.py``: a permission and
the predicates that grant it. One true predicate is enough.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted


Thing = TypeVar("Thing")
Predicate = Callable[[Any, Thing], bool]


class Gate(Generic[Thing]):
    def __init__(self, grants: Mapping[Enum, tuple[Predicate[Thing], ...]]) -> None:
        self.grants = grants

    def may(self, person: Any, permission: Enum, thing: Thing) -> bool:
        return any(granted(person, thing) for granted in self.grants[permission])

    def granting(self, person: Any, permission: Enum, thing: Thing) -> list[str]:
        """Return the names of the predicates that grant it, to be shown to who asks why."""
        names = [
            predicate.__name__
            for predicate in self.grants[permission]
            if predicate(person, thing)
        ]
        return list(dict.fromkeys(names))

    def require(self, person: Any, permission: Enum, thing: Thing) -> None:
        """
        Refuse unless the person may.

        :raises NotPermitted: if no predicate grants the permission.
        """
        if not self.may(person, permission, thing):
            raise NotPermitted(_("您不能这样做。"))
