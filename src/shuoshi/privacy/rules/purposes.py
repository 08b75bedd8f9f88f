"""What people are told, what they agree to, what they may ask, and what happens in the end."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """Each has a text of its own, in versions."""

    SPEAK = "SPEAK", _("说事告知书")
    SENSITIVE = "SENSITIVE", _("敏感信息单独同意书")
    OUTSIDE = "OUTSIDE", _("对外提供单独同意书")
    STAFF = "STAFF", _("工作人员告知书")


# Agreed to apart from everything else; the other two are told, not asked.
SEPARATE: Final = frozenset({Purpose.SENSITIVE, Purpose.OUTSIDE})


class Wish(TextChoices):
    """What a person may ask about their own information (PIPL 44-50)."""

    READ = "READ", _("查阅")
    COPY = "COPY", _("复制")
    CORRECT = "CORRECT", _("更正")
    ERASE = "ERASE", _("删除")
    EXPLAIN = "EXPLAIN", _("解释说明")


class Outcome(TextChoices):
    """How a request was answered; empty while it waits."""

    GRANTED = "GRANTED", _("已照办")
    REFUSED = "REFUSED", _("不能照办")


class Fate(TextChoices):
    """What happens at the end of the time for which something is kept."""

    ERASE = "ERASE", _("清除")
    RESTRICT = "RESTRICT", _("封存，只保管不使用")


# Working days within which a request is answered.
ANSWERED_WITHIN: Final = 15
MOST_WORDS: Final = 1000
MOST_LINE: Final = 100
MOST_WEIGHED: Final = 3000
MOST_BODY: Final = 8000
# Nobody needs more than this many open at once; the rest is a flood.
MOST_OPEN: Final = 5
# What is handed outside and what was weighed beforehand is kept this long at least.
KEPT_YEARS: Final = 3
