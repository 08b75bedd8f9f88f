"""What to do about a rejected row of an old ledger. Pure."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from shuoshi.matters.rules.ledger_columns import Column


ADVICE: Final = {
    Column.RAISED: _("写成 2019-3-5 或 2019年3月5日，年月日都要有"),
    Column.ANSWERED: _("写成 2019-3-8，不早于来访日期，也不晚于今天"),
    Column.REQUEST: _("写明反映了什么；没有内容的行可以删去"),
    Column.REPLY: _("补上答复，或者把“是否办结”改成“否”"),
    Column.FINISHED: _("写“是”或“否”"),
    Column.GRADE: _("写五档之一，没有评价就空着"),
    Column.NUMBER: _("改成不重复的编号，或者空着"),
    Column.NAME: _("检查这一行的各列有没有错位"),
    Column.CONTACT: _("检查这一行的各列有没有错位"),
}


def advice_for(column: str) -> str:
    """Return what to do about a fault in a column."""
    return str(ADVICE.get(Column(column), _("改短或者改正后再导入")))
