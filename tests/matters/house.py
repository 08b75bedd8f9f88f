"""A small invented mine with somebody in every role, as the tests of the loop need it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from shuoshi.accounts.actions.people import enter_person
from shuoshi.accounts.models import User
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.actions.steps import take_step
from shuoshi.matters.models import Matter
from shuoshi.matters.rules.answers import ClaimAnswer, ClaimRating
from shuoshi.matters.rules.sayings import Saying
from shuoshi.org.actions.structure import add_category, appoint, found_mine, found_unit
from shuoshi.org.models import Mine, Unit, UnitKind
from shuoshi.org.queries.standing import standing_of
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import Standing, speaker_of


# A Wednesday morning in Shanghai, far from any holiday.
NOW = datetime(2026, 9, 9, 1, 0, tzinfo=UTC)
TEXT = "食堂晚班没有热饭，已经一个星期了。"


@dataclass
class House:
    """The mine, its units by short name, its people by what they do."""

    mine: Mine
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def standing(self, who: str) -> Standing:
        return standing_of(self.people[who])

    def enter(
        self, who: str, role: Role, unit: str, *, charge: tuple[str, ...] = ()
    ) -> User:
        if who not in self.people:
            self.people[who] = enter_person(
                f"{self.mine.code.lower()}-{who}", name=f"{who}某", password=None
            )
        appoint(
            self.people[who],
            role=role,
            unit=self.units[unit],
            in_charge_of=tuple(self.units[name] for name in charge),
        )
        return self.people[who]


def build_house(code: str = "MINE") -> House:
    """
    Build the mine: two district teams, the Party department and the committee.

    ``receiver`` is on duty on NOW's day; ``head`` and ``handler`` are of district one,
    ``other_head`` and ``other`` of district two; ``leader`` is in charge of both.
    """
    mine = found_mine(code, name=f"{code}煤矿")
    root = Unit.objects.get(mine=mine, parent=None)
    house = House(mine, {"root": root})
    for name, kind in [
        ("party", UnitKind.DEPARTMENT),
        ("discipline", UnitKind.DEPARTMENT),
        ("one", UnitKind.DISTRICT),
        ("two", UnitKind.DISTRICT),
    ]:
        house.units[name] = found_unit(
            f"{code}-{name}", name=f"{name}队", under=root, kind=kind
        )
    house.enter("receiver", Role.RECEPTION, "party")
    house.enter("coordinator", Role.COORDINATOR, "party")
    house.enter("party_head", Role.UNIT_HEAD, "party")
    house.enter("head", Role.UNIT_HEAD, "one")
    house.enter("handler", Role.MEMBER, "one")
    house.enter("mate", Role.MEMBER, "one")
    house.enter("other_head", Role.UNIT_HEAD, "two")
    house.enter("other", Role.MEMBER, "two")
    house.enter("leader", Role.LEADER, "root", charge=("one", "two"))
    house.enter("chief", Role.CHIEF, "root")
    house.enter("discipline", Role.DISCIPLINE, "discipline")
    house.enter("sysadmin", Role.SYSADMIN, "root")
    house.enter("secadmin", Role.SECADMIN, "root")
    house.enter("auditor", Role.AUDITOR, "root")
    put_on_duty(house.people["receiver"], unit=house.units["party"], day=NOW.date())
    add_category(mine, code="canteen", name="食堂", usual_unit=house.units["one"])
    return house


def raised(house: House, *, now: datetime = NOW, **saying) -> Matter:
    """Raise the plainest matter."""
    words = {
        "text": TEXT,
        "identity": "NAMED",
        "name": "张三丰",
        "contact": "13800000000",
    }
    return raise_matter(
        Saying(**(words | saying)), mine_id=house.mine.pk, channel="WEB", now=now
    ).matter


def answers(matter: Matter, *, solved: bool = True, outcome: str = "SUPPORTED"):
    return [
        ClaimAnswer(claim.pk, "已查清并办好。", outcome, solved, basis="食堂管理办法")
        for claim in matter.claims.all()
    ]


def ratings(matter: Matter, *, grade: str = "SATISFIED", solved: bool = True):
    return [ClaimRating(claim.pk, grade, solved) for claim in matter.claims.all()]


def speaker(matter: Matter) -> Standing:
    return speaker_of(matter.pk, matter.mine_id)


class Story:
    """Walk one matter along the loop, a minute a step."""

    def __init__(
        self, house: House, matter=None, *, now: datetime = NOW, **saying
    ) -> None:
        self.house, self.now = house, now
        self.matter = matter or raised(house, now=now, **saying)

    def take(self, name: str, who: str, **given) -> "Story":
        self.now += timedelta(minutes=1)
        by = speaker(self.matter) if who == "speaker" else self.house.standing(who)
        self.matter = take_step(self.matter, name, by=by, now=self.now, given=given)
        return self

    def triaged(self, **given) -> "Story":
        first = {
            "lead_unit": self.house.units["one"],
            "request_type": "COMPLAINT",
            "petition_class": "",
            "level": "ORDINARY",
        }
        return self.take("triage", "receiver", **(first | given))

    def handling(self) -> "Story":
        return self.triaged().take(
            "accept", "head", handler=self.house.people["handler"]
        )

    def answered(self, *, solved: bool = True) -> "Story":
        self.handling()
        return self.take(
            "answer", "handler", answers=answers(self.matter, solved=solved)
        )

    def closed(self) -> "Story":
        self.answered()
        return self.take("rate", "speaker", ratings=ratings(self.matter))
