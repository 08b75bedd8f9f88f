"""Render every form with the house's own markup."""

from typing import TYPE_CHECKING

from django.forms.renderers import DjangoTemplates


if TYPE_CHECKING:
    from django.template.backends.base import _EngineTemplate

# Django looks at its own widget templates first, so these are named one by one.
OURS = {
    "django/forms/widgets/radio.html": "parts/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "parts/widgets/choices.html",
}


class FormRenderer(DjangoTemplates):
    """Use ``parts/form.html`` for ``{{ form }}`` and ``parts/field.html`` for a field group."""

    form_template_name = "parts/form.html"
    field_template_name = "parts/field.html"

    def get_template(self, template_name: str) -> "_EngineTemplate":
        """Prefer the house's template of a widget."""
        found: _EngineTemplate = super().get_template(
            OURS.get(template_name, template_name)
        )
        return found
