"""The invented people: their posts, their log-ins, their turns on duty."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import User
from shuoshi.common.sealing import keyed_hash
from shuoshi.common.workdays import WorkCalendar
from shuoshi.demo.mine import CODE, DEPARTMENTS, DISTRICTS
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.duty.models import Origin, Turn
from shuoshi.matters.queries.clock import ZONE
from shuoshi.org.actions.structure import appoint
from shuoshi.org.models import Unit
from shuoshi.org.rules.roles import Role


SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = (
    "建国", "志强", "海燕", "秀英", "立新", "文斌", "国庆", "春梅", "永福", "晓东",
    "丽娟", "长河", "守义", "玉兰", "卫东", "明亮", "新民", "桂芳", "大勇", "红霞",
    "学军", "冬生", "金山", "艳萍", "铁柱", "小军", "德胜", "素芬", "平安", "传宝",
)  # fmt: skip
# Now and then somebody is late.
EARLY, LATE, EVERY = time(8, 21), time(8, 47), 23
DUTY = ("DQ", "JW", "BGS", "GH", "JYGL")


@dataclass(frozen=True)
class Login:
    """A person whom a visitor of the demo may be."""

    username: str
    role: Role
    unit: str
    title: str


# One a role: the people a visitor signs in as.
LOGINS = (
    Login("jiedai", Role.RECEPTION, "DQ", "党群工作部副部长"),
    Login("tongchou", Role.COORDINATOR, "DQ", "说事室主任"),
    Login("duizhang", Role.UNIT_HEAD, "CM1", "综采一队队长"),
    Login("jingban", Role.MEMBER, "HQ", "后勤服务中心主管"),
    Login("fenguan", Role.LEADER, CODE, "工会主席"),
    Login("kuangzhang", Role.CHIEF, CODE, "矿长"),
    Login("jiwei", Role.DISCIPLINE, "JW", "纪委副书记"),
    Login("xitong", Role.SYSADMIN, "XX", "系统管理员"),
    Login("anquan", Role.SECADMIN, "BGS", "安全管理员"),
    Login("shenji", Role.AUDITOR, "JYGL", "审计管理员"),
)
LEADERS = (
    ("fenguan", "工会主席", ("GH", "HQ", "BWK")),
    ("shengchan", "生产副矿长", ("SCJS", "CM1", "CM2", "JJ1", "JJ2")),
    ("anjian", "安全副矿长", ("AJ", "TF", "PX")),
    ("jidian", "机电副矿长", ("JD", "JDD", "YS", "XXCJ", "XX")),
    ("jingying", "经营副矿长", ("JYGL", "RL", "WZ")),
    ("dangwei", "党委副书记", ("DQ", "BGS", "JW")),
)


def demo_password() -> str:
    """
    Return the password of all demo log-ins.

    It hangs on the installation's secret, so that knowing one demo does not open another.
    """
    return f"yunling-{keyed_hash('demo password', '')[:6]}"


class Names:
    """Names that no two people share."""

    def __init__(self) -> None:
        """Shuffle them, the same way each time."""
        self.names = [first + given for first in SURNAMES for given in GIVEN]
        random.Random(27).shuffle(self.names)  # noqa: S311 - invention, not secrecy

    def next(self) -> str:
        return self.names.pop()


@dataclass
class People:
    """Everybody by log-in, and who receives for which department."""

    units: dict[str, Unit]
    names: Names = field(default_factory=Names)
    by_login: dict[str, User] = field(default_factory=dict)
    receivers: dict[str, list[User]] = field(default_factory=dict)

    def __getitem__(self, username: str) -> User:
        return self.by_login[username]

    def enter(
        self,
        username: str,
        role: Role,
        unit: str,
        title: str = "",
        *,
        led: tuple[str, ...] = (),
    ) -> User:
        """Give a person a post; who is new is entered first."""
        if username not in self.by_login:
            # Hashing is slow on purpose: only those who sign in get a password.
            known = any(login.username == username for login in LOGINS)
            self.by_login[username] = enter_person(
                username,
                name=self.names.next(),
                password=demo_password() if known else None,
            )
        appoint(
            self[username],
            role=role,
            unit=self.units[unit],
            title=title,
            in_charge_of=tuple(self.units[code] for code in led),
        )
        return self[username]

    def receive(self, username: str, unit: str, title: str = "") -> None:
        """Let a person receive for a department."""
        person = self.enter(username, Role.RECEPTION, unit, title)
        self.receivers.setdefault(unit, []).append(person)


def enter_people(units: dict[str, Unit]) -> People:
    """Enter everybody and give them their posts."""
    people = People(units)
    for login in LOGINS:
        if login.role is Role.RECEPTION:
            people.receive(login.username, login.unit, login.title)
        elif login.role is not Role.LEADER:
            people.enter(login.username, login.role, login.unit, login.title)
    for username, title, led in LEADERS:
        people.enter(username, Role.LEADER, CODE, title, led=led)
    people.enter("shuji", Role.CHIEF, CODE, "党委书记")
    people.enter("jiweishuji", Role.DISCIPLINE, "JW", "纪委书记")
    for code, name, takes_duty in DEPARTMENTS:
        _enter_department(people, code, name, takes_duty=takes_duty)
    for code, name, crews in DISTRICTS:
        _enter_district(people, code, name, crews)
    return people


def _enter_department(
    people: People, code: str, name: str, *, takes_duty: bool
) -> None:
    low = code.lower()
    people.enter(f"{low}-1", Role.UNIT_HEAD, code, f"{name}负责人")
    people.enter(f"{low}-2", Role.MEMBER, code, f"{name}干事")
    people.enter(f"{low}-3", Role.MEMBER, code, f"{name}干事")
    if takes_duty:
        people.receive(f"{low}-1", code, f"{name}负责人")
        people.receive(f"{low}-2", code, f"{name}干事")


def _enter_district(
    people: People, code: str, name: str, crews: tuple[str, ...]
) -> None:
    low = code.lower()
    people.enter(f"{low}-1", Role.UNIT_HEAD, code, f"{name}党支部书记")
    people.enter(f"{low}-2", Role.MEMBER, code, f"{name}办事员")
    people.enter(f"{low}-3", Role.MEMBER, code, f"{name}技术员")
    for place, crew in enumerate(crews, start=1):
        post = f"{code}-{place}"
        people.enter(f"{low}-{place}0", Role.UNIT_HEAD, post, f"{name}{crew}班长")


def plan_duty(
    units: dict[str, Unit],
    people: People,
    *,
    first: date,
    last: date,
    days: WorkCalendar,
) -> int:
    """Let the five departments take their turns on every working day; return how many."""
    turn, day = 0, first
    while day <= last:
        if days.is_workday(day):
            code = DUTY[turn % len(DUTY)]
            receivers = people.receivers[code]
            person = receivers[turn // len(DUTY) % len(receivers)]
            put_on_duty(person, unit=units[code], day=day, origin=Origin.ROSTER)
            turn += 1
        day += timedelta(days=1)
    return turn


def enter_who_came(*, before: date) -> None:
    """Let everybody have come for the turns that are over, some of them late."""
    turns = list(Turn.objects.filter(day__lt=before, arrived_at=None).order_by("day"))
    for place, turn in enumerate(turns):
        minute = LATE if place % EVERY == 0 else EARLY
        turn.arrived_at = datetime.combine(turn.day, minute, ZONE)
    Turn.objects.bulk_update(turns, ["arrived_at"], batch_size=200)
