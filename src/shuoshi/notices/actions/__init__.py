from shuoshi.notices.actions.queueing import queue_many, queue_word
from shuoshi.notices.actions.reading import mark_all_read, mark_read
from shuoshi.notices.actions.sending import send_in_app


__all__ = ["mark_all_read", "mark_read", "queue_many", "queue_word", "send_in_app"]
