from shuoshi.jobs.actions.declaring import Task, periodic, task
from shuoshi.jobs.actions.queue import enqueue


__all__ = ["Task", "enqueue", "periodic", "task"]
