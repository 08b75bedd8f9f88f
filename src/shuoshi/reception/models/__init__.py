from shuoshi.reception.models.open_day_rule import OpenDayRule


__all__ = ["OpenDayRule"]
