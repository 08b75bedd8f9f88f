from shuoshi.duty.models.turn import Turn


__all__ = ["Turn"]
