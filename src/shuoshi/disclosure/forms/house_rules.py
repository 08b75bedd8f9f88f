"""A rule, clause by clause."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuoshi.common.widgets import offer
from shuoshi.disclosure.rules.house_rules import ENFORCED, MOST_CLAUSE, Clause
from shuoshi.matters.forms.steps import Words


ROWS = 12


class RuleForm(forms.Form):
    """Twelve clauses at most; an empty one is left out."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, clauses: list[Clause], **kwargs: Any) -> None:
        """Begin with the clauses as they hold."""
        super().__init__(*args, **kwargs)
        self.shown = min(ROWS, len(clauses) + 1)
        ways = [(key, one.how) for key, one in ENFORCED.items()]
        for place in range(1, ROWS + 1):
            held = clauses[place - 1] if place <= len(clauses) else Clause("")
            self.fields[f"text_{place}"] = Words(
                label=_("第%(place)d条") % {"place": place},
                rows=2,
                most=MOST_CLAUSE,
                required=False,
                initial=held.text,
            )
            self.fields[f"by_{place}"] = forms.ChoiceField(
                label=_("第%(place)d条怎样保证") % {"place": place},
                required=False,
                initial=held.by,
            )
            offer(self, f"by_{place}", [("", _("靠人做到，程序管不了")), *ways])

    def _rows(self, places: range) -> list[forms.BoundField]:
        return [self[f"{name}_{place}"] for place in places for name in ("text", "by")]

    @property
    def first_rows(self) -> list[forms.BoundField]:
        """The clauses there are, and one more."""
        return self._rows(range(1, self.shown + 1))

    @property
    def more_rows(self) -> list[forms.BoundField]:
        """The others, behind a fold."""
        return self._rows(range(self.shown + 1, ROWS + 1))

    @property
    def clauses(self) -> list[Clause]:
        """What was written, for the action."""
        given = self.cleaned_data
        return [
            Clause(given[f"text_{place}"], given[f"by_{place}"])
            for place in range(1, ROWS + 1)
            if given[f"text_{place}"]
        ]
