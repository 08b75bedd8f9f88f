from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Told(models.TextChoices):
    RESET = (
        "RESET",
        _("两名管理员为您重设了密码。如果不是您要求的，请马上找审计管理员。"),
    )
    FACTORS = (
        "FACTORS",
        _("您的第二重验证方式有变动。如果不是您改的，请马上找安全管理员。"),
    )
    RESTORED = "RESTORED", _("两名管理员用应急程序清除了您的第二重验证，并重设了密码。")
    NEW_DEVICE = (
        "NEW_DEVICE",
        _(
            "您的账号在一台没有用过的设备上登录了。如果不是您，请结束那个登录并修改密码。"
        ),
    )
    POSTS = "POSTS", _("您的岗位有变动，别处的登录都已退出。")
    ENDED = "ENDED", _("安全管理员结束了您在别处的登录。")
    FOR_ABOVE = (
        "FOR_ABOVE",
        _("有一件事，本单位没有人可以接手，已经密封保存。请联系上级纪委来取。"),
    )
    BREAK_GLASS = "BREAK_GLASS", _("启用了应急程序，请查看记录。")


class Telling(models.Model):
    """Something about a person's own account that they must be told, until they saw it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tellings"
    )
    kind = models.CharField(max_length=20, choices=Told.choices)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person"],
                condition=models.Q(seen_at=None),
                name="telling_unseen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.person_id}"
