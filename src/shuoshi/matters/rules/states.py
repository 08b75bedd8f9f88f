"""The states of a matter and the other closed lists that its life hangs on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    RECEIVED = "RECEIVED", _("已接事")
    TRIAGED = "TRIAGED", _("已择事")
    DELIBERATING = "DELIBERATING", _("议事中")
    HANDLING = "HANDLING", _("办理中")
    ANSWERED = "ANSWERED", _("已回复")
    REVIEWING = "REVIEWING", _("复查中")
    FINAL_REVIEWING = "FINAL_REVIEWING", _("复核中")
    CLOSED = "CLOSED", _("已办结")
    DECLINED = "DECLINED", _("不予受理")
    MERGED = "MERGED", _("已并案")
    WITHDRAWN = "WITHDRAWN", _("已撤回")
    HANDED_OVER = "HANDED_OVER", _("已移交")


class Zone(TextChoices):
    INTAKE = "INTAKE", _("接事")
    TRIAGE = "TRIAGE", _("择事")
    DELIBERATION = "DELIBERATION", _("议事")
    HANDLING = "HANDLING", _("办事")
    REPLY = "REPLY", _("回复")
    ARCHIVE = "ARCHIVE", _("归档")


ZONES: dict[Zone, tuple[State, ...]] = {
    Zone.INTAKE: (State.RECEIVED,),
    Zone.TRIAGE: (State.TRIAGED,),
    Zone.DELIBERATION: (State.DELIBERATING, State.REVIEWING, State.FINAL_REVIEWING),
    Zone.HANDLING: (State.HANDLING,),
    Zone.REPLY: (State.ANSWERED,),
    Zone.ARCHIVE: (
        State.CLOSED,
        State.DECLINED,
        State.MERGED,
        State.WITHDRAWN,
        State.HANDED_OVER,
    ),
}
ENDED = frozenset(ZONES[Zone.ARCHIVE])
OPEN = frozenset(State) - ENDED
# The total clock stops with the answer and does not run while a review is decided.
UNANSWERED = frozenset(
    {State.RECEIVED, State.TRIAGED, State.DELIBERATING, State.HANDLING}
)


def zone_of(state: str) -> Zone:
    return next(zone for zone, states in ZONES.items() if state in states)


class Identity(TextChoices):
    NAMED = "NAMED", _("实名")
    CONFIDENTIAL = "CONFIDENTIAL", _("保密")
    ANONYMOUS = "ANONYMOUS", _("匿名")


class Channel(TextChoices):
    WEB = "WEB", _("网页")
    QR = "QR", _("扫码")
    WALK_IN = "WALK_IN", _("来访")
    PHONE = "PHONE", _("电话")
    LETTER = "LETTER", _("信函")
    QQ = "QQ", _("QQ群")
    WECHAT = "WECHAT", _("微信")
    API = "API", _("接口")
    OTHER = "OTHER", _("其他")


class RequestType(TextChoices):
    ENQUIRY = "ENQUIRY", _("咨询")
    HELP = "HELP", _("求助")
    COMPLAINT = "COMPLAINT", _("投诉")
    REPORT = "REPORT", _("举报")
    SUGGESTION = "SUGGESTION", _("建议")
    PRAISE = "PRAISE", _("表扬")


class PetitionClass(TextChoices):
    SUGGESTION = "SUGGESTION", _("建议意见")
    ACCUSATION = "ACCUSATION", _("检举控告")
    GRIEVANCE = "GRIEVANCE", _("申诉求决")


class Level(TextChoices):
    ORDINARY = "ORDINARY", _("一般")
    COMPLEX = "COMPLEX", _("复杂")
    URGENT = "URGENT", _("紧急")


class Risk(TextChoices):
    NONE = "NONE", _("未见打击报复风险")
    LOW = "LOW", _("有一定风险")
    HIGH = "HIGH", _("风险较高")


class Outcome(TextChoices):
    SUPPORTED = "SUPPORTED", _("支持")
    EXPLAINED = "EXPLAINED", _("解释说明")
    NOT_SUPPORTED = "NOT_SUPPORTED", _("不予支持")
    ADOPTED = "ADOPTED", _("采纳")
    PARTLY_ADOPTED = "PARTLY_ADOPTED", _("部分采纳")
    NOT_ADOPTED = "NOT_ADOPTED", _("不采纳")


class Grade(TextChoices):
    VERY_SATISFIED = "VERY_SATISFIED", _("非常满意")
    SATISFIED = "SATISFIED", _("满意")
    FAIRLY_SATISFIED = "FAIRLY_SATISFIED", _("基本满意")
    DISSATISFIED = "DISSATISFIED", _("不满意")
    VERY_DISSATISFIED = "VERY_DISSATISFIED", _("非常不满意")


DISSATISFIED = frozenset({Grade.DISSATISFIED, Grade.VERY_DISSATISFIED})


class Ground(TextChoices):
    """Why a matter is not taken on; domain: Regulation on Petitions §19, §23, §28, §36."""

    IN_PROGRESS = "IN_PROGRESS", _("同一事项正在办理")
    LAW_COURTS = "LAW_COURTS", _("应当通过诉讼、仲裁、行政复议等法定途径解决")
    REVIEWED = "REVIEWED", _("已经复核终结，又以同一事实和理由提出")
    NOT_OURS = "NOT_OURS", _("不属于本单位职权范围")
    SECRET = "SECRET", _("涉及国家秘密，不得在本系统办理")
    NO_SUBSTANCE = "NO_SUBSTANCE", _("没有实质内容，无法办理")


class Part(TextChoices):
    """What a unit beside the lead unit has to do with a matter."""

    ASSIST = "ASSIST", _("协办")
    OPINION = "OPINION", _("提出意见")
    JOINT = "JOINT", _("联合办理")
