from importlib import import_module

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "shuoshi.org"

    def ready(self) -> None:
        """Tell the accounts what people are here; models are only there by now."""
        accounts = import_module("shuoshi.accounts.queries.belonging")
        here = import_module("shuoshi.org.queries.belonging")
        accounts.ask_belonging(here.belonging)
