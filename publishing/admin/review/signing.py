"""The form that signs a page with what is shown in it."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from publishing.admin.actions.page import ActionForm, InterestsField, PasswordField


class AlongField(forms.MultipleChoiceField):
    """The embeds signed along. One that is offered no more is refused later, in words."""

    def valid_value(self, value: str) -> bool:
        return str(value).isdecimal() and len(str(value)) <= 18


class SeenField(forms.JSONField):
    """The digests that the page showed. What no page of ours sends is as if nothing was."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValidationError, ValueError, RecursionError):
            # No JSON, numbers of thousands of digits, lists a thousand deep.
            return None


class SeenForm(ActionForm):
    """A form that carries the digests of what its page showed, and brings them back."""

    seen = SeenField(required=False, widget=forms.HiddenInput)

    def digests(self) -> dict:
        """Return the digests that were shown, as the form brought them back."""
        seen = self.cleaned_data["seen"]
        return seen if isinstance(seen, dict) else {}

    def now_shows(self, digests: dict) -> None:
        """Carry the digests of what the page shows this time."""
        self.fields["seen"].initial = digests
        if self.is_bound:
            self.data = self.data.copy()
            self.data["seen"] = json.dumps(digests)


class SignForm(SeenForm):
    """Statement, attestations (unticked), interests, password.

    ``revision``, ``read`` and ``seen`` are what was read: the page's version, the newest versions
    of its embeds that were shown in it, and the digests of all that it showed. ``edition`` is
    what was live when a renewal was opened.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    interests = InterestsField(gettext_lazy("My interests on this topic"))
    password = PasswordField()

    def __init__(self, data, *, statements, along) -> None:
        super().__init__(data)
        self.offered = [str(value) for value, _label in along]
        if along:
            self.fields["along"] = AlongField(
                choices=along,
                required=False,
                initial=self.offered,
                widget=forms.CheckboxSelectMultiple,
                label=gettext_lazy("Sign these along with it"),
            )
        for attestation in statements:
            self.fields[f"tick_{attestation.id}"] = forms.BooleanField(
                required=False, label=attestation.statement
            )
        self.fields["read"].initial = ",".join(self.offered)
        self.order_fields(["revision", "read", "along", *[f"tick_{a.id}" for a in statements]])

    def ticked(self) -> list[str]:
        """Return the ids of the statements that were ticked."""
        return [
            name.removeprefix("tick_")
            for name, value in self.cleaned_data.items()
            if name.startswith("tick_") and value
        ]

    def shown(self) -> set[int]:
        """Return the revisions signed along that the page shows."""
        typed = self["read"].value() or ""
        return {int(pk) for pk in str(typed).split(",") if pk.isdecimal() and len(pk) <= 18}

    def listed(self) -> list[str]:
        """Return the page's revision and those to be signed along, as the form stands."""
        along = self["along"].value() if "along" in self.fields else []
        return [str(self["revision"].value()), *map(str, along or [])]

    def show_anew(self, revision: int, along: list[str]) -> None:
        """Show these texts instead. What was typed is kept; statements are ticked again."""
        self.data = self.data.copy()
        for name in [name for name in self.data if name.startswith("tick_")]:
            del self.data[name]
        self.data["revision"] = revision
        self.data["read"] = ",".join(along)
        self.data.setlist("along", along)
