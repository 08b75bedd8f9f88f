"""Real people and matters in every relation of the matrix, and requests to every door."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import Resolver404, resolve

from shuoshi.accounts.actions.people import give_token
from shuoshi.accounts.models import User
from shuoshi.channels.rules.matrix import STAFF
from shuoshi.files.actions import keep
from shuoshi.files.forms import CleanFilesField
from shuoshi.matters.actions.letters import issue_letter
from shuoshi.matters.models import LetterKind, Matter, ObjectNamed, Part
from shuoshi.matters.rules.fields import Ask
from shuoshi.matters.rules.table import STEPS
from shuoshi.org.actions.generation import bump
from shuoshi.org.actions.structure import appoint, found_unit
from shuoshi.org.models import Post, UnitKind
from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from tests.matters.house import NOW, build_house, raised


LATER = NOW + timedelta(days=4000)
# A version that no matter has reached: nothing is changed by who may come in.
UNREACHED = 1_000_000
GIVEN = {
    Ask.TEXT: "x",
    Ask.LINE: "x",
    Ask.DAY: "2026-09-30",
    Ask.YES: False,
    Ask.CATEGORY: "canteen",
    Ask.UNIT: "x",
    Ask.UNITS: ["x"],
    Ask.PERSON: "x",
    Ask.PEOPLE: ["x"],
    Ask.MATTER: "2026-9999",
    Ask.PART: 1,
    Ask.ANSWERS: [],
    Ask.RATINGS: [],
    Ask.CLAIMS: ["x"],
    Ask.FILES: [{"name": "a.txt", "content": "eHh4eA=="}],
}


@dataclass
class Doors:
    """A mine of its own, with somebody of each kind and one matter to stand to."""

    house: object
    matter: Matter
    file: object
    letter: object
    tokens: dict = field(default_factory=dict)

    def person(self, kind, *posts):
        """Return somebody new of this kind who also holds these posts."""
        name = f"{kind}-{User.objects.count()}"
        user = User.objects.create(username=name, name=name)
        appoint(user, role=STAFF[kind], unit=self.house.units["own"])
        for role, unit, charge in posts:
            if STAFF[kind] in ADMINISTRATORS:
                # The house does not appoint them to anything else: who came by it sees nothing.
                Post.objects.create(
                    mine_id=unit.mine_id, unit=unit, person=user, role=role
                )
                bump()
            else:
                appoint(user, role=role, unit=unit, in_charge_of=charge)
        self.tokens[user.pk] = give_token(user, purpose="test", now=LATER, second=True)[
            0
        ]
        return user

    def address(self, path):
        """Return the address of a door that leads to the matter."""
        filled = {
            "number": self.matter.number,
            "uid": self.file.pk,
            "kind": self.letter.kind.lower(),
            "year": self.letter.year,
            "serial": self.letter.serial,
            # A zone of the desk, or what a speaker does with the own data.
            "name": "ask" if path.startswith("/progress/own/") else "intake",
            "receipt": "0000000000000000",
            "link_part": "x",
            "person_id": 1,
            "post_id": 1,
            "purpose": "speak",
            "door": "speak",
            "version": 1,
            "form": "xlsx",
            "token_id": 1,
            "pk": 1,
            "how": "agree",
            "road": "SMS",
            "secret": "x",
            "file": str(uuid4()),
        }
        return re.sub(r"\{(\w+)\}", lambda name: str(filled[name[1]]), path)


def leads(path):
    """Tell whether the house has such an address; a room may be left out of it."""
    try:
        resolve(re.sub(r"\{\w+\}", "1", re.sub(r"\{(uid|file)\}", str(uuid4()), path)))
    except Resolver404:
        return False
    return True


def build_doors():
    house = build_house()
    root = house.units["root"]
    for name in ("own", "lead", "side"):
        house.units[name] = found_unit(
            f"m-{name}", name=name, under=root, kind=UnitKind.DISTRICT
        )
    # Somebody to whom everybody of the unit answers.
    house.enter("own_head", Role.UNIT_HEAD, "own")
    build_house("ELSEWHERE")
    matter = raised(house)
    upload = SimpleUploadedFile("a.txt", b"abc", "text/plain")
    clean = CleanFilesField().clean([upload])[0]
    file = keep(clean, about=matter.uid, mine_id=matter.mine_id, by="speaker", now=NOW)
    letter = issue_letter(matter, LetterKind.DECLINE, now=NOW)
    return Doors(house, matter, file, letter)


LED = (Role.LEADER, "root", ("lead",))
POSTS = {
    "lead_head": (Role.UNIT_HEAD, "lead", ()),
    "lead_leader": LED,
    "handler_who_leads": LED,
    "asked_head": (Role.UNIT_HEAD, "side", ()),
    "joint_head": (Role.UNIT_HEAD, "side", ()),
    "part_leader": (Role.LEADER, "root", ("side",)),
    "above_named_unit": (Role.UNIT_HEAD, "side", ()),
}
STATES = {
    "sorter": "RECEIVED",
    "designated": "RECEIVED",
    "lead_head": "TRIAGED",
    "convener": "DELIBERATING",
    "asked_head": "DELIBERATING",
    "reviewer": "REVIEWING",
}
COLUMNS = {
    "receiver": ("first_receiver",),
    "sorter": ("first_receiver", "responsible"),
    "designated": ("responsible",),
    "handler": ("handler", "responsible"),
    "handler_who_leads": ("handler", "responsible"),
    "convener": ("convener", "responsible"),
    "reviewer": ("responsible",),
    **dict.fromkeys(
        ("named", "bound", "of_named_unit", "above_named_unit", "stepped_back"),
        ("first_receiver",),
    ),
    "elsewhere": ("first_receiver",),
}
PROTECTED = {
    "plain": {},
    "confidential": {"identity": "CONFIDENTIAL"},
    "anonymous": {"identity": "ANONYMOUS"},
    "sealed": {"sealed": True},
}


def relate(doors, kind, relation, protection):
    """Bring somebody of this kind into this relation to the matter; return them."""
    units, people = doors.house.units, doors.house.people
    posts = []
    if relation in POSTS:
        role, unit, charge = POSTS[relation]
        posts = [(role, units[unit], tuple(units[name] for name in charge))]
    me = doors.person(kind, *posts)
    other = people["mate"]
    plain = {
        "identity": "NAMED",
        "sealed": False,
        "designated": relation == "designated",
        "state": STATES.get(relation, "HANDLING"),
        "lead_unit": units["lead"],
        "first_receiver": other,
        "responsible": other,
        "handler": None if relation in {"sorter", "designated"} else other,
        "convener": None,
        "names_objects": False,
        "mine": doors.house.mine,
    }
    mine = dict.fromkeys(COLUMNS.get(relation, ()), me)
    row = Matter.objects.filter(pk=doors.matter.pk)
    row.update(**(plain | mine | PROTECTED[protection]))
    Part.objects.all().delete()
    ObjectNamed.objects.all().delete()
    if relation in {"asked_head", "joint_head", "part_leader"}:
        part = "OPINION" if relation == "asked_head" else "JOINT"
        Part.objects.create(matter=doors.matter, unit=units["side"], kind=part)
    named = {
        "named": {"person": me},
        "bound": {"person": people["own_head"]},
        "of_named_unit": {"unit": units["own"]},
        "above_named_unit": {"unit": units["side"]},
        "stepped_back": {"person": me, "recused": True},
    }.get(relation)
    if named:
        ObjectNamed.objects.create(matter=doors.matter, **named)
        row.update(names_objects=True)
    if relation == "elsewhere":
        row.update(mine=User.objects.get(username="elsewhere-mate").posts.get().mine)
    return me


def request(doors, client, method, path, me):
    """Go to a door as this person and return the status."""
    rest = {}
    if path.startswith("/api/"):
        rest["headers"] = (
            {"Authorization": f"Bearer {doors.tokens[me.pk]}"} if me else {}
        )
        rest |= {"content_type": "application/json"} if method == "POST" else {}
        rest |= {"data": body(path)} if method == "POST" else {}
    elif method == "POST":
        rest["data"] = {"version": UNREACHED}
    answer = getattr(client, method.lower())(doors.address(path), **rest)
    if answer.streaming:
        # Read to its end, the file is closed.
        b"".join(answer.streaming_content)
    return answer.status_code


def body(path):
    """Return a body that can be read, so that it is judged whose the matter is."""
    step = STEPS.get(path.rsplit("/", 1)[1])
    if step is None:
        return {}
    asked = {
        one.name: one.choices.values[0] if one.ask is Ask.CHOICE else GIVEN[one.ask]
        for one in step.fields
        if one.required
    }
    return {**asked, "version": UNREACHED}
