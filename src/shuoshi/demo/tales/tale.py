"""The shape of a tale."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tale:
    """
    One thing that happens in a mine, in several people's words.

    Braces are filled in by chance: ``{team} {crew} {place} {days} {n} {floor} {room}
    {month} {line}``. An empty unit is the speaker's own team.
    """

    topic: str
    unit: str
    kind: str
    says: tuple[str, ...]
    # What the answer tells: one sentence a claim, the first where there is one claim.
    done: tuple[str, ...]
    # What it tells where nothing can be done, and the rule behind it.
    unmet: str
    basis: str
    steps: tuple[str, ...]
    claims: tuple[str, ...] = ()
    # How it is answered at once, if it can be.
    spot: str = ""
    petition: str = ""
    level: str = "ORDINARY"
    beside: str = ""
