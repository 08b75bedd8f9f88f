"""The columns of a reception ledger and the heads that offices give them. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shuoshi.matters.rules.ledger_texts import cell_text, narrow


class Column(StrEnum):
    """The standard heads, in the order in which offices write them."""

    NUMBER = "编号"
    RAISED = "来访日期"
    NAME = "反映人"
    CONTACT = "联系电话"
    PLACE = "所在单位"
    CHANNEL = "反映渠道"
    CATEGORY = "事项类别"
    REQUEST = "反映事项"
    UNIT = "承办单位"
    REPLY = "办理情况及答复"
    ANSWERED = "答复日期"
    FINISHED = "是否办结"
    GRADE = "满意度"


NEEDED: Final = (Column.RAISED, Column.REQUEST)

# The best head first: where two of them stand in one sheet, the first is taken.
_HEADS: Final[dict[Column, str]] = {
    Column.NUMBER: "编号 件号 登记编号 登记号 受理编号 信访件编号 信访编号 台账编号 案件编号 工单编号 工单号 "
    "流水号 编码 序号 序 号 NO ID",
    Column.RAISED: "来访日期 来访时间 接访日期 接访时间 接待日期 接待时间 反映日期 反映时间 登记日期 登记时间 "
    "受理日期 受理时间 来信日期 来电日期 来信来访日期 来信来访时间 信访日期 信访时间 诉求日期 诉求时间 "
    "接事日期 接事时间 说事日期 说事时间 收件日期 留言时间 投诉日期 投诉时间 提出日期 提出时间 日期 时间",
    Column.NAME: "反映人 反映人姓名 来访人 来访人姓名 来访者 来访人员 来访人员姓名 信访人 信访人姓名 说事人 "
    "说事人姓名 诉求人 诉求人姓名 投诉人 投诉人姓名 来信人 来电人 来电人姓名 留言人 申请人 当事人 上访人 "
    "姓名 职工姓名 员工姓名 人员姓名",
    Column.CONTACT: "联系电话 电话 联系方式 手机 手机号 手机号码 电话号码 联系号码 联系电话号码 反映人电话 "
    "来访人电话 本人电话 联系手机",
    Column.PLACE: "所在单位 单位 工作单位 所属单位 所在部门 单位或住址 单位及住址 单位住址 所在单位或住址 "
    "单位地址 单位或地址 来访人单位 反映人单位 所在区队 区队 部门 住址 地址 家庭住址 居住地址 所在地",
    Column.CHANNEL: "反映渠道 渠道 来源 来访方式 来访形式 反映方式 信访形式 信访方式 诉求渠道 诉求来源 "
    "来源渠道 受理渠道 接事渠道 来件渠道 事项来源 受理方式 方式",
    Column.CATEGORY: "事项类别 类别 事项分类 分类 问题类别 诉求类别 诉求类型 事项类型 问题类型 问题分类 "
    "内容分类 信访类别 类型",
    Column.REQUEST: "反映事项 诉求 反映诉求 主要诉求 反映内容 反映问题 反映的问题 反映主要问题 反映的主要问题 "
    "反映情况 诉求内容 诉求事项 诉求内容摘要 内容 主要内容 事项 事由 来访事由 来访事项 来访内容 来访诉求 "
    "信访事项 信访内容 问题描述 问题 问题内容 内容摘要 事项内容 具体事项 具体诉求 说事内容 留言内容 "
    "投诉内容 来信内容 反映事项及诉求 反映事项或诉求 主要问题 群众诉求",
    Column.UNIT: "承办单位 责任单位 承办部门 责任部门 主办单位 办理单位 处理单位 牵头单位 办理部门 处理部门 "
    "主办部门 承接单位 交办单位 转办单位 承办科室",
    Column.REPLY: "办理情况及答复 办理情况 处理结果 答复内容 办理结果 处理情况 答复意见 处理意见 办理意见 "
    "答复情况 回复内容 回复情况 答复 回复 办理及答复情况 办理答复情况 办理结果及答复 办理情况和答复 "
    "处理情况及答复 处理及答复情况 处理结果及答复 处置情况 解决情况 落实情况 办理情况及结果 反馈情况",
    Column.ANSWERED: "答复日期 答复时间 办结日期 办结时间 回复日期 回复时间 反馈日期 反馈时间 完成日期 "
    "完成时间 结案日期 结案时间 处理日期 处理时间 办理日期 办理时间 办毕日期 办毕时间",
    Column.FINISHED: "是否办结 办结情况 办结与否 是否办理完毕 是否完成 是否已办结 办结状态 办理状态 状态 "
    "完成情况 是否结案 是否办毕 办理进度",
    Column.GRADE: "满意度 评价 满意程度 满意情况 满意度评价 满意度测评 群众评价 反映人评价 来访人评价 "
    "信访人评价 评价结果 评价等级 满意度情况 回访满意度 服务评价",
}
_KNOWN: Final = {
    head: (column, rank)
    for column, heads in _HEADS.items()
    for rank, head in enumerate(heads.split())
}
_ALIKE: Final = (
    (
        Column.ANSWERED,
        re.compile(r".{0,6}(答复|回复|办结|反馈|结案|办毕)(的)?(日期|时间)"),
    ),
    (
        Column.RAISED,
        re.compile(
            r".{0,6}(来访|信访|接访|接待|登记|反映|来信|来电|诉求|接事|说事)(的)?(日期|时间)"
        ),
    ),
    (
        Column.CONTACT,
        re.compile(
            r"(反映|来访|信访|诉求|说事|本)?人?.{0,3}(电话|手机|联系方式)(号码?)?"
        ),
    ),
    (
        Column.REQUEST,
        re.compile(
            r"(反映|来访|信访|诉求|群众|职工|具体|主要|的|及|和|或){0,4}(诉求|事项|问题)(内容|摘要|概要|描述)?"
        ),
    ),
    (
        Column.REPLY,
        re.compile(
            r"(办理|处理|答复|回复|处置)(结果|情况|意见)?(及|和|与|、)(办理|处理|答复|回复)?(结果|情况|意见|内容)"
        ),
    ),
)
_BRACKETED: Final = re.compile(r"[(\[{【〔<《][^)\]}】〕>》]*[)\]}】〕>》]")
_ORDINAL: Final = re.compile(r"^\d{1,2}[.、:]")
_NOISE: Final = re.compile(r"[\s*※★☆#:;,.。、\"'“”‘’()\[\]{}【】〔〕<>《》_|-]+")


def recognise(value: object) -> tuple[Column, int] | None:
    """Return the standard column that a head means, with how good a head it is for it."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = _ORDINAL.sub("", narrow(cell_text(value)).upper())
    for bare in (_NOISE.sub("", _BRACKETED.sub("", text)), _NOISE.sub("", text)):
        if bare in _KNOWN:
            return _KNOWN[bare]
    bare = _NOISE.sub("", _BRACKETED.sub("", text))
    for column, pattern in _ALIKE:
        if pattern.fullmatch(bare):
            return column, 90
    return None


