from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.disclosure.rules.announcements import (
    MOST_REASON,
    MOST_TITLE,
    AnnouncementState,
    Category,
)
from shuoshi.org.models import Mine


class Announcement(models.Model):
    """Something made public: written by one, checked and published by others."""

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="announcements")
    category = models.CharField(_("类别"), max_length=20, choices=Category.choices)
    title = models.CharField(_("标题"), max_length=MOST_TITLE)
    body = models.TextField(_("内容"))
    state = models.CharField(
        max_length=10,
        choices=AnnouncementState.choices,
        default=AnnouncementState.DRAFT,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="announcements_written",
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="announcements_checked",
        null=True,
        blank=True,
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="announcements_published",
        null=True,
        blank=True,
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="announcements_withdrawn",
        null=True,
        blank=True,
    )
    written_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # The last day on which it stands in the column.
    until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("撤下的原因"), max_length=MOST_REASON, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["mine", "state", "-id"], name="announcement_column")
        ]

    def __str__(self) -> str:
        return self.title
