"""The rules of the room as they hold, and as they held."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from shuoshi.disclosure.models import RuleText
from shuoshi.disclosure.rules.house_rules import SAMPLES, Clause, HouseRule


@dataclass(frozen=True)
class RuleShown:
    """A rule in one version; version 0 is what a house begins with, and says so."""

    rule: HouseRule
    version: int
    clauses: list[Clause]
    valid_from: datetime | None = None

    @property
    def by_people(self) -> int:
        """How many clauses the program cannot hold anybody to."""
        return sum(clause.enforcement is None for clause in self.clauses)


def versions_of(rule: str, *, mine_id: int) -> QuerySet[RuleText]:
    """Return every version of a mine's rule, the newest first."""
    return RuleText.objects.filter(mine_id=mine_id, rule=rule).order_by("-version")


def rule_shown(rule: str, *, mine_id: int, version: int | None = None) -> RuleShown:
    """
    Return a rule as it holds, or as it held in a version.

    :raises ValueError: if there is no such rule.
    :raises LookupError: if there is no such version.
    """
    named = HouseRule(rule)
    texts = versions_of(rule, mine_id=mine_id)
    found = texts.filter(version=version).first() if version else texts.first()
    if found is not None:
        return RuleShown(named, found.version, found.clauses, found.valid_from)
    if version:
        raise LookupError(version)
    # In the language of who reads: nobody has published it yet.
    samples = [Clause(str(one.text), one.by) for one in SAMPLES[named]]
    return RuleShown(named, 0, samples)


def rules_shown(mine_id: int) -> list[RuleShown]:
    """Return all five as they hold."""
    return [rule_shown(rule, mine_id=mine_id) for rule in HouseRule.values]
