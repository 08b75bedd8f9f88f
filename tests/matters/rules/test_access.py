"""Each kind of person against each relation, by hand; no database."""

from types import SimpleNamespace

import pytest

from shuoshi.matters.rules.access import (
    Permission,
    gate,
    is_kept_from,
    may_import,
    may_register,
    may_see_figures,
)
from shuoshi.org.rules.roles import Role
from shuoshi.org.rules.standing import CLOCK, NOBODY, Kind, Standing, speaker_of


ME, OTHER, BOSS = 1, 2, 3
MINE, ELSEWHERE = 7, 8
LEAD, SIDE, TOP = 70, 71, 79
MATTER = 100


class Rows(list):
    """What hangs on a matter, without a database."""

    def all(self):
        return self


def person(*roles, **columns):
    return Standing(
        **{
            "kind": Kind.STAFF,
            "person_id": ME,
            "mine_id": MINE,
            "roles": frozenset(roles),
            "bound": frozenset({ME}),
            **{
                name: frozenset(value) if isinstance(value, set) else value
                for name, value in columns.items()
            },
        }
    )


def part(unit_id, kind, *, done=False):
    return SimpleNamespace(unit_id=unit_id, kind=kind, done_at="then" if done else None)


def named(person_id=None, unit_id=None, *, recused=False):
    return SimpleNamespace(person_id=person_id, unit_id=unit_id, recused=recused)


def matter(*, parts=(), objects=(), **columns):
    plain = {
        "pk": MATTER,
        "mine_id": MINE,
        "state": "HANDLING",
        "designated": False,
        "identity": "NAMED",
        "sealed": False,
        "first_receiver_id": OTHER,
        "responsible_id": OTHER,
        "handler_id": OTHER,
        "convener_id": None,
        "lead_unit_id": LEAD,
    }
    return SimpleNamespace(
        **(plain | columns),
        parts=Rows(parts),
        objects_named=Rows(objects),
        names_objects=bool(objects),
    )


def granted(who, what):
    return {str(one) for one in Permission if gate.may(who, one, what)}


LOOKS = {"see", "read", "see_speaker", "take_part", "step_back"}

