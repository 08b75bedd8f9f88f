from shuoshi.trail.actions.events import append, append_many, linked, record
from shuoshi.trail.actions.notes import note, note_many
from shuoshi.trail.actions.readings import note_reading, note_readings
from shuoshi.trail.actions.seals import SealRefused, seal_day


__all__ = [
    "SealRefused",
    "append",
    "append_many",
    "linked",
    "note",
    "note_many",
    "note_reading",
    "note_readings",
    "record",
    "seal_day",
]
