from shuoshi.files.actions.holding import judge_held
from shuoshi.files.actions.keeping import keep, remove
from shuoshi.files.actions.store import sweep


__all__ = ["judge_held", "keep", "remove", "sweep"]
