"""The kinds of record whose time ends, and how long they are kept unless a mine says else."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from shuoshi.privacy.rules.purposes import Fate


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Kept(TextChoices):
    SPEAKER = "SPEAKER", _("办结事项的说事人身份和联系方式")
    FILES = "FILES", _("办结事项的附件")
    NOTICES = "NOTICES", _("发给工作人员的通知")
    REQUESTS = "REQUESTS", _("已答复的个人信息请求")


@dataclass(frozen=True)
class Usual:
    """What holds until the mine decides otherwise."""

    months: int
    ground: "StrPromise"
    fate: str = Fate.ERASE


USUAL: Final = {
    Kept.SPEAKER: Usual(
        24, _("《个人信息保护法》第十九条、第四十七条：办理目的已经实现，满期清除")
    ),
    Kept.FILES: Usual(
        36, _("《个人信息保护法》第四十七条；应当归档的材料先按档案规定移交")
    ),
    Kept.NOTICES: Usual(
        12, _("《个人信息保护法》第十九条：保存期限为实现目的所必要的最短时间")
    ),
    Kept.REQUESTS: Usual(
        36, _("《个人信息保护法》第五十条、第五十六条：处理情况留存三年")
    ),
}
# Proof of how requests were answered is kept as long as the law keeps the registers.
_FEWEST: Final = {Kept.REQUESTS: 36}
MOST_MONTHS: Final = 600


def fewest_months(kind: str) -> int:
    """Return the shortest period that may be set."""
    return _FEWEST.get(Kept(kind), 1)