# Who, in which relation, may what to a named matter that is being handled.
RELATIONS = [
    ("nobody", NOBODY, {}, set()),
    ("member elsewhere in the mine", person(Role.MEMBER, units={SIDE}), {}, set()),
    ("member of the lead unit", person(Role.MEMBER, units={LEAD}), {}, set()),
    ("other reception", person(Role.RECEPTION), {}, set()),
    ("system administrator", person(Role.SYSADMIN), {}, set()),
    ("security administrator", person(Role.SECADMIN), {}, set()),
    ("auditor", person(Role.AUDITOR), {}, set()),
    ("discipline, unsealed", person(Role.DISCIPLINE), {}, set()),
    (
        "coordinator",
        person(Role.COORDINATOR),
        {},
        LOOKS
        | {
            "receive",
            "name_objects",
            "sort",
            "call",
            "supervise",
            "reopen",
            "keep_out",
            "release",
        },
    ),
    (
        "chief",
        person(Role.CHIEF),
        {},
        LOOKS | {"approve", "supervise", "instruct", "keep_out"},
    ),
    (
        "first receiver",
        person(Role.RECEPTION),
        {"first_receiver_id": ME},
        LOOKS | {"receive", "name_objects", "sort", "call", "reopen", "release"},
    ),
    (
        "responsible",
        person(Role.MEMBER),
        {"responsible_id": ME},
        LOOKS
        | {"receive", "name_objects", "sort", "accept", "call", "conclude", "handle"},
    ),
    (
        "coordinator, after the third return",
        person(Role.COORDINATOR),
        {"designated": True},
        LOOKS
        | {
            "receive",
            "name_objects",
            "call",
            "supervise",
            "reopen",
            "keep_out",
            "release",
        },
    ),
    (
        "chief, after the third return",
        person(Role.CHIEF),
        {"designated": True},
        LOOKS | {"sort", "approve", "supervise", "instruct", "keep_out"},
    ),
    ("handler, no longer responsible", person(), {"handler_id": ME}, LOOKS),
    ("convener, no longer responsible", person(), {"convener_id": ME}, LOOKS),
    (
        "head of the lead unit",
        person(Role.UNIT_HEAD, heads={LEAD}),
        {},
        LOOKS | {"accept"},
    ),
    (
        "leader of the lead unit",
        person(Role.LEADER, leads={LEAD}),
        {},
        LOOKS | {"call", "approve", "supervise", "instruct", "keep_out"},
    ),
    (
        "leader who handles it himself",
        person(Role.LEADER, leads={LEAD}),
        {"handler_id": ME},
        LOOKS | {"call", "supervise", "instruct", "keep_out"},
    ),
    (
        "chief who handles it himself",
        person(Role.CHIEF),
        {"handler_id": ME},
        LOOKS | {"supervise", "instruct", "keep_out"},
    ),
    (
        "head of an assisting unit",
        person(Role.UNIT_HEAD, heads={SIDE}),
        {"parts": [part(SIDE, "ASSIST")]},
        LOOKS,
    ),
    (
        "head of a unit asked for its opinion",
        person(Role.UNIT_HEAD, heads={SIDE}),
        {"parts": [part(SIDE, "OPINION")]},
        LOOKS | {"opine"},
    ),
    (
        "head of a unit that gave its opinion",
        person(Role.UNIT_HEAD, heads={SIDE}),
        {"parts": [part(SIDE, "OPINION", done=True)]},
        LOOKS,
    ),
    (
        "head of a unit with a share",
        person(Role.UNIT_HEAD, heads={SIDE}),
        {"parts": [part(SIDE, "JOINT")]},
        LOOKS | {"deliver"},
    ),
    (
        "head of a unit that delivered its share",
        person(Role.UNIT_HEAD, heads={SIDE}),
        {"parts": [part(SIDE, "JOINT", done=True)]},
        LOOKS,
    ),
    (
        "leader of an assisting unit",
        person(Role.LEADER, leads={SIDE}),
        {"parts": [part(SIDE, "ASSIST")]},
        LOOKS,
    ),
    ("head of another unit", person(Role.UNIT_HEAD, heads={SIDE}), {}, set()),
    ("leader of another unit", person(Role.LEADER, leads={SIDE}), {}, set()),
    (
        "discipline, responsible",
        person(Role.DISCIPLINE),
        {"responsible_id": ME},
        LOOKS
        | {
            "receive",
            "name_objects",
            "sort",
            "accept",
            "call",
            "conclude",
            "handle",
            "keep_out",
        },
    ),
    (
        "speaker",
        speaker_of(MATTER, MINE),
        {},
        (LOOKS | {"speak"}) - {"take_part", "step_back"},
    ),
    ("speaker of another matter", speaker_of(MATTER + 1, MINE), {}, set()),
    ("clock", CLOCK, {}, (LOOKS | {"clock", "reopen"}) - {"take_part", "step_back"}),
]


@pytest.mark.parametrize(
    ("who", "relation", "may"),
    [row[1:] for row in RELATIONS],
    ids=[row[0] for row in RELATIONS],
)
def test_relation(who, relation, may):
    assert granted(who, matter(**relation)) == may


@pytest.mark.parametrize(
    ("who", "relation"),
    [row[1:3] for row in RELATIONS if row[1].kind is Kind.STAFF],
    ids=[row[0] for row in RELATIONS if row[1].kind is Kind.STAFF],
)
def test_in_another_mine_nobody_may_anything(who, relation):
    assert granted(who, matter(**relation, mine_id=ELSEWHERE)) == set()


@pytest.mark.parametrize(
    ("who", "relation"),
    [row[1:3] for row in RELATIONS if row[1].kind is Kind.STAFF],
    ids=[row[0] for row in RELATIONS if row[1].kind is Kind.STAFF],
)
def test_whoever_is_named_may_nothing(who, relation):
    assert granted(who, matter(**relation, objects=[named(person_id=ME)])) == set()


@pytest.mark.parametrize(
    ("who", "objects", "kept"),
    [
        (person(), [], False),
        (person(), [named(person_id=OTHER)], False),
        (person(bound={ME, BOSS}), [named(person_id=BOSS)], True),
        (person(bound={ME, BOSS}), [named(OTHER), named(BOSS)], True),
        (person(within={LEAD, TOP}), [named(unit_id=LEAD)], True),
        (person(within={SIDE, TOP}), [named(unit_id=LEAD)], False),
        (person(Role.COORDINATOR), [named()], True),
        (person(Role.DISCIPLINE), [named()], False),
        (speaker_of(MATTER, MINE), [named(person_id=ME)], False),
        (CLOCK, [named(person_id=ME)], False),
    ],
)
def test_kept_from(who, objects, kept):
    assert is_kept_from(who, matter(objects=objects)) is kept


