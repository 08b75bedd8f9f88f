"""
The limits and the ladder that a new mine begins with; administrators edit the rows.

The bases name the article or practice: 条例 is the Regulation on Petitions of 2022.
"""

from typing import Any


def _limit(
    key: str, amount: int, unit: str, basis: str, **classes: str
) -> dict[str, Any]:
    return {"key": key, "amount": amount, "unit": unit, "basis": basis, **classes}


LIMITS: list[dict[str, Any]] = [
    # The answer: from the day the matter was raised, whatever happens in between.
    _limit("ANSWER", 15, "CALENDAR", "《信访工作条例》第二十三条：十五日内告知"),
    _limit("ANSWER", 3, "WORKING", "本矿限时办结制：咨询", request_type="ENQUIRY"),
    _limit("ANSWER", 3, "WORKING", "本矿限时办结制：求助", request_type="HELP"),
    _limit("ANSWER", 5, "WORKING", "本矿限时办结制：投诉", request_type="COMPLAINT"),
    _limit(
        "ANSWER",
        15,
        "WORKING",
        "纪检监察机关处理检举控告工作规则",
        request_type="REPORT",
    ),
    _limit(
        "ANSWER", 10, "WORKING", "信访简易办理：十个工作日", request_type="SUGGESTION"
    ),
    _limit("ANSWER", 5, "WORKING", "本矿限时办结制：表扬", request_type="PRAISE"),
    _limit(
        "ANSWER",
        60,
        "CALENDAR",
        "《信访工作条例》第三十四条：六十日内办结",
        petition_class="GRIEVANCE",
    ),
    _limit("ANSWER", 15, "WORKING", "本矿限时办结制：复杂事项", level="COMPLEX"),
    _limit("ANSWER", 1, "WORKING", "本矿限时办结制：紧急事项", level="URGENT"),
    # The steps on the way.
    _limit("TRIAGE", 1, "WORKING", "本矿规定：一个工作日内择事"),
    _limit("ACCEPT", 1, "WORKING", "本矿规定：一个工作日内签收或退回"),
    _limit("ACCEPT", 30, "MINUTES", "本矿规定：紧急事项三十分钟内签收", level="URGENT"),
    _limit("DELIBERATE", 5, "WORKING", "本矿规定：五个工作日内议定"),
    _limit("OBJECT", 5, "WORKING", "《信访工作条例》第二十三条：五个工作日内提出异议"),
    _limit("RATE", 30, "CALENDAR", "本矿规定：三十日内评价"),
    _limit("RECTIFY", 5, "WORKING", "好差评：不满意事项五个工作日内整改"),
    _limit("EXTEND", 30, "CALENDAR", "《信访工作条例》第三十四条：延长不超过三十日"),
    _limit(
        "ASK_REVIEW", 30, "CALENDAR", "《信访工作条例》第三十五条：三十日内请求复查"
    ),
    _limit("REVIEW", 30, "CALENDAR", "《信访工作条例》第三十五条：三十日内复查"),
    _limit("ASK_FINAL", 30, "CALENDAR", "《信访工作条例》第三十六条：三十日内请求复核"),
    _limit("FINAL_REVIEW", 30, "CALENDAR", "《信访工作条例》第三十六条：三十日内复核"),
]

LADDER: list[dict[str, Any]] = [
    {"order": 1, "percent": 50, "tells": "RESPONSIBLE", "colour": "notice"},
    {"order": 2, "percent": 75, "tells": "RESPONSIBLE", "colour": "amber"},
    {"order": 3, "percent": 85, "tells": "LEAD_HEAD", "colour": "red"},
    {"order": 4, "percent": 99, "tells": "LEAD_HEAD", "colour": "critical"},
    {"order": 5, "percent": 100, "tells": "RESPONSIBLE", "colour": "overdue"},
    {"order": 6, "workdays_over": 1, "tells": "LEAD_HEAD", "colour": "overdue"},
    {"order": 7, "workdays_over": 2, "tells": "COORDINATOR", "colour": "overdue"},
    {"order": 8, "workdays_over": 3, "tells": "LEADER_IN_CHARGE", "colour": "overdue"},
    {"order": 9, "workdays_over": 5, "tells": "ACCOUNTABILITY", "colour": "overdue"},
]
