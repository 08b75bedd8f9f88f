from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "shuoshi.reception"
