"""The invented mine: its units and what people come about."""

from shuoshi.org.actions.structure import add_category, found_mine, found_unit
from shuoshi.org.models import Mine, Unit, UnitKind


CODE = "MINE"
NAME = "云岭煤矿"

# Code, name, whether it takes its turn on duty.
DEPARTMENTS = (
    ("DQ", "党群工作部", True),
    ("JW", "纪委", True),
    ("BGS", "办公室", True),
    ("GH", "工会", True),
    ("JYGL", "经营管理部", True),
    ("AJ", "安全监察部", False),
    ("RL", "人力资源部", False),
    ("HQ", "后勤服务中心", False),
    ("SCJS", "生产技术科", False),
    ("JD", "机电科", False),
    ("WZ", "物资供应科", False),
    ("BWK", "保卫科", False),
    ("PX", "培训中心", False),
    ("XX", "信息中心", False),
)
DISTRICTS = (
    ("CM1", "综采一队", ("检修班", "甲班", "乙班", "丙班")),
    ("CM2", "综采二队", ("检修班", "甲班", "乙班", "丙班")),
    ("JJ1", "掘进一队", ("甲班", "乙班", "丙班")),
    ("JJ2", "掘进二队", ("甲班", "乙班", "丙班")),
    ("JDD", "机电队", ("变电班", "提升班", "维修班")),
    ("YS", "运输队", ("皮带班", "电机车班", "轨道班")),
    ("TF", "通风防尘队", ("瓦斯检查班", "防尘班", "监测班")),
    ("XXCJ", "洗选车间", ("跳汰班", "装车班")),
)
CATEGORIES = (
    ("canteen", "食堂伙食", "HQ"),
    ("bath", "澡堂更衣", "HQ"),
    ("dorm", "公寓住宿", "HQ"),
    ("bus", "通勤班车", "BGS"),
    ("water", "家属区水电暖", "HQ"),
    ("noise", "噪声环境", "HQ"),
    ("security", "治安停车", "BWK"),
    ("clinic", "体检健康", "GH"),
    ("wages", "工资奖金", "RL"),
    ("insurance", "社保工伤", "RL"),
    ("fund", "住房公积金", "RL"),
    ("leave", "休假考勤", "RL"),
    ("retire", "退休内退", "RL"),
    ("hardship", "困难帮扶", "GH"),
    ("welfare", "工会福利", "GH"),
    ("safety", "安全生产", "AJ"),
    ("machine", "机电设备", "JD"),
    ("clothes", "劳动防护用品", "WZ"),
    ("training", "培训考证", "PX"),
    ("crew", "岗位班次", "RL"),
    ("manners", "作风纪律", "DQ"),
    ("network", "通讯网络", "XX"),
    ("idea", "金点子", "SCJS"),
    ("culture", "文体活动", "GH"),
    ("green", "绿化环境", "HQ"),
    ("other", "其他", "BGS"),
)


def build_mine() -> tuple[Mine, dict[str, Unit]]:
    """Found the mine with its units, by code, and its categories."""
    mine = found_mine(CODE, name=NAME)
    root = Unit.objects.get(mine=mine, parent=None)
    units = {CODE: root}
    for code, name, takes_duty in DEPARTMENTS:
        units[code] = found_unit(
            code,
            name=name,
            under=root,
            kind=UnitKind.DEPARTMENT,
            takes_duty=takes_duty,
        )
    for code, name, crews in DISTRICTS:
        district = found_unit(code, name=name, under=root, kind=UnitKind.DISTRICT)
        units[code] = district
        for place, crew in enumerate(crews, start=1):
            key = f"{code}-{place}"
            units[key] = found_unit(key, name=crew, under=district, kind=UnitKind.CREW)
    for code, name, usual in CATEGORIES:
        add_category(mine, code=code, name=name, usual_unit=units[usual])
    return mine, units
