"""Publish a rule of the room in a new version."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shuoshi.common.refusals import NotPermitted, Outdated, Refused
from shuoshi.common.words import checked_words
from shuoshi.disclosure.models import RuleText
from shuoshi.disclosure.queries.house_rules import rule_shown
from shuoshi.disclosure.rules.access import may_publish
from shuoshi.disclosure.rules.house_rules import (
    ENFORCED,
    MOST_CLAUSE,
    MOST_CLAUSES,
    Clause,
    HouseRule,
)
from shuoshi.org.rules.standing import Standing
from shuoshi.trail.actions import note


class RuleTextRefused(Refused):
    """This cannot be published as a rule."""


def publish_rule(
    rule: str, clauses: list[Clause], *, seen: int, by: Standing, now: datetime
) -> RuleText:
    """
    Publish the next version of a rule; those before stay to be read.

    ``seen`` is the version that whoever publishes had before them.

    :raises NotPermitted: unless the person publishes for this mine.
    :raises RuleTextRefused: if nothing was changed, or there is nothing to read.
    :raises WordsRefused: if a clause is too long or badly encoded.
    :raises Outdated: if somebody published since.
    """
    if not may_publish(by) or by.mine_id is None:
        raise NotPermitted(_("制度由统筹人员发布。"))
    if rule not in HouseRule.values:
        raise RuleTextRefused(_("没有这项制度。"))
    kept = [_checked(clause) for clause in clauses if str(clause.text).strip()]
    if not 0 < len(kept) <= MOST_CLAUSES:
        raise RuleTextRefused(
            _("写 1 到 %(most)d 条。") % {"most": MOST_CLAUSES}, field="text_1"
        )
    held = rule_shown(rule, mine_id=by.mine_id)
    if held.version != seen:
        raise Outdated(_("刚才有人发布了新版本，请看过再改。"))
    if held.version and held.clauses == kept:
        raise RuleTextRefused(_("和现在的版本一样，没有改动。"))
    text = RuleText(
        mine_id=by.mine_id,
        rule=rule,
        version=held.version + 1,
        kept_clauses=[{"text": one.text, "by": one.by} for one in kept],
        valid_from=now,
        published_by=by.on_record,
    )
    try:
        with transaction.atomic():
            text.save(force_insert=True)
    except IntegrityError:
        raise Outdated(_("刚才有人发布了新版本，请看过再改。")) from None
    note(
        "disclosure.rule_published",
        by=by.on_record,
        at=now,
        mine_id=by.mine_id,
        detail={"rule": rule, "version": text.version},
    )
    return text


def _checked(clause: Clause) -> Clause:
    text = checked_words(str(clause.text), most=MOST_CLAUSE, field="text_1")
    return Clause(text, clause.by if clause.by in ENFORCED else "")
