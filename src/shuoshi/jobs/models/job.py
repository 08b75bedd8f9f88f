from django.db import models
from django.db.models import CheckConstraint, Index, Q


class JobState(models.TextChoices):
    READY = "READY"
    RUNNING = "RUNNING"
    DONE = "DONE"
    DEAD = "DEAD"


class Job(models.Model):
    """One call of a task. A worker holds it on a lease that ends by itself."""

    name = models.CharField(max_length=80)
    # Ids only: what lies here is in backups and on the screens of operators.
    arguments = models.JSONField(default=dict, blank=True)
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=JobState.choices, default=JobState.READY
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    lease_by = models.CharField(max_length=64, default="", blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    # Whoever enqueues the same key again adds nothing.
    key = models.CharField(max_length=160, null=True, blank=True, unique=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [
            Index(
                fields=["-priority", "id"],
                condition=Q(state=JobState.READY),
                name="job_ready",
            ),
            Index(
                fields=["lease_until"],
                condition=Q(state=JobState.RUNNING),
                name="job_leased",
            ),
            Index(
                fields=["ended_at"],
                condition=Q(ended_at__isnull=False),
                name="job_ended",
            ),
        ]
        constraints = [
            CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until__isnull=True)),
                name="job_leased_while_running",
            ),
            CheckConstraint(
                condition=Q(
                    state__in=[JobState.DONE, JobState.DEAD], ended_at__isnull=False
                )
                | Q(
                    state__in=[JobState.READY, JobState.RUNNING], ended_at__isnull=True
                ),
                name="job_ended_when_done_or_dead",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name} {self.state}"
