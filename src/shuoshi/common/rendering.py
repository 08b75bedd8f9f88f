"""Render every form with the house's own markup."""

from typing import TYPE_CHECKING, Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.template.backends.base import _EngineTemplate

# Django looks at its own widget templates first, so these are named one by one.
OURS = {
    "django/forms/widgets/radio.html": "parts/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "parts/widgets/choices.html",
}


class SelectTemplate:
    """
    Draws a select as Django's own template does, in Python.

    A filter bar has a hundred options; as a template each, they took longer than the rest
    of the page.
    """

    def render(
        self, context: "Mapping[str, Any] | None" = None, request: object = None
    ) -> SafeString:
        """Return the markup of the widget."""
        widget = (context or {})["widget"]
        inside = "".join(_groups(widget["optgroups"]))
        head = f'name="{conditional_escape(widget["name"])}"{_attrs(widget["attrs"])}'
        return mark_safe(f"<select {head}>{inside}</select>")


def _groups(groups: Any) -> "Iterator[str]":
    for name, options, _index in groups:
        if name:
            yield f'<optgroup label="{conditional_escape(name)}">'
        for option in options:
            value = conditional_escape(str(option["value"]))
            label = conditional_escape(option["label"])
            yield f'<option value="{value}"{_attrs(option["attrs"])}>{label}</option>'
        if name:
            yield "</optgroup>"


def _attrs(attrs: "Mapping[str, Any]") -> str:
    return "".join(
        f" {conditional_escape(name)}"
        if value is True
        else f' {conditional_escape(name)}="{conditional_escape(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )


class FormRenderer(DjangoTemplates):
    """Use ``parts/form.html`` for ``{{ form }}`` and ``parts/field.html`` for a field group."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    def get_template(self, template_name: str) -> "_EngineTemplate":
        """Prefer the house's template of a widget."""
        if template_name == "django/forms/widgets/select.html":
            return SelectTemplate()
        found: _EngineTemplate = super().get_template(
            OURS.get(template_name, template_name)
        )
        return found
