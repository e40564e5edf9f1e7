"""Sending a text back, and answering a warning with a reason."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import reasons, verbs
from publishing.admin.actions.page import ActionForm, ActionPage
from publishing.models import Revision


class AskForChangesForm(ActionForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("What should change"), widget=forms.Textarea(attrs={"rows": 5})
    )


class AskForChanges(ActionPage):
    title = gettext_lazy("Ask for changes")
    button = gettext_lazy("Send back")
    allowed = "sign"
    form_class = AskForChangesForm

    def form(self, request, entry, data):
        return AskForChangesForm(data, initial={"revision": entry.head_id})

    def act(self, request, entry, form) -> str:
        revision = get_object_or_404(Revision, pk=form.cleaned_data["revision"], entry=entry.pk)
        verbs.sign_off(
            [revision], by=request.user, decision="changes", note=form.cleaned_data["note"]
        )
        return _("Sent back. The writers see your note on this page.")


class GiveReasonForm(ActionForm):
    passage = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why this is right as it is"), widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(
        required=False,
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Leave empty if it holds as long as the passage stays the same."),
    )


class GiveReason(ActionPage):
    title = gettext_lazy("Give a reason")
    button = gettext_lazy("Keep it, for this reason")
    form_class = GiveReasonForm

    def form(self, request, entry, data):
        return GiveReasonForm(data, initial={"passage": request.GET.get("passage", "")})

    def act(self, request, entry, form) -> str:
        reasons.answer_warning(entry, by=request.user, **form.cleaned_data)
        return _("The reason is kept. Whoever signs will see it.")

    def context(self, request, entry):
        passage = request.POST.get("passage") or request.GET.get("passage", "")
        found = reasons.warning(entry, passage)
        return {"problem": found}
