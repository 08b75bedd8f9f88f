from django.apps import AppConfig

from shuoshi.backup.queries.folder import backup_health
from shuoshi.jobs.rules.vitals import tell_health


class BackupConfig(AppConfig):
    name = "shuoshi.backup"

    def ready(self) -> None:
        """Let whoever watches over the house see how old its last backup is."""
        tell_health(backup_health)
