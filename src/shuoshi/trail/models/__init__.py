from shuoshi.trail.models.chain_end import ChainEnd
from shuoshi.trail.models.event import Event
from shuoshi.trail.models.reading import Reading
from shuoshi.trail.models.seal import Seal


__all__ = ["ChainEnd", "Event", "Reading", "Seal"]
