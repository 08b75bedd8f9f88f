"""Say coarsely with what somebody signed in: enough to know one's own again."""

from typing import Final


SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("wxwork", "WeCom"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def described(agent: str) -> str:
    """Return system and browser, nothing finer; empty where neither is known."""
    found = [
        next((name for mark, name in marks if mark in agent), "")
        for marks in (SYSTEMS, BROWSERS)
    ]
    return " · ".join(name for name in found if name)
