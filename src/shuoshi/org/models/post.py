from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from shuoshi.org.models.mine import Mine
from shuoshi.org.models.unit import Unit
from shuoshi.org.rules.roles import Role


class Post(models.Model):
    """A person's office in a unit, from a day until a day."""

    mine = models.ForeignKey(Mine, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(_("职务"), max_length=60, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    # How the house itself left it, under a key that does not lie in the database.
    vouch = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person", "role"],
                condition=models.Q(ended_on=None),
                name="post_held_once",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(
                    ended_on=None, role__in=["SYSADMIN", "SECADMIN", "AUDITOR"]
                ),
                name="post_one_administration_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.title}"


class Charge(models.Model):
    """A unit that a leader is in charge of."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="charges")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="led_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "unit"], name="charge_once")
        ]

    def __str__(self) -> str:
        return f"{self.post_id}:{self.unit_id}"
