"""What the record tells besides the steps of matters, in the auditor's words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.rules.notes import READ, ROOM


if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Kind:
    """A kind of notes: which verbs belong to it."""

    code: str
    label: "StrPromise"
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def verbs(self) -> Q:
        found = Q(pk__in=())
        for start in self.begins:
            found |= Q(verb__startswith=f"{ROOM}.{start}")
        for end in self.ends:
            found |= Q(verb__startswith=f"{ROOM}.", verb__endswith=end)
        return found

    def holds(self, verb: str) -> bool:
        plain = verb.removeprefix(f"{ROOM}.")
        return plain.startswith(self.begins) or plain.endswith(self.ends)


# In the order in which a verb is told: the first that holds it names it.
KINDS: Final = (
    Kind("READING", _("查看保护信息"), (READ.removeprefix(f"{ROOM}."),)),
    Kind("EXPORT", _("导出"), ends=("exported", "handed_out")),
    Kind("REFUSAL", _("拒绝"), ("access.refused",), (".refused", "_refused")),
    Kind("BREAK_GLASS", _("应急开启"), ("accounts.break_glass", "org.break_glass")),
    Kind(
        "SIGN_IN", _("登录"), ("accounts.sign", "accounts.failed", "accounts.session")
    ),
    Kind("GRANT", _("授权与账号"), ("org.", "accounts.")),
    Kind("KEY", _("密钥与清除"), ("keys.", "matters.committee_key")),
    Kind("LETTER", _("上交信件"), ("matters.referral", "matters.higher_organ")),
    Kind("SEAL", _("日封与验证"), ("trail.sealed", "trail.verified")),
)
OTHER: Final = _("其他")

READ_WHAT: Final = {
    "speaker": _("说事人身份"),
    "text": _("密封内容"),
    "words": _("保密匿名的内容"),
    "file": _("附件"),
}
# What is no code of the programs, and what only proves.
LEFT_OUT: Final = frozenset(
    {"on", "title", "row", "claims_digest", "digest", "reading"}
)


def kind_of(verb: str) -> "StrPromise":
    """Return the name of the kind that a verb belongs to."""
    return next((kind.label for kind in KINDS if kind.holds(verb)), OTHER)


def told_of(verb: str, detail: dict[str, Any]) -> str:
    """Return what an auditor is told of a note: its codes and counts, never words."""
    told = [verb.removeprefix(f"{ROOM}.")]
    if verb == READ:
        field = str(detail.get("field", ""))
        told = [str(READ_WHAT.get(field, field)), str(detail.get("why", ""))]
        return " · ".join(filter(None, told))
    told += [
        f"{name} {said}"
        for name, said in sorted(detail.items())
        if name not in LEFT_OUT and isinstance(said, str | int) and said != ""
    ]
    return " · ".join(told)


def may_audit(person: Standing) -> bool:
    return person.is_any(Role.AUDITOR)
