"""The form of every entry: it knows which revision it was opened on."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock, languages, zone
from publishing.admin.inlines import KnownSelect, KnownSelectMultiple
from publishing.admin.kept_rows import OVER
from publishing.models import Edition, Entry
from publishing.verbs.revisions import collision_message


class EntryForm(forms.ModelForm):
    """Refuses to save over a newer revision, keeping what was typed.

    ``base`` carries the number of the revision that was opened. ``collision`` is the newer head
    after such a refusal, for the page to show both texts. ``clashed`` says that the database
    refused what the form had found right.
    """

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    written_in = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy("It can't be changed once the text is saved."),
    )
    collision = None
    clashed = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = self.instance.kind or type(self.instance).kind_name
        if self.instance.pk:
            del self.fields["written_in"]
            head = self.instance.head
            self.fields["base"].initial = head.number if head else 0
            self._know_choices()
        else:
            self._ask_for_language()

    def _ask_for_language(self) -> None:
        """Offer the site's languages; the first where none is chosen."""
        codes = languages.every()
        asked = self.fields["written_in"]
        asked.choices = [(code, languages.own_name(code)) for code in codes]
        asked.initial = self.instance.language = codes[0]
        # Before the address, which is taken or free in a language.
        self.order_fields(["written_in"])

    def clean_written_in(self) -> str:
        self.instance.language = self.cleaned_data["written_in"] or languages.default()
        return self.instance.language

    def _know_choices(self) -> None:
        """Give the search boxes what was read along with the entry."""
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownSelect):
                widget.chosen = getattr(self.instance, name)
            if isinstance(widget, KnownSelectMultiple):
                widget.chosen = self.initial.get(name)

    def _get_validation_exclusions(self) -> set[str]:
        # `kind` is on no form; left out of validation, a taken address would be a server error.
        return super()._get_validation_exclusions() - {"kind", "language", "for_language"}

    def clean_slug(self):
        """Refuse an address that another entry of the kind has, and say which."""
        slug, own = self.cleaned_data["slug"], self.instance
        same = type(own).objects.filter(kind=own.kind, language=own.language, slug=slug)
        other = same.exclude(pk=own.pk).first()
        if other is None:
            return slug
        live = Edition.objects.live(clock.now()).filter(entry=other.pk).first()
        if live is None:
            said = _("This address belongs to “%(title)s”. Choose another.")
            raise ValidationError(said % {"title": other}, code="taken")
        raise ValidationError(
            _("This address belongs to “%(title)s”, live since %(day)s. Choose another.")
            % {"title": live.title, "day": zone.day(live.live_from)},
            code="taken",
        )

    def clean(self):
        cleaned = super().clean()
        if self.clashed:
            raise ValidationError(
                _(
                    "Not saved. Two rows hold the same value, or somebody took this address a "
                    "moment ago. Look at the address and the rows, then save again."
                ),
                code="clash",
            )
        base = cleaned.get("base")
        if self.instance.pk and base is None:
            raise ValidationError(
                _("Not saved. The form came without the version that it was opened on. Reload it."),
                code="collision",
            )
        if self.instance.pk:
            head = Entry.objects.select_related("head__by").get(pk=self.instance.pk).head
            number = head.number if head else 0
            if number != base and self.data.get(OVER) != str(number):
                self.collision = head
                raise ValidationError(collision_message(head), code="collision")
        return cleaned