@pytest.mark.parametrize("state", ["REVIEWING", "FINAL_REVIEWING"])
def test_a_review_is_decided_by_who_answers_for_it_and_did_not_handle_it(state):
    leader = person(Role.LEADER)
    mine = matter(state=state, responsible_id=ME)
    handled = matter(state=state, responsible_id=ME, handler_id=ME)

    assert gate.may(leader, Permission.REVIEW, mine)
    assert not gate.may(leader, Permission.REVIEW, handled)
    assert not gate.may(leader, Permission.REVIEW, matter(state=state))
    assert not gate.may(leader, Permission.REVIEW, matter(responsible_id=ME))


SEALED = [
    (
        "discipline",
        person(Role.DISCIPLINE),
        {},
        {"see", "read", "see_speaker", "step_back"},
    ),
    ("coordinator", person(Role.COORDINATOR), {}, {"see"}),
    ("chief", person(Role.CHIEF), {}, {"see"}),
    ("first receiver", person(), {"first_receiver_id": ME}, {"see"}),
    ("head of the lead unit", person(heads={LEAD}), {}, {"see"}),
    ("speaker", speaker_of(MATTER, MINE), {}, {"see"}),
    ("clock", CLOCK, {}, {"see"}),
    ("member", person(Role.MEMBER), {}, set()),
]


@pytest.mark.parametrize(
    ("who", "relation", "may"), [row[1:] for row in SEALED], ids=[r[0] for r in SEALED]
)
def test_a_sealed_matter_is_a_receipt_to_all_but_the_committee(who, relation, may):
    looks = granted(who, matter(sealed=True, **relation)) & LOOKS

    assert looks == may


@pytest.mark.parametrize(
    ("identity", "who", "relation", "sees"),
    [
        ("NAMED", person(heads={LEAD}), {}, True),
        ("NAMED", person(Role.MEMBER), {}, False),
        ("CONFIDENTIAL", person(heads={LEAD}), {}, False),
        ("CONFIDENTIAL", person(), {"responsible_id": ME}, False),
        ("CONFIDENTIAL", person(Role.CHIEF), {}, False),
        ("CONFIDENTIAL", person(), {"first_receiver_id": ME}, True),
        ("CONFIDENTIAL", person(Role.COORDINATOR), {}, True),
        ("ANONYMOUS", person(Role.COORDINATOR), {}, False),
        ("ANONYMOUS", person(), {"first_receiver_id": ME}, False),
    ],
)
def test_who_learns_who_spoke(identity, who, relation, sees):
    told = matter(identity=identity, **relation)

    assert gate.may(who, Permission.SEE_SPEAKER, told) is sees


def release(to=ME, *, granted=True, until=9):
    by = OTHER if granted else None
    return SimpleNamespace(to_id=to, granted_by_id=by, until=until)


@pytest.mark.parametrize(
    ("who", "given", "at", "sees"),
    [
        (person(heads={LEAD}), release(), 8, True),
        (person(heads={LEAD}), release(), 9, False),
        (person(heads={LEAD}), release(), None, False),
        (person(heads={LEAD}), release(granted=False), 8, False),
        (person(heads={LEAD}), release(to=OTHER), 8, False),
        (person(Role.MEMBER), release(), 8, False),
        (person(heads={LEAD}, mine_id=ELSEWHERE), release(), 8, False),
    ],
)
def test_who_was_let_learns_it_until_the_time_is_over(who, given, at, sees):
    told = matter(identity="CONFIDENTIAL", releases=Rows([given]), looked_at=at)

    assert gate.may(who, Permission.SEE_SPEAKER, told) is sees
    told.objects_named, told.names_objects = Rows([named(person_id=ME)]), True
    assert not gate.may(who, Permission.SEE_SPEAKER, told)
    hidden = matter(identity="ANONYMOUS", releases=Rows([given]), looked_at=at)
    assert not gate.may(who, Permission.SEE_SPEAKER, hidden)
    sealed = matter(
        identity="CONFIDENTIAL", sealed=True, releases=Rows([given]), looked_at=at
    )
    assert not gate.may(who, Permission.SEE_SPEAKER, sealed)


REGISTER = {Role.RECEPTION, Role.COORDINATOR}
IMPORT = {Role.COORDINATOR}
FIGURES = {Role.COORDINATOR, Role.CHIEF, Role.LEADER, Role.UNIT_HEAD}


@pytest.mark.parametrize("role", Role)
def test_what_a_role_allows_before_there_is_a_matter(role):
    who = person(role)

    assert may_register(who) is (role in REGISTER)
    assert may_import(who) is (role in IMPORT)
    assert may_see_figures(who) is (role in FIGURES)


def test_nobody_may_nothing_before_there_is_a_matter():
    assert not any(may(NOBODY) for may in (may_register, may_import, may_see_figures))
