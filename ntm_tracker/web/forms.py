"""How forms look: Bootstrap's classes on each widget, without a word of it in the forms."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

LISTS_OF_CHECKS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def widget_class(widget: forms.Widget) -> str:
    """The Bootstrap class of a widget; nothing for one that is hidden or a list of checks."""
    if widget.is_hidden or isinstance(widget, LISTS_OF_CHECKS):
        return ""
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


class StyledField(BoundField):
    """A field of a form that knows how its widget and its surroundings look."""

    def build_widget_attrs(self, attrs, widget=None):
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        classes = [widget.attrs.get("class"), widget_class(widget)]
        if self.errors and not widget.is_hidden:
            classes.append("is-invalid")
        if text := " ".join(filter(None, classes)):
            attrs["class"] = text
        return attrs

    @property
    def is_check(self):
        return isinstance(self.field.widget, forms.CheckboxInput)


class FormRenderer(TemplatesSetting):
    """Forms are drawn with the templates in `templates/django/forms/`."""

    bound_field_class = StyledField
