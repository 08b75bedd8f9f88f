from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "shuoshi.jobs"

    def ready(self) -> None:
        """Let every room declare its tasks."""
        autodiscover_modules("tasks")
