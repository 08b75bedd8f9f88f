from shuoshi.notices.actions.queueing import queue_many


__all__ = ["queue_many"]
