"""The posts that decide what a person may do."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    RECEPTION = "RECEPTION", _("接待人员")
    COORDINATOR = "COORDINATOR", _("统筹人员")
    UNIT_HEAD = "UNIT_HEAD", _("单位负责人")
    MEMBER = "MEMBER", _("经办人员")
    LEADER = "LEADER", _("分管领导")
    CHIEF = "CHIEF", _("主要领导")
    DISCIPLINE = "DISCIPLINE", _("纪委人员")
    SYSADMIN = "SYSADMIN", _("系统管理员")
    SECADMIN = "SECADMIN", _("安全管理员")
    AUDITOR = "AUDITOR", _("审计管理员")


# Those who run the house; none of these reads matters.
ADMINISTRATORS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})
