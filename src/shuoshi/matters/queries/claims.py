"""Read the claims of a matter, sealed ones too."""

from shuoshi.common.sealing import Box, SealBroken, open_box
from shuoshi.matters.models import Claim, Matter


# What of a claim is in words; sealed, each stands under a name of its own.
ANSWERED = ("facts", "basis", "comment")


def claims_of(matter_id: int) -> list[Claim]:
    """Return the claims as they are kept."""
    return list(Claim.objects.filter(matter=matter_id))


def readable_claims(matter: Matter) -> list[Claim]:
    """
    Return the claims in order, their words opened; for showing, never for saving.

    The caller has asked the gate: sealed, they are the committee's alone.
    """
    claims = sorted(matter.claims.all(), key=lambda claim: claim.place)
    if not matter.sealed:
        return claims
    return [_opened(claim, matter) for claim in claims]


def _opened(claim: Claim, matter: Matter) -> Claim:
    about = f"claim:{claim.place}"
    shown = Claim(
        pk=claim.pk,
        place=claim.place,
        text=_words(matter, claim.text, about),
        outcome=claim.outcome,
        solved=claim.solved,
        speaker_solved=claim.speaker_solved,
        grade=claim.grade,
    )
    for name in ANSWERED:
        setattr(shown, name, _words(matter, getattr(claim, name), f"{about}:{name}"))
    return shown


def _words(matter: Matter, token: str, about: str) -> str:
    try:
        box: Box = open_box(matter.uid, matter.key)
        return box.open(token, about) if token else ""
    except SealBroken as broken:
        return broken.message
