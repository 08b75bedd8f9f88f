"""What may become of who spoke, when they or the law ask for it."""

from typing import TYPE_CHECKING

from shuoshi.matters.rules.states import ENDED, PetitionClass


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter


def must_be_kept(matter: "Matter") -> bool:
    """
    True where the law wants to know later who spoke.

    Of a grievance that was decided upon in writing and of what lies with the committee
    the name belongs to the file; it is then stored, and used for nothing.
    """
    decided = matter.petition_class == PetitionClass.GRIEVANCE
    return matter.sealed or (decided and matter.state in ENDED)
