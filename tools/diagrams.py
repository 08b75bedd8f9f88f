"""
Draw the table of steps for the reader: a state diagram and a line for each step.

``python -m tools.diagrams`` writes ``docs/reference/matter.md``; a test holds the file
against the table.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from django.apps import apps
from django.utils import translation


if not apps.ready:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuoshi.config.settings")
    os.environ.setdefault("SHUOSHI_DEBUG", "1")
    django.setup()

from shuoshi.matters.actions.clock import STEP_LIMITS
from shuoshi.matters.rules.access import gate
from shuoshi.matters.rules.states import ENDED, ZONES, State
from shuoshi.matters.rules.table import STEPS, ClockEffect, Step


PAGE = Path(__file__).parents[1] / "docs" / "reference" / "matter.md"
HEAD = """\
# The life of a matter

Drawn from `matters/rules/table.py` by `python -m tools.diagrams`; a test holds this page
against the table. Do not edit it by hand.
"""
NONE = "–"


def page() -> str:
    """Return the whole page, labels in Chinese, the source language."""
    with translation.override("zh-hans"):
        parts = [HEAD, _diagram(), _states(), _steps(), _permissions()]
        return "\n".join(parts)


def _diagram() -> str:
    lines = [
        "```mermaid",
        "stateDiagram-v2",
        *(f"    {state}: {state.label}" for state in State),
        *_arrows(),
        *(f"    {state} --> [*]" for state in State if state in ENDED),
        "```",
    ]
    return "## States and moves\n\n" + "\n".join(lines) + "\n"


def _arrows() -> Iterator[str]:
    for step in STEPS.values():
        if step.target is None:
            continue
        for source in _in_order(step.sources) or ["[*]"]:
            yield f"    {source} --> {step.target}: {step.name}"


def _states() -> str:
    rows = [
        [f"`{state}`", state.label, zone.label, _limit(state)]
        for zone, states in ZONES.items()
        for state in states
    ]
    return _table("States", ["state", "中文", "zone", "limit that runs"], rows)


def _limit(state: State) -> str:
    if state in ENDED:
        return NONE
    return f"`{STEP_LIMITS[state]}`" if state in STEP_LIMITS else "the total alone"


def _steps() -> str:
    rows = [
        [
            f"`{step.name}`",
            step.label,
            _from(step),
            f"`{step.target}`" if step.target else "stays",
            f"`{step.by}`",
            _joined(_field(field) for field in step.fields),
            _joined(f"`{condition.name}`" for condition in step.when),
            NONE if step.clock is ClockEffect.NOTHING else step.clock,
            _joined(str(audience).replace("_", " ") for audience in step.tells),
            _public(step),
        ]
        for step in STEPS.values()
    ]
    heads = ["step", "中文", "from", "to", "who", "asks", "when", "clock", "told"]
    return _table("Steps", [*heads, "on the speaker's page"], rows)


def _from(step: Step) -> str:
    return _joined(f"`{state}`" for state in _in_order(step.sources))


def _field(field: object) -> str:
    name = getattr(field, "name", "")
    return f"`{name}`" if getattr(field, "required", False) else f"`{name}`?"


def _public(step: Step) -> str:
    if not step.public:
        return NONE
    return f"{step.past}, with its words" if step.told else str(step.past)


def _permissions() -> str:
    used = dict.fromkeys(step.by for step in STEPS.values())
    rows = [
        [
            f"`{permission}`",
            _joined(f"`{predicate.__name__}`" for predicate in gate.grants[permission]),
        ]
        for permission in used
    ]
    return _table("Who may", ["permission", "granted where one of these holds"], rows)


def _in_order(states: Iterable[State]) -> list[State]:
    return sorted(states, key=list(State).index)


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words) or NONE


def _table(title: str, heads: list[str], rows: list[list[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    body = "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)
    return f"## {title}\n\n{body}\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
