"""
An invented mine with matters in every state and relation, a mark in each word of them.

Who may see, read and know the speaker of each is written here by hand, once more.
"""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate, now

from shuoshi.accounts.actions.people import give_token
from shuoshi.accounts.models import User
from shuoshi.duty.actions.turns import put_on_duty
from shuoshi.files.queries import attachments_of
from shuoshi.matters.actions.raising import raise_matter
from shuoshi.matters.models import Matter, Series
from shuoshi.matters.queries.matters import for_the_page
from shuoshi.matters.rules.access import Permission, gate
from shuoshi.matters.rules.answers import ClaimAnswer
from shuoshi.matters.rules.sayings import Saying
from tests.matters.house import NOW, Story, build_house, ratings
from tests.support.signing import signed_in


DESK = {"receiver", "coordinator", "chief"}
PARTY = DESK | {"party_head"}
ONE = DESK | {"leader", "head"}
WORKING = ONE | {"handler"}
TWO = DESK | {"leader", "other_head", "other"}
FEW = {"receiver", "coordinator"}
# name → who sees it, who reads it, who may learn who spoke.
TABLE = {
    "received": (PARTY, PARTY, PARTY),
    "confidential": (PARTY, PARTY, FEW),
    "anonymous": (PARTY, PARTY, set()),
    "sealed": (PARTY | {"discipline"}, {"discipline"}, {"discipline"}),
    "triaged": (ONE, ONE, ONE),
    "deliberating": (WORKING | {"other_head"},) * 3,
    "handling": (WORKING, WORKING, WORKING),
    "guarded": (WORKING, WORKING, FEW),
    "answered": (WORKING, WORKING, WORKING),
    "closed": (WORKING, WORKING, WORKING),
    "reviewing": (WORKING, WORKING, WORKING),
    "declined": (PARTY, PARTY, PARTY),
    "withdrawn": (PARTY, PARTY, PARTY),
    "merged": (PARTY, PARTY, PARTY),
    "about_head": (TWO, TWO, TWO),
    "about_unit": (TWO, TWO, TWO),
    "about_leader": (PARTY, PARTY, PARTY),
    "about_desk": ({"chief", "discipline"}, {"discipline"}, {"discipline"}),
    "stepped_back": (WORKING - {"coordinator"},) * 3,
}
SEES, READS, KNOWS = range(3)
# What a mark stands in, and which of the three columns above decides over it.
MARKS = {"word": READS, "fact": READS, "file": READS, "name": KNOWS, "tel": KNOWS}
MARK = re.compile(rb"qx(word|fact|file|name|tel)(\d\d)z")


def mark(kind, place):
    return f"qx{kind}{place:02}z"


@dataclass
class Planted:
    """One matter, and by what it would be known."""

    name: str
    place: int
    matter: Matter
    receipt: str

    @property
    def number(self):
        return self.matter.number


class Marked(Story):
    """A story whose every word carries a mark."""

    def __init__(self, house, place, **saying):
        self.house, self.now, self.place = house, NOW, place
        words = {
            "text": f"井下照明{mark('word', place)}有问题",
            "identity": "NAMED",
            "name": mark("name", place),
            "contact": f"{mark('tel', place)}13800",
        }
        if saying.get("identity") == "ANONYMOUS":
            words |= {"name": "", "contact": ""}
        raised = raise_matter(
            Saying(**(words | saying)), mine_id=house.mine.pk, channel="WEB", now=NOW
        )
        self.matter, self.receipt = raised.matter, raised.receipt
        photo = f"{mark('file', place)}".encode()
        self.take(
            "attach",
            "receiver",
            files=[SimpleUploadedFile(f"{mark('file', place)}.txt", photo)],
        )

    def answered(self, *, solved=True):
        self.handling()
        facts = mark("fact", self.place)
        given = [
            ClaimAnswer(claim.pk, facts, "SUPPORTED", solved, basis=facts)
            for claim in self.matter.claims.all()
        ]
        return self.take("answer", "handler", answers=given)


