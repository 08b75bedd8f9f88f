from tools.diagrams import PAGE, page

from shuoshi.matters.rules.states import State
from shuoshi.matters.rules.table import STEPS


def test_the_page_is_drawn_from_the_table():
    # Else: python -m tools.diagrams
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_and_step_is_on_it():
    drawn = page()

    for state in State:
        assert f"    {state}: {state.label}" in drawn
    for step in STEPS.values():
        assert f"| `{step.name}` | {step.label} |" in drawn
