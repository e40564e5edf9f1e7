"""Model fields of the library: identifiers in their one normal form, and lists of names."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from references import csl
from references.identifiers import IdentifierError


class IdentifierField(models.CharField):
    """An identifier kept in its normal form; any usual spelling of it is accepted."""

    def __init__(
        self,
        verbose_name: str | None = None,
        normalise: Callable[[str], str] | None = None,
        **kwargs,
    ) -> None:
        # Without one (as migrations rebuild the field) it is a plain CharField.
        self.normalise = normalise or (lambda text: text)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self):
        # Migrations need the column alone: a plain CharField.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        try:
            return self.normalise(super().to_python(value) or "")
        except IdentifierError as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value):
        return super().get_prep_value(self.normalise(value or ""))


class NameListFormField(forms.CharField):
    """Names typed as “Garrison SR; Korownyk CS”, one list of CSL names as its value."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.help_text = self.help_text or _(
            "Semicolons between them: “Garrison SR; Korownyk, Christina”. An organisation stands "
            "in braces: “{World Health Organization}”."
        )

    def prepare_value(self, value):
        return value if isinstance(value, str) else csl.names_to_text(value or [])

    def to_python(self, value):
        return csl.names_from_text(super().to_python(value))

    def has_changed(self, initial, data) -> bool:
        return self.to_python(data or "") != (initial or [])


class NameListField(models.JSONField):
    """A list of CSL names: ``[{"family", "given"}]`` or ``[{"literal"}]``."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        return models.Field.formfield(
            self, **{"form_class": NameListFormField, "choices_form_class": None, **kwargs}
        )
