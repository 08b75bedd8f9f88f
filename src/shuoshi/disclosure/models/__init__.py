from shuoshi.disclosure.models.rule_text import RuleText


__all__ = ["RuleText"]
