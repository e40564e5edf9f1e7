"""Translating an entry, and saying that a translation says what its original says now."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock, languages, translations, verbs
from publishing.admin.actions.page import ActionForm, ActionPage
from publishing.comparison import changed_fields
from publishing.documents import load_payload
from publishing.models import Entry, Revision


class TranslateForm(ActionForm):
    """Into which language, and under which title."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    title = forms.CharField(
        label=gettext_lazy("Title in that language"),
        help_text=gettext_lazy("The address is made from it. You can change both later."),
    )


class Translate(ActionPage):
    """Makes the draft of a translation, and leads to it."""

    title = gettext_lazy("Translate")
    button = gettext_lazy("Make the draft")
    not_done = gettext_lazy("Not translated.")
    form_class = TranslateForm
    template = "publishing/admin/translate.html"

    def idle(self, entry: Entry) -> str:
        if entry.translated_from_id:
            return _("This is a translation itself. Translate the text it was made from.")
        return "" if _choices(entry) else _("There is one in every language of the site.")

    def form(self, request, entry, data):
        form = super().form(request, entry, data)
        form.fields["language"].choices = _choices(entry)
        title, longest = form.fields["title"], verbs.longest_title(self.kind)
        title.validators.append(MaxLengthValidator(longest))
        title.widget.attrs["maxlength"] = longest
        return form

    def act(self, request, entry, form) -> str:
        asked = form.cleaned_data
        entry.made = verbs.translate(entry, asked["language"], asked["title"], by=request.user)
        return _("The draft is made. It says what the original says: write over it.")

    def change_url(self, entry: Entry) -> str:
        return super().change_url(getattr(entry, "made", entry))


def _choices(entry: Entry) -> list[tuple[str, str]]:
    there = set(
        Entry.objects.filter(translated_from__entry=entry.pk).values_list("language", flat=True)
    )
    left = (code for code in languages.every() if code not in {*there, entry.language})
    return [(code, languages.own_name(code)) for code in left]


class UpToDateForm(ActionForm):
    """Which version of the original the person has compared with."""

    number = forms.IntegerField(widget=forms.HiddenInput)


class UpToDate(ActionPage):
    """Shows what changed in the original, and takes the word that the translation says it too."""

    title = gettext_lazy("Bring up to date")
    button = gettext_lazy("The translation says this too")
    not_done = gettext_lazy("Nothing was changed.")
    form_class = UpToDateForm
    template = "publishing/admin/up_to_date.html"

    def idle(self, entry: Entry) -> str:
        if not entry.translated_from_id:
            return _("This text is no translation.")
        if _newest(entry).number <= entry.translated_from.number:
            return _("The original has no newer text.")
        return ""

    def form(self, request, entry, data):
        form = super().form(request, entry, data)
        if entry.translated_from_id:
            form.fields["number"].initial = _newest(entry).number
        return form

    def act(self, request, entry, form) -> str:
        verbs.bring_up_to_date(entry, form.cleaned_data["number"], by=request.user)
        return _("Noted. The translation must be signed again.")

    def context(self, request, entry):
        if not entry.translated_from_id:
            return {}
        before, after = entry.translated_from, _newest(entry)
        known = before.payload.text is not None and after.payload.text is not None
        document = self.kind.document
        return {
            "before": before,
            "after": after,
            "known": known,
            "changes": known
            and changed_fields(
                load_payload(document, before.payload.text)[0],
                load_payload(document, after.payload.text)[0],
            ),
        }


def _newest(entry: Entry) -> Revision:
    return translations.newest_text(entry.translated_from.entry, clock.now())