@dataclass(frozen=True)
class Heads:
    """Where each standard column stands in a sheet."""

    places: Mapping[Column, tuple[int, ...]]
    unknown: tuple[str, ...]
    serial: bool
    """Whether 编号 is a mere line count (序号), which starts again on the next page."""

    @property
    def complete(self) -> bool:
        """Tell whether the columns without which no matter can be read are there."""
        return all(column in self.places for column in NEEDED)

    def pick(self, cells: Sequence[object]) -> dict[Column, object]:
        """Return the row's cells under their standard columns."""
        return {
            column: next((cells[at] for at in places if at < len(cells)), "")
            if len(places) == 1
            else "\n".join(
                cell_text(cells[at]) for at in places if at < len(cells)
            ).strip()
            for column, places in self.places.items()
        }


def read_heads(cells: Sequence[object]) -> Heads:
    """Return the columns that a line of heads declares; unknown ones are named."""
    best: dict[Column, tuple[int, int]] = {}
    replies: list[int] = []
    for at, cell in enumerate(cells):
        found = recognise(cell)
        if not found:
            continue
        column, rank = found
        if column is Column.REPLY:
            replies.append(at)
        if column not in best or rank < best[column][0]:
            best[column] = (rank, at)
    places: dict[Column, tuple[int, ...]] = {
        column: (at,) for column, (_rank, at) in best.items()
    }
    if replies:
        # What was done and what was answered are one text here, two columns elsewhere.
        places[Column.REPLY] = tuple(replies)
    taken = {at for spots in places.values() for at in spots}
    unknown = tuple(
        text
        for at, cell in enumerate(cells)
        if at not in taken and (text := cell_text(cell))
    )
    number = best.get(Column.NUMBER)
    serial = bool(
        number and cell_text(cells[number[1]]).replace(" ", "").startswith("序")
    )
    return Heads(places, unknown, serial)


def join_lines(upper: Sequence[object], lower: Sequence[object]) -> list[str]:
    """Return one line of heads out of two: groups above, columns below."""
    joined: list[str] = []
    group = ""
    for at in range(max(len(upper), len(lower))):
        above = cell_text(upper[at]) if at < len(upper) else ""
        below = cell_text(lower[at]) if at < len(lower) else ""
        group = above or group
        joined.append(_one_head(above, below, group))
    return joined


def _one_head(above: str, below: str, group: str) -> str:
    if not below or above == below:
        return above
    for candidate in (group + below, below, above):
        if recognise(candidate):
            return candidate
    return below or above
