"""
The law of a matter: one row an action.

Its name, the states it leaves and enters, who may take it, when besides, the fields it
needs, what it does to the clock and who is told. Buttons, gate, API, diagram, forms and
tests all come from here; nothing decides a transition anywhere else. The rows lie in four
files, by where in the loop they stand.
"""

from shuoshi.matters.rules import rows_anytime, rows_intake, rows_reply, rows_work
from shuoshi.matters.rules.step import Audience, ClockEffect, Step


__all__ = ["STEPS", "Audience", "ClockEffect", "Step"]

STEPS: dict[str, Step] = {
    step.name: step
    for rows in (rows_intake, rows_work, rows_reply, rows_anytime)
    for step in rows.ROWS
}
