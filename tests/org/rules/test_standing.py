import pytest

from shuoshi.org.rules.roles import ADMINISTRATORS, Role
from shuoshi.org.rules.standing import CLOCK, NOBODY, Kind, Standing, speaker_of


@pytest.mark.parametrize(
    ("standing", "name"),
    [
        (Standing(person_id=12), "person:12"),
        (speaker_of(3, 1), "speaker"),
        (CLOCK, "clock"),
    ],
)
def test_how_events_name_the_actor(standing, name):
    assert standing.on_record == name


def test_the_speaker_stands_for_one_matter():
    speaker = speaker_of(3, 1)

    assert (speaker.kind, speaker.matter_id, speaker.mine_id) == (Kind.SPEAKER, 3, 1)
    assert speaker.person_id is None


def test_any_of_several_roles_is_enough():
    both = Standing(roles=frozenset({Role.MEMBER, Role.RECEPTION}))

    assert both.is_any(Role.RECEPTION, Role.CHIEF)
    assert not both.is_any(Role.CHIEF)
    assert not both.is_any()
    assert not NOBODY.is_any(*Role)


def test_whose_matters_one_must_not_know_is_not_shown():
    assert "bound" not in repr(Standing(bound=frozenset({1})))


def test_three_administrators_and_none_of_them_works_on_matters():
    assert {str(role) for role in ADMINISTRATORS} == {"SYSADMIN", "SECADMIN", "AUDITOR"}
