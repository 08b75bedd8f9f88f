from shuoshi.trail.queries.events import (
    end_of,
    ends,
    events_about,
    head_of,
    readings_about,
)
from shuoshi.trail.queries.seals import (
    Printed,
    Proof,
    SealVerdict,
    head_agrees,
    ids_around,
    latest_seal,
    proof_for,
    seal_before,
    seal_of,
    seals_back,
    verify_seals,
)
from shuoshi.trail.queries.verification import verify_chains


__all__ = [
    "Printed",
    "Proof",
    "SealVerdict",
    "end_of",
    "ends",
    "events_about",
    "head_agrees",
    "head_of",
    "ids_around",
    "latest_seal",
    "proof_for",
    "readings_about",
    "seal_before",
    "seal_of",
    "seals_back",
    "verify_chains",
    "verify_seals",
]
