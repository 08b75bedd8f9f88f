from shuoshi.files.actions.keeping import keep, remove
from shuoshi.files.actions.store import rewrap_boxes, sweep


__all__ = ["keep", "remove", "rewrap_boxes", "sweep"]
