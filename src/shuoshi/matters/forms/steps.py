"""Make the form of a step from its row in the table."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuoshi.common.refusals import Refused
from shuoshi.common.widgets import DayInput, Grades
from shuoshi.common.words import checked_words
from shuoshi.files.forms import CleanFilesField
from shuoshi.matters.queries.choices import (
    categories_for,
    matter_numbered,
    open_parts_of,
    people_called,
    people_offered,
    unit_names,
    units_offered,
)
from shuoshi.matters.rules.answers import ClaimAnswer, ClaimRating, outcomes_for
from shuoshi.matters.rules.fields import Ask, Field
from shuoshi.matters.rules.states import Grade, Outcome
from shuoshi.matters.rules.table import Step


if TYPE_CHECKING:
    from shuoshi.matters.models import Matter
    from shuoshi.org.rules.standing import Standing

MOST_WORDS = 4000
MOST_CLAIMS = 10
NO_CHOICE = [("", gettext_lazy("请选择"))]


class Words(forms.CharField):
    """Some lines of text, cleaned like every text that people write."""

    def __init__(self, *, rows: int = 3, most: int = MOST_WORDS, **kwargs: Any) -> None:
        """Take at most so many characters."""
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.most = most

    def clean(self, value: Any) -> str:
        """
        Return the text without noise.

        :raises ValidationError: if it is empty though needed, too long or badly encoded.
        """
        try:
            return checked_words(
                str(value or ""), most=self.most, field="", required=self.required
            )
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


def _named(
    things: Mapping[str, Any], names: Mapping[str, str] | None
) -> list[tuple[str, str]]:
    names = names or {}
    return [(code, names.get(code, str(thing))) for code, thing in things.items()]


class Picked(forms.ChoiceField):
    """One of some things, known by a code."""

    def __init__(
        self,
        things: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
        *,
        nothing: Any = NO_CHOICE[0][1],
        **kwargs: Any,
    ) -> None:
        """Offer the things under their codes, called as they call themselves or so."""
        choices = [("", nothing), *_named(things, names)]
        super().__init__(choices=choices, **kwargs)
        self.things = things

    def clean(self, value: Any) -> Any:
        """Return the thing itself, None if none was picked."""
        return self.things.get(super().clean(value))


class PickedMany(forms.MultipleChoiceField):
    """Several things, known by their codes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        things: Mapping[str, Any],
        names: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer the things under their codes, called as they call themselves or so."""
        super().__init__(choices=_named(things, names), **kwargs)
        self.things = things

    def clean(self, value: Any) -> list[Any]:
        """Return the things themselves."""
        return [self.things[code] for code in super().clean(value)]


class Called(forms.CharField):
    """People, written by name or log-in name, parted by commas."""

    def __init__(self, mine_id: int, **kwargs: Any) -> None:
        """Look for them in one mine."""
        super().__init__(max_length=400, **kwargs)
        self.mine_id = mine_id

    def clean(self, value: Any) -> Any:
        """
        Return the people.

        :raises ValidationError: naming whom the mine does not know, or knows twice.
        """
        text = super().clean(value)
        try:
            return people_called(text, mine_id=self.mine_id)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


class Numbered(forms.CharField):
    """A matter, by its number, as far as the person may see it."""

    def __init__(self, person: "Standing", **kwargs: Any) -> None:
        """Look among what this person may see."""
        super().__init__(max_length=20, **kwargs)
        self.person = person

    def clean(self, value: Any) -> Any:
        """
        Return the matter.

        :raises ValidationError: if there is none for this person.
        """
        found = matter_numbered(self.person, super().clean(value))
        if found is None:
            raise forms.ValidationError(_("没有找到这个编号，请核对。"))
        return found


class StepForm(forms.Form):
    """The answers to the fields of one step on one matter."""

    # None for programs, which need not say what they saw.
    version = forms.IntegerField(
        required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput
    )

    def __init__(
        self,
        step: Step,
        matter: "Matter",
        person: "Standing",
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Ask what the step asks, of this person, about this matter."""
        super().__init__(*args, **kwargs)
        self.step, self.matter, self.person = step, matter, person
        self.fields["version"].initial = matter.version
        for field in step.fields:
            if field.ask in _COMPOSED:
                self.fields.update(_COMPOSED[field.ask](field, matter))
            else:
                self.fields[field.name] = _MADE[field.ask](field, matter, person)

    def clean(self) -> dict[str, Any]:
        """Put the answers that came in several controls together again."""
        cleaned = super().clean() or self.cleaned_data
        for field in self.step.fields:
            if field.ask in _COLLECTED:
                cleaned[field.name] = _COLLECTED[field.ask](field, self.matter, cleaned)
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """The cleaned answers, by the names of the table."""
        return {field.name: self.cleaned_data[field.name] for field in self.step.fields}

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside the field it blames, else on top."""
        named = [name for name in self.fields if self._stands_for(name, refusal.field)]
        self.add_error(named[0] if named else None, refusal.message)

    def _stands_for(self, name: str, blamed: str | None) -> bool:
        return bool(blamed) and (name == blamed or name.startswith(f"{blamed}-"))


def _common(field: Field) -> dict[str, Any]:
    return {
        "label": field.label,
        "required": field.required,
        "help_text": field.help,
        "error_messages": {"required": _("这一项要填写或者选择。")},
    }


def _text(field: Field, _matter: "Matter", _person: "Standing") -> forms.Field:
    return Words(**_common(field))


def _line(field: Field, _matter: "Matter", _person: "Standing") -> forms.Field:
    return forms.CharField(max_length=200, **_common(field))


def _day(field: Field, _matter: "Matter", _person: "Standing") -> forms.Field:
    return forms.DateField(widget=DayInput, **_common(field))


def _yes(field: Field, _matter: "Matter", _person: "Standing") -> forms.Field:
    return forms.BooleanField(label=field.label, required=False, help_text=field.help)


def _choice(field: Field, matter: "Matter", _person: "Standing") -> forms.Field:
    if field.choices is None:
        raise TypeError(f"{field.name} offers no choices")
    return forms.ChoiceField(
        choices=[*NO_CHOICE, *field.choices.choices],
        initial=getattr(matter, field.name, ""),
        **_common(field),
    )


def _category(field: Field, matter: "Matter", _person: "Standing") -> forms.Field:
    things = categories_for(matter.mine_id)
    initial = matter.category.code if matter.category else ""
    return Picked(things, initial=initial, **_common(field))


def _unit(field: Field, matter: "Matter", _person: "Standing") -> forms.Field:
    names = unit_names(matter.mine_id)
    return Picked(units_offered(matter, field.name), names, **_common(field))


def _units(field: Field, matter: "Matter", _person: "Standing") -> forms.Field:
    names = unit_names(matter.mine_id)
    return PickedMany(units_offered(matter, field.name), names, **_common(field))


def _one_person(field: Field, matter: "Matter", _person: "Standing") -> forms.Field:
    return Picked(people_offered(matter, field.among), **_common(field))


def _people(field: Field, matter: "Matter", _person: "Standing") -> forms.Field:
    common = _common(field)
    common["help_text"] = _("写姓名或者登录名，多人用顿号隔开")
    return Called(matter.mine_id, **common)


def _other_matter(field: Field, _matter: "Matter", person: "Standing") -> forms.Field:
    return Numbered(person, **_common(field))


def _part(field: Field, matter: "Matter", person: "Standing") -> forms.Field:
    return Picked(open_parts_of(matter, person), **_common(field))


def _files(field: Field, _matter: "Matter", _person: "Standing") -> forms.Field:
    return CleanFilesField(**_common(field))


_MADE: dict[Ask, Callable[[Field, "Matter", "Standing"], forms.Field]] = {
    Ask.TEXT: _text,
    Ask.LINE: _line,
    Ask.DAY: _day,
    Ask.YES: _yes,
    Ask.CHOICE: _choice,
    Ask.CATEGORY: _category,
    Ask.UNIT: _unit,
    Ask.UNITS: _units,
    Ask.PERSON: _one_person,
    Ask.PEOPLE: _people,
    Ask.MATTER: _other_matter,
    Ask.PART: _part,
    Ask.FILES: _files,
}


def _answer_fields(field: Field, matter: "Matter") -> dict[str, forms.Field]:
    allowed = outcomes_for(
        petition_class=matter.petition_class, request_type=matter.request_type
    )
    # Before triage the type is asked for in the same form, so all outcomes are offered.
    open_type = not matter.request_type
    outcomes = [one for one in Outcome if open_type or one in allowed]
    fields: dict[str, forms.Field] = {}
    for claim in matter.claims.all():
        name, about = f"{field.name}-{claim.place}", _about(claim.place, matter)
        fields |= {
            f"{name}-facts": Words(label=_("事实和答复") + about),
            f"{name}-outcome": forms.ChoiceField(
                label=_("处理结果") + about,
                choices=[*NO_CHOICE, *((one.value, one.label) for one in outcomes)],
            ),
            f"{name}-basis": Words(label=_("依据") + about, required=False, rows=2),
            f"{name}-solved": forms.BooleanField(
                label=_("问题已经解决") + about, required=False
            ),
        }
    return fields


def _rating_fields(field: Field, matter: "Matter") -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for claim in matter.claims.all():
        name, about = f"{field.name}-{claim.place}", _about(claim.place, matter)
        fields |= {
            f"{name}-solved": forms.ChoiceField(
                label=_("问题解决了吗") + about,
                choices=[("yes", _("解决了")), ("no", _("没有解决"))],
                widget=Grades,
            ),
            f"{name}-grade": forms.ChoiceField(
                label=_("您满意吗") + about, choices=Grade.choices, widget=Grades
            ),
            f"{name}-comment": Words(
                label=_("想说的话") + about, required=False, rows=2, most=1000
            ),
        }
    return fields


def _claim_fields(field: Field, matter: "Matter") -> dict[str, forms.Field]:
    now = "\n".join(claim.text for claim in matter.claims.all())
    return {
        field.name: Words(
            label=field.label,
            required=False,
            initial=now,
            rows=4,
            help_text=_("一行一个诉求点，每一个都要单独答复"),
        )
    }


def _about(place: int, matter: "Matter") -> str:
    several = len(matter.claims.all()) > 1
    return _("（诉求%(place)d）") % {"place": place} if several else ""


_COMPOSED: dict[Ask, Callable[[Field, "Matter"], dict[str, forms.Field]]] = {
    Ask.ANSWERS: _answer_fields,
    Ask.RATINGS: _rating_fields,
    Ask.CLAIMS: _claim_fields,
}


def _answers(field: Field, matter: "Matter", cleaned: dict[str, Any]) -> Any:
    return [
        ClaimAnswer(
            claim=claim.pk,
            facts=cleaned.get(f"{field.name}-{claim.place}-facts", ""),
            outcome=cleaned.get(f"{field.name}-{claim.place}-outcome", ""),
            basis=cleaned.get(f"{field.name}-{claim.place}-basis", ""),
            solved=bool(cleaned.get(f"{field.name}-{claim.place}-solved")),
        )
        for claim in matter.claims.all()
    ]


def _ratings(field: Field, matter: "Matter", cleaned: dict[str, Any]) -> Any:
    return [
        ClaimRating(
            claim=claim.pk,
            grade=cleaned.get(f"{field.name}-{claim.place}-grade", ""),
            solved=cleaned.get(f"{field.name}-{claim.place}-solved") == "yes",
            comment=cleaned.get(f"{field.name}-{claim.place}-comment", ""),
        )
        for claim in matter.claims.all()
    ]


def _claims(field: Field, _matter: "Matter", cleaned: dict[str, Any]) -> Any:
    lines = (cleaned.get(field.name) or "").splitlines()
    claims = [line.strip() for line in lines if line.strip()]
    if len(claims) > MOST_CLAIMS:
        raise forms.ValidationError(_("诉求点最多%(most)d个。") % {"most": MOST_CLAIMS})
    return claims


_COLLECTED: dict[Ask, Callable[[Field, "Matter", dict[str, Any]], Any]] = {
    Ask.ANSWERS: _answers,
    Ask.RATINGS: _ratings,
    Ask.CLAIMS: _claims,
}
