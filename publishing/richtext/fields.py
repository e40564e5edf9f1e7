"""A model field, a form field and a widget for rich text."""

from typing import Any

from ckeditor.widgets import CKEditorWidget
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

from publishing.richtext.cleaning import clean
from publishing.richtext.editor import editor_config, plugin_resources


class RichTextWidget(CKEditorWidget):
    """CKEditor with the house's configuration, whatever `CKEDITOR_CONFIGS` says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.config = editor_config()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        # Asked for as it is drawn: a storage with hashes knows no address any sooner.
        self.external_plugin_resources = plugin_resources()
        return super().get_context(name, value, attrs)

    def _set_config(self) -> None:
        # The parent asks for the language in a way that fails under `translation.override(None)`.
        if get_language():
            super()._set_config()
        else:
            self.config["language"] = "en"


class RichTextFormField(forms.CharField):
    """Cleans what comes in; a text that only the editor laid out anew has not changed."""

    widget = RichTextWidget

    def __init__(self, *, widget: Any = None, **kwargs: Any) -> None:
        # The admin names its own text area for every TextField: that one is not meant here.
        kind = widget if isinstance(widget, type) else type(widget)
        if not issubclass(kind, (RichTextWidget, forms.HiddenInput)):
            widget = RichTextWidget
        super().__init__(widget=widget, **kwargs)
        if self.label and isinstance(self.widget, RichTextWidget):
            self.widget.config["title"] = self.label

    def to_python(self, value: Any) -> str:
        try:
            return clean(super().to_python(value) or "")
        except ValueError as error:
            raise ValidationError(str(error), code="characters") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return clean(initial or "") != clean(data or "")
        except ValueError:
            return True


class RichTextField(models.TextField):
    """A text column that holds nothing but what `clean` returned, however it was written.

    Saving, `bulk_create` and `update` all clean. The instance holds the cleaned text afterwards.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        # Migrations name the package, so that its modules can change.
        return name, "publishing.richtext.RichTextField", args, kwargs

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        # Not in to_python: look-ups go through that one, and a searched word is no rich text.
        if isinstance(value, str):
            try:
                value = clean(value)
            except ValueError as error:
                raise ValidationError(str(error), code="characters") from error
        return super().clean(value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})
