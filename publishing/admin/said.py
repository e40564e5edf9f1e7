"""Words of a register in the site's other languages: a group of fields for each of them."""

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from publishing import languages


class SaidForm(forms.ModelForm):
    """Keeps what is typed in the fields of other languages; an empty one means the default's."""

    spoken: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for code in self.spoken:
            given = self.instance.given(code)
            for name in self.instance.TRANSLATED:
                self.initial[field_name(name, code)] = given.get(name, "")

    def clean(self):
        cleaned = super().clean()
        held = self.instance.said_in if isinstance(self.instance.said_in, dict) else {}
        for code in self.spoken:
            words = {
                name: cleaned.get(field_name(name, code), "") for name in self.instance.TRANSLATED
            }
            held = {**held, code: {name: text for name, text in words.items() if text}}
        self.instance.said_in = {code: words for code, words in held.items() if words}
        return cleaned


class SaidInLanguagesAdmin:
    """Mixin of a register's admin; goes before ModelAdmin."""

    form = SaidForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        spoken = languages.every()[1:]
        fields = {
            field_name(name, code): self._field(name, code)
            for code in spoken
            for name in self.model.TRANSLATED
        }
        kwargs["form"] = type("SaidForm", (self.form,), {"spoken": spoken, **fields})
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        made = {
            field_name(name, code)
            for code in languages.every()[1:]
            for name in self.model.TRANSLATED
        }
        own = [
            (label, {**options, "fields": [f for f in options["fields"] if f not in made]})
            for label, options in super().get_fieldsets(request, obj)
        ]
        return own + [
            (
                _("In %(language)s") % {"language": languages.translated_name(code)},
                {"fields": [field_name(name, code) for name in self.model.TRANSLATED]},
            )
            for code in languages.every()[1:]
        ]

    def _field(self, name: str, code: str) -> forms.Field:
        column = self.model._meta.get_field(name)
        return forms.CharField(
            label=column.verbose_name[:1].upper() + column.verbose_name[1:],
            max_length=column.max_length,
            required=False,
            help_text=column.help_text,
            # Not by its length: a text of several lines may have one, too.
            widget=forms.Textarea(attrs={"lang": code, "rows": 3, "class": "vLargeTextField"})
            if isinstance(column, models.TextField)
            else forms.TextInput(attrs={"lang": code, "class": "vTextField"}),
        )


def field_name(name: str, code: str) -> str:
    """Return what the field of a column is called in a language: “tagline_es”."""
    return f"{name}_{code.replace('-', '_')}"
