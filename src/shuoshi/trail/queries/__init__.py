from shuoshi.trail.queries.events import events_about, head_of, readings_about
from shuoshi.trail.queries.seals import (
    Proof,
    SealVerdict,
    latest_seal,
    proof_for,
    verify_seals,
)
from shuoshi.trail.queries.verification import verify_chains


__all__ = [
    "Proof",
    "SealVerdict",
    "events_about",
    "head_of",
    "latest_seal",
    "proof_for",
    "readings_about",
    "verify_chains",
    "verify_seals",
]
