"""Sending a text back, and answering a warning with a reason."""

from django import forms
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import reasons, verbs
from publishing.admin.actions.page import ActionForm, ActionPage
from publishing.locks import lock
from publishing.models import Comment, Revision, SignOff


class AskForChangesForm(ActionForm):
    """What should change. Where comments are open, they say it, and a note is a free choice."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("What should change"), widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data, *, revision: int, comments: int) -> None:
        super().__init__(data, initial={"revision": revision})
        if comments:
            self.fields["note"].required = False
            self.fields["note"].help_text = ngettext(
                "%(count)d open comment goes along. You need not say it again.",
                "%(count)d open comments go along. You need not say them again.",
                comments,
            ) % {"count": comments}


class AskForChanges(ActionPage):
    title = gettext_lazy("Ask for changes")
    button = gettext_lazy("Send back")
    not_done = gettext_lazy("Not sent back.")
    allowed = "sign"
    form_class = AskForChangesForm

    def form(self, request, entry, data):
        comments = Comment.objects.filter(entry=entry.pk, resolved_at=None).count()
        return AskForChangesForm(data, revision=entry.head_id, comments=comments)

    @transaction.atomic
    def act(self, request, entry, form) -> str:
        revision = get_object_or_404(Revision, pk=form.cleaned_data["revision"], entry=entry.pk)
        # Both presses of a double click would else find nothing sent yet.
        lock([entry])
        if self._sent_already(request, revision):
            return _("Sent back already. The writers see your note on this page.")
        verbs.sign_off(
            [revision], by=request.user, decision="changes", note=form.cleaned_data["note"].strip()
        )
        return _("Sent back. The writers see your note and the comments on this page.")

    def _sent_already(self, request, revision: Revision) -> bool:
        """Say whether the last decision on this version is this one: a button pressed twice."""
        last = SignOff.objects.filter(revision=revision).order_by("-pk").first()
        changes = SignOff.Decisions.CHANGES
        return last is not None and last.by_id == request.user.pk and last.decision == changes


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
    not_done = gettext_lazy("The reason was not kept.")
    form_class = GiveReasonForm
    template = "publishing/admin/override.html"

    def form(self, request, entry, data):
        return GiveReasonForm(data, initial={"passage": request.GET.get("passage", "")})

    def act(self, request, entry, form) -> str:
        reasons.answer_warning(entry, by=request.user, **form.cleaned_data)
        return _("The reason is kept. Whoever signs will see it.")

    def context(self, request, entry):
        passage = request.POST.get("passage") or request.GET.get("passage", "")
        found = reasons.warning(entry, passage)
        return {"problem": found}
