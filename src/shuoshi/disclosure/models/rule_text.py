from django.db import models
from django.db.models import UniqueConstraint

from shuoshi.disclosure.rules.house_rules import Clause, HouseRule


class RuleText(models.Model):
    """One version of a rule of the room. Never changed: the next one follows."""

    mine_id = models.BigIntegerField()
    rule = models.CharField(max_length=20, choices=HouseRule.choices)
    version = models.PositiveIntegerField()
    # [{"text": …, "by": …}]
    kept_clauses = models.JSONField()
    valid_from = models.DateTimeField()
    published_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["mine_id", "rule", "version"], name="rule_text_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.version}"

    @property
    def clauses(self) -> list[Clause]:
        """The sentences, and how each is enforced."""
        return [Clause(one["text"], one["by"]) for one in self.kept_clauses]
