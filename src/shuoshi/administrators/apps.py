from django.apps import AppConfig


class AdministratorsConfig(AppConfig):
    name = "shuoshi.administrators"
