"""Ask whether what is remembered of the organisation is still so."""

from shuoshi.org.models import Generation


def generation() -> int:
    """Return the number under which the organisation may be remembered (one query)."""
    number = Generation.objects.values_list("number", flat=True).first()
    return number or 0
