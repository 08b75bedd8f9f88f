from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    ENTER = "ENTER", _("开通账号")
    RESET = "RESET", _("重设密码")
    FIRST_RUN = "FIRST_RUN", _("初次设置")


class Invitation(models.Model):
    """A link that works once, for a while. Only hashes of its parts are kept."""

    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    # Nobody yet, where the house is first set up.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
    )
    digest = models.CharField(max_length=64, unique=True)
    # The half that goes another way, where two had to agree; empty where one link is all.
    half = models.CharField(max_length=64, blank=True)
    # The half itself, sealed, until the one who passes it on has read it.
    key = models.TextField(blank=True)
    unread = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose="FIRST_RUN", person=None)
                | ~models.Q(purpose="FIRST_RUN") & models.Q(person__isnull=False),
                name="invitation_is_somebodys",
            ),
            models.CheckConstraint(
                condition=~models.Q(purpose="RESET") | ~models.Q(half=""),
                name="invitation_reset_in_halves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.person_id}"

    @property
    def is_reset(self) -> bool:
        """True where somebody had been here before."""
        return self.purpose == Purpose.RESET
