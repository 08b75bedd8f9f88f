from shuoshi.disclosure.models.announcement import Announcement
from shuoshi.disclosure.models.rule_text import RuleText


__all__ = ["Announcement", "RuleText"]
