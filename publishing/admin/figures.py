"""The pictures of a text, as rows of its form."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.admin.inlines import RowInline, SwappableFormSet
from publishing.admin.pictures import thumbnail
from publishing.models import Figure
from publishing.slugs import slug_from


class FigureForm(forms.ModelForm):
    """A picture in a text; without a name it is called after the picture."""

    key = forms.SlugField(
        required=False,
        max_length=60,
        label=gettext_lazy("Name in the text"),
        help_text=gettext_lazy(
            "A line [[picture:name]] in the text places it. Left empty, it is made from the title."
        ),
    )

    class Meta:
        model = Figure
        fields = (
            "picture",
            "key",
            "alt",
            "decorative",
            "caption",
            "leads",
            "focal_x",
            "focal_y",
            "position",
        )

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("key") and "key" not in self.errors and cleaned.get("picture"):
            cleaned["key"] = slug_from(cleaned["picture"].title)[:60].strip("-") or "picture"
        return cleaned


class FigureFormSet(SwappableFormSet):
    """Rows whose names are unique; two that lead are told apart before the database does."""

    unique_field = "key"

    def clean(self) -> None:
        super().clean()
        leading = [
            form
            for form in self.forms
            if form not in self.deleted_forms and getattr(form, "cleaned_data", {}).get("leads")
        ]
        for form in leading[1:]:
            form.add_error(
                "leads", _("Another picture leads the page already. Untick one of them.")
            )

    def save_existing_objects(self, commit: bool = True):
        if commit:
            # The row that leads from now on may be written before the one that led.
            led = [f.instance.pk for f in self.initial_forms if "leads" in f.changed_data]
            self.model._base_manager.filter(pk__in=[pk for pk in led if pk]).update(leads=False)
        return super().save_existing_objects(commit)

    def get_unique_error_message(self, unique_check) -> str:
        return _("Two pictures have the same name in the text. Give one of them another name.")


class FigureInline(RowInline):
    model = Figure
    form = FigureForm
    formset = FigureFormSet
    fields = (
        ("picture", "key", "position"),
        "alt",
        "decorative",
        "caption",
        "leads",
        ("focal_x", "focal_y"),
        "shown",
    )
    readonly_fields = ("shown",)
    autocomplete_fields = ("picture",)

    class Media:
        js = ("publishing/desk-focal.js",)

    @admin.display(description=gettext_lazy("as it is"))
    def shown(self, figure: Figure) -> str:
        return thumbnail(figure.picture) if figure.pk else _("It is shown here once it is saved.")
