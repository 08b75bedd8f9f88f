from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shuoshi.common.panels import Panel, hang


class RightsConfig(AppConfig):
    name = "shuoshi.rights"

    def ready(self) -> None:
        """Let every matter tell what of it left the house."""
        hang("matter", Panel(_("对外提供"), "rights:handings_panel"))
