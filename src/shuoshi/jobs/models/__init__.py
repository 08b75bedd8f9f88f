from shuoshi.jobs.models.heartbeat import Heartbeat
from shuoshi.jobs.models.job import Job, JobState


__all__ = ["Heartbeat", "Job", "JobState"]
