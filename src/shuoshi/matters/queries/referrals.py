"""Which letters go up, where to, and what the holder of a receipt may know of one."""

from dataclasses import dataclass
from datetime import date
from hmac import compare_digest
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from shuoshi.matters.models import HigherOrgan, Matter, Referral
from shuoshi.matters.rules.referrals import may_pass_up
from shuoshi.org.rules.standing import Standing


if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Where:
    """The organ that hears such accusations, as it is told to people."""

    name: str
    address: str = ""
    telephone: str = ""


def higher_organ_of(mine_id: int) -> Where:
    """Return whom this mine named; until then, the line that serves the whole country."""
    organ = HigherOrgan.objects.filter(mine_id=mine_id).first()
    if organ is None:
        return Where(_("上级纪检监察机关"), telephone="12388")
    return Where(organ.name, organ.address, organ.telephone)


def referral_with_digests(digests: list[str]) -> Referral | None:
    """Return the referral of a receipt, compared in constant time."""
    found = Referral.objects.filter(receipt_digest__in=digests).first()
    kept = (found.receipt_digest or "") if found else ""
    same = sum(compare_digest(kept, digest) for digest in digests)
    return found if same else None


def letter_of_matter(matter: Matter) -> Referral | None:
    """Return the letter that a matter went up as; only what is sealed ever does."""
    if not matter.sealed:
        return None
    return Referral.objects.filter(matter=matter.pk).first()


def letters_here(person: Standing) -> "QuerySet[Referral]":
    """Return the letters that wait to be passed up, the first due first; the committee's."""
    if not may_pass_up(person) or person.mine_id is None:
        return Referral.objects.none()
    here = Referral.objects.filter(mine_id=person.mine_id, passed_on=None)
    return here.exclude(due_on=None).order_by("due_on", "pk")


def letters_passed(person: Standing, year: int) -> "QuerySet[Referral]":
    """Return the letters that were passed up in a year, the last first; the committee's."""
    if not may_pass_up(person) or person.mine_id is None:
        return Referral.objects.none()
    passed = Referral.objects.filter(mine_id=person.mine_id, passed_on__year=year)
    return passed.select_related("passed_by").order_by("-passed_on", "-pk")


def letters_due(person: Standing, today: date) -> int:
    """Count the letters that must go up today or should have gone."""
    return letters_here(person).filter(due_on__lte=today).count()
