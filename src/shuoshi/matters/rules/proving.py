"""Say in plain words what the verification found."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


WHY: Final = {
    "changed": gettext_lazy("这条记录被改过"),
    "missing": gettext_lazy("这里少了记录"),
    "doubled": gettext_lazy("这里多了一条同号的记录"),
    "extra": gettext_lazy("这条记录后面没有人记得"),
    "ownerless": gettext_lazy("这段记录所属的事已经不在"),
    "head": gettext_lazy("最后一条记录和所记的末尾对不上"),
    "events": gettext_lazy("封存的记录和封印对不上"),
    "printed": gettext_lazy("没有纸上这个封印，或者和它不一样"),
    "row": gettext_lazy("台账里的内容和记录对不上"),
    "series": gettext_lazy("编过的号少了或者多了"),
    "people": gettext_lazy("账号、岗位或者纪委密钥绕过系统被改过"),
    "file": gettext_lazy("文件被改过"),
    "file_missing": gettext_lazy("文件不在了"),
    "database": gettext_lazy("数据库文件有损坏，记录本身没有被动过"),
    "unreadable": gettext_lazy("数据库文件有损坏，读不下去"),
}
NAMES: Final = {
    "number": gettext_lazy("编号"),
    "day": gettext_lazy("日封"),
    "seq": gettext_lazy("第几条"),
    "event": gettext_lazy("记录号"),
    "what": gettext_lazy("内容"),
    "file": gettext_lazy("文件"),
    "about": gettext_lazy("链"),
}


def told_of(bad: dict[str, Any]) -> str:
    """Return a sentence about the first thing that is bad."""
    where = [
        f"{name} {bad[key]}"
        for key, name in NAMES.items()
        if bad.get(key) not in {None, ""}
    ]
    why = WHY.get(str(bad.get("why")), str(bad.get("why")))
    return _("验证没有通过：%(why)s。%(where)s") % {
        "why": why,
        "where": "，".join(where),
    }
