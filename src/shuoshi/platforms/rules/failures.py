"""What can go wrong with somebody else's platform."""


class NotGenuine(ValueError):
    """A message that the platform did not send, or not now."""


class PlatformOff(Exception):
    """The platform is not set up in this house."""


class PlatformAway(Exception):
    """The platform does not answer, or not now: try again later."""


class PlatformRefused(Exception):
    """The platform knows no such address, or may not write to it: do not try again."""
