from shuoshi.accounts.models.factor import Authenticator, Passkey, RecoveryCode
from shuoshi.accounts.models.invitation import Invitation, Purpose
from shuoshi.accounts.models.session import Session
from shuoshi.accounts.models.tally import Tally
from shuoshi.accounts.models.telling import Telling, Told
from shuoshi.accounts.models.token import Token
from shuoshi.accounts.models.user import User


__all__ = [
    "Authenticator",
    "Invitation",
    "Passkey",
    "Purpose",
    "RecoveryCode",
    "Session",
    "Tally",
    "Telling",
    "Token",
    "Told",
    "User",
]
