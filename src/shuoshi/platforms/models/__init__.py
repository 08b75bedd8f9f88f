from shuoshi.platforms.models.access_token import AccessToken
from shuoshi.platforms.models.received import Received


__all__ = ["AccessToken", "Received"]
