"""Cancelling a schedule, withdrawing."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock, disclaimers, verbs, zone
from publishing.admin.actions.page import ActionForm, ActionPage, NoteField
from publishing.models import Edition, Entry
from publishing.usage import listing, pages_embedding


class CancelForm(ActionForm):
    edition = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        label=gettext_lazy("Scheduled"),
        error_messages={
            "required": gettext_lazy("Not cancelled. Choose the schedule to cancel."),
            "invalid_choice": gettext_lazy(
                "Not cancelled. This edition has begun or was cancelled already."
            ),
        },
    )
    reason = forms.CharField(required=False, label=gettext_lazy("Why"))


def _scheduled(edition: Edition) -> str:
    return _("“%(title)s” goes live on %(when)s") % {
        "title": edition.title,
        "when": zone.moment(edition.live_from),
    }


class CancelSchedule(ActionPage):
    title = gettext_lazy("Cancel the schedule")
    button = gettext_lazy("Cancel this schedule")
    not_done = gettext_lazy("Not cancelled.")
    allowed = "publish"
    template = "publishing/admin/cancel.html"

    def idle(self, entry):
        if Edition.objects.filter(entry=entry.pk).scheduled(clock.now()).exists():
            return ""
        return _("Nothing is scheduled, so there is nothing to cancel.")

    def form(self, request, entry, data):
        form = CancelForm(data)
        queryset = Edition.objects.filter(entry=entry.pk).scheduled(clock.now())
        form.fields["edition"].queryset = queryset.order_by("live_from")
        form.fields["edition"].label_from_instance = _scheduled
        form.fields["edition"].initial = queryset.order_by("live_from").first()
        return form

    def act(self, request, entry, form) -> str:
        edition = form.cleaned_data["edition"]
        verbs.cancel(edition, by=request.user, reason=form.cleaned_data["reason"])
        return _("Cancelled. What was live stays live.")

    def context(self, request, entry):
        at = clock.now()
        return listing(pages_embedding(entry, at).scheduled(at), at)


class WithdrawForm(ActionForm):
    reason = forms.ChoiceField(
        choices=[
            ("out_of_date", gettext_lazy("Out of date")),
            ("wrong", gettext_lazy("Wrong")),
            ("legal", gettext_lazy("Legal: no text, no public history")),
        ],
        widget=forms.RadioSelect,
        label=gettext_lazy("Reason, shown to readers in fixed words"),
    )
    instead = forms.CharField(
        required=False,
        label=gettext_lazy("Read instead"),
        help_text=gettext_lazy("The address of a live page, as your browser shows it."),
    )
    note = NoteField(
        gettext_lazy("Note for the record"), help_text=gettext_lazy("Readers don't see it.")
    )

    def __init__(self, data, *, entry: Entry) -> None:
        super().__init__(data)
        self.entry = entry

    def clean_instead(self) -> Edition | None:
        """Return the live edition at the address that was typed."""
        typed = self.cleaned_data["instead"]
        if not typed:
            return None
        path = typed.removeprefix(settings.SITE_URL).strip("/")
        live = Edition.objects.live(clock.now()).filter(path=f"/{path}/").exclude(entry=self.entry)
        edition = live.select_related("entry").first()
        if edition is None:
            raise forms.ValidationError(
                _("No other live page has this address. Open the page and copy it from there.")
            )
        return edition


class Withdraw(ActionPage):
    title = gettext_lazy("Withdraw")
    button = gettext_lazy("Withdraw now")
    not_done = gettext_lazy("Not withdrawn.")
    allowed = "withdraw"
    template = "publishing/admin/withdraw.html"
    dangerous = True

    def idle(self, entry):
        if Edition.objects.live(clock.now()).filter(entry=entry.pk).exists():
            return ""
        return _("Readers can't see this page: nothing is live, so there is nothing to withdraw.")

    def form(self, request, entry, data):
        return WithdrawForm(data, entry=entry)

    def act(self, request, entry: Entry, form) -> str:
        instead = form.cleaned_data["instead"]
        verbs.withdraw(
            entry,
            by=request.user,
            reason=form.cleaned_data["reason"],
            instead=instead.entry.uid if instead else None,
            note=form.cleaned_data["note"],
        )
        return _("Withdrawn. In its place readers see why.")

    def context(self, request, entry):
        at = clock.now()
        if self.kind.name == "disclaimer":
            return {"bare": disclaimers.pages_left_without(entry, at)}
        return listing(pages_embedding(entry, at), at)
