from shuoshi.trail.models.event import Event
from shuoshi.trail.models.reading import Reading
from shuoshi.trail.models.seal import Seal


__all__ = ["Event", "Reading", "Seal"]
