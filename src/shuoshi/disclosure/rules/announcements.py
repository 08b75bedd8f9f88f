"""What is made public, by what category, and on what way. Pure."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


MOST_TITLE: Final = 80
MOST_BODY: Final = 10_000
MOST_REASON: Final = 200
# It stays up for so many days at least, unless it is withdrawn with a reason.
FEWEST_DAYS: Final = 15
MOST_DAYS: Final = 3660


class Category(TextChoices):
    """Of what is made public: affairs of the mine, affairs of the Party."""

    PRODUCTION = "PRODUCTION", _("矿务·生产经营")
    WAGES = "WAGES", _("矿务·工资福利")
    SAFETY = "SAFETY", _("矿务·安全")
    PERSONNEL = "PERSONNEL", _("矿务·人事任免")
    LIFE = "LIFE", _("矿务·生活后勤")
    PARTY = "PARTY", _("党务·组织工作")
    CONDUCT = "CONDUCT", _("党务·党风廉政")
    DUES = "DUES", _("党务·党费收支")
    OUTCOME = "OUTCOME", _("说事·办理结果")


class AnnouncementState(TextChoices):
    """From a draft to the column, and off it again."""

    DRAFT = "DRAFT", _("草稿")
    CHECKED = "CHECKED", _("已过保密审查")
    PUBLISHED = "PUBLISHED", _("已公开")
    WITHDRAWN = "WITHDRAWN", _("已撤下")
