"""The ways the domain says no. Every message is fit to show to a person."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The rules do not allow this, for a reason a person can understand."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        """Carry a sentence for the person and, where one is to blame, the field's name."""
        super().__init__(message)
        self.message = message
        self.field = field


class NotPermitted(Refused, PermissionDenied):
    """This person may not do this. Django answers 403 for us."""


class Outdated(Refused):
    """Someone else changed the thing first."""


class Missing(Refused):
    """There is no such thing, as far as this person may know."""
