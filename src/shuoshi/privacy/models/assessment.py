from django.db import models
from django.db.models import Index


class Assessment(models.Model):
    """What was weighed before personal information is used in a way that may harm."""

    mine_id = models.BigIntegerField()
    title = models.CharField(max_length=100)
    purpose = models.TextField()
    necessity = models.TextField()
    risks = models.TextField()
    measures = models.TextField()
    approved_by = models.CharField(max_length=60)
    approved_on = models.DateField()
    entered_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    kept_until = models.DateField()

    class Meta:
        indexes = [Index(fields=["mine_id", "-id"], name="assessment_newest")]

    def __str__(self) -> str:
        return self.title
