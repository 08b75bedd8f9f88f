from shuoshi.notices.models.address import Address
from shuoshi.notices.models.delivery import Delivery, DeliveryState
from shuoshi.notices.models.notice import Notice
from shuoshi.notices.models.wish import Muted, QuietHours


__all__ = ["Address", "Delivery", "DeliveryState", "Muted", "Notice", "QuietHours"]
