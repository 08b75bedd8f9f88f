from shuoshi.trail.actions.events import append, append_many, linked, record
from shuoshi.trail.actions.readings import note_reading
from shuoshi.trail.actions.seals import SealRefused, seal_day


__all__ = [
    "SealRefused",
    "append",
    "append_many",
    "linked",
    "note_reading",
    "record",
    "seal_day",
]
