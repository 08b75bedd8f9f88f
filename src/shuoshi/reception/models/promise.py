from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models import Mine, Unit
from shuoshi.reception.rules.promises import PromiseState


class Promise(models.Model):
    """
    What a leader promised while somebody was received: who does it, by when.

    Whoever must not know of the matter does not know of its promises; the words are
    sealed.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Mine, models.PROTECT, related_name="promises")
    matter = models.UUIDField(db_index=True)
    number = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="promises")
    due_on = models.DateField(_("哪天办好"))
    words = models.TextField()
    # What was done, or why not; and who says so.
    outcome = models.TextField(blank=True)
    key = models.TextField()
    state = models.CharField(
        max_length=10, choices=PromiseState.choices, default=PromiseState.OPEN
    )
    # What was said to have come of it, until somebody else has looked.
    kept = models.BooleanField(null=True, blank=True)
    made_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reported_by=models.F("checked_by"))
                | Q(checked_by=None)
                | Q(reported_by=None),
                name="promise_checked_by_another",
            )
        ]
        indexes = [models.Index(fields=["mine", "due_on"], name="promise_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.due_on}"