def _stories(house):
    """Yield every story of the table, walked to where it stays."""
    people, units = house.people, house.units
    places = {name: place for place, name in enumerate(TABLE)}

    def begin(name, **saying):
        return Marked(house, places[name], **saying)

    about = {"reason": "说事人写明"}
    yield "received", begin("received")
    yield "confidential", begin("confidential", identity="CONFIDENTIAL")
    yield "anonymous", begin("anonymous", identity="ANONYMOUS")
    yield "sealed", begin("sealed").take("hand_to_discipline", "receiver", **about)
    yield "triaged", begin("triaged").triaged()
    yield (
        "deliberating",
        begin("deliberating")
        .handling()
        .take(
            "call_deliberation",
            "receiver",
            question="怎么办",
            units=[units["two"]],
            convener=people["head"],
        ),
    )
    yield "handling", begin("handling").handling()
    yield "guarded", begin("guarded", identity="CONFIDENTIAL").handling()
    yield "answered", begin("answered").answered()
    closed = begin("closed").answered()
    yield "closed", closed.take("rate", "speaker", ratings=ratings(closed.matter))
    again = begin("reviewing").answered()
    again.take("rate", "speaker", ratings=ratings(again.matter))
    yield "reviewing", again.take("ask_review", "speaker", reason="不服")
    yield (
        "declined",
        begin("declined").take(
            "decline", "receiver", ground="OTHER_ROAD", other_road="法院", reason="诉讼"
        ),
    )
    yield "withdrawn", begin("withdrawn").take("withdraw", "speaker")
    yield from _named(begin, people, units, about)


def _named(begin, people, units, about):
    main = Matter.objects.earliest("pk")
    yield "merged", begin("merged").take("merge", "receiver", into=main, reason="同事")
    for name, given in {
        "about_head": {"objects": [people["head"]]},
        "about_unit": {"object_units": [units["one"]]},
    }.items():
        story = begin(name).triaged(lead_unit=units["two"], **given)
        yield name, story.take("accept", "other_head", handler=people["other"])
    yield (
        "about_leader",
        begin("about_leader").take(
            "name_object", "receiver", objects=[people["leader"]], **about
        ),
    )
    desk = [people[who] for who in ("coordinator", "receiver", "party_head")]
    yield (
        "about_desk",
        begin("about_desk").take("name_object", "receiver", objects=desk, **about),
    )
    stepped = begin("stepped_back").handling()
    yield "stepped_back", stepped.take("recuse", "coordinator", reason="亲戚")


@dataclass
class Visitor:
    """A kind of person, and how they come in."""

    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""


class World:
    """Everything there is to be found, and who may find it."""

    def __init__(self):
        self.house = house = build_house()
        elsewhere = build_house("ELSEWHERE")
        # So that no number of one mine, nor an example on a page, is one of the other's.
        for mine, last in ((house.mine, 40), (elsewhere.mine, 7000)):
            Series.objects.create(mine=mine, name="matters", year=2026, last=last)
        house.people["postless"] = User.objects.create(username="postless", name="无岗")
        house.people["elsewhere"] = User.objects.get(username="elsewhere-coordinator")
        self.planted = [
            Planted(name, story.place, story.matter, story.receipt)
            for name, story in _stories(house)
        ]
        self.numbers = {one.number: one for one in self.planted}
        self.places = {one.place: one for one in self.planted}
        self.table = {name: tuple(map(set, row)) for name, row in TABLE.items()}
        put_on_duty(
            house.people["receiver"], unit=house.units["party"], day=localdate(now())
        )
        for who in ("head", "auditor"):
            house.people[who].set_password("矿灯房-旧密码-1")
            house.people[who].save()
        self.kinds = {"anonymous": Visitor("anonymous")}
        for who, person in house.people.items():
            self.kinds[who] = Visitor(who, cookies_of(person), self._token(person))
        self.uids = [
            str(kept.pk)
            for one in self.planted
            for kept in attachments_of(one.matter.uid)
        ]

    def _token(self, person):
        return give_token(person, purpose="fuzz", now=now(), second=True)[0]

    def may(self, who, column, planted):
        return who in self.table[planted.name][column]

    def table_now(self):
        """Return what the gate grants at this moment, for after somebody did something."""
        asked = (Permission.SEE, Permission.READ, Permission.SEE_SPEAKER)
        rows = {}
        matters = for_the_page(Matter.objects.filter(number__in=self.numbers))
        for matter in matters.filter(mine=self.house.mine):
            rows[self.numbers[matter.number].name] = tuple(
                {
                    who
                    for who in self.house.people
                    if gate.may(self.house.standing(who), permission, matter)
                }
                for permission in asked
            )
        return rows


def cookies_of(person):
    """Sign a person in and return the cookies their browser then has."""
    client = Client(headers={"host": "localhost"})
    signed_in(client, person)
    client.get("/accounts/password/")
    kept = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return {
        name: morsel.value for name, morsel in client.cookies.items() if name in kept
    }
