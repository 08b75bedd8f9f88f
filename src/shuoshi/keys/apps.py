from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KeysConfig(AppConfig):
    name = "shuoshi.keys"

    def ready(self) -> None:
        """Let every room declare its boxes."""
        autodiscover_modules("boxes")
