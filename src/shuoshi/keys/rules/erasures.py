"""What was erased, as it is told from one house to its restored copy."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from shuoshi.common.refusals import Refused


class NotAnErasure(Refused):
    """This line does not say what was erased."""


@dataclass(frozen=True)
class Erasure:
    """One box that was erased: its table, its row and its owner; no word about people."""

    box: str
    row: str
    owner: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Erasure":
        """
        Read it back.

        :raises NotAnErasure: if something is missing.
        """
        try:
            return cls(str(told["box"]), str(told["row"]), str(told["owner"]))
        except (KeyError, TypeError):
            raise NotAnErasure(_("这份清除记录读不懂，请核对文件。")) from None
