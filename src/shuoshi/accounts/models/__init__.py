from shuoshi.accounts.models.token import Token
from shuoshi.accounts.models.user import User


__all__ = ["Token", "User"]
