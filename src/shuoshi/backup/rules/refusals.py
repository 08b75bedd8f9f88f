"""Why a backup or a restore is not done."""

from shuoshi.common.refusals import Refused


class BackupRefused(Refused):
    """No backup can be made like this."""


class RestoreRefused(Refused):
    """This backup cannot be restored here; nothing was changed."""


class ArchiveBroken(RestoreRefused):
    """The file is no whole backup: it was changed, cut short or put together anew."""
