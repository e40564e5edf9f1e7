"""Putting an emergency notice on a live page, taking it down, and closing a case."""

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock, notices, verbs
from publishing.admin.actions.page import ActionForm, ActionPage, NoteField
from publishing.models import Edition, Entry
from publishing.usage import listing, pages_embedding


class NoteForm(ActionForm):
    note = NoteField(
        gettext_lazy("Note for staff"),
        help_text=gettext_lazy("It is mailed to everyone concerned. Readers don't see it."),
    )


class NoticeForm(NoteForm):
    wording = forms.ChoiceField(
        choices=notices.Wordings.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("What readers are told, in fixed words"),
    )
    field_order = ["wording", "note"]


class PutNotice(ActionPage):
    """One person alone may: it must be fast."""

    title = gettext_lazy("Emergency notice")
    button = gettext_lazy("Show it now")
    not_done = gettext_lazy("Not shown.")
    allowed = "withdraw"
    template = "publishing/admin/notice.html"
    dangerous = True
    form_class = NoticeForm

    def idle(self, entry):
        if Edition.objects.live(clock.now()).filter(entry=entry.pk).exists():
            return ""
        return _("Nothing is live, so there is no page to put a notice on.")

    def act(self, request, entry: Entry, form) -> str:
        verbs.put_notice(entry, by=request.user, **form.cleaned_data)
        return _("The notice stands on the page. Everyone concerned is told.")

    def context(self, request, entry):
        at = clock.now()
        live = Edition.objects.live(at).filter(entry=entry.pk).first()
        stands = notices.standing_on(entry, at)
        return {"live": live, "stands": stands, **listing(pages_embedding(entry, at), at)}


class LiftNotice(ActionPage):
    title = gettext_lazy("Take the notice down")
    button = gettext_lazy("Take it down")
    not_done = gettext_lazy("Nothing was taken down.")
    allowed = "withdraw"
    template = "publishing/admin/notice.html"
    form_class = NoteForm

    def act(self, request, entry: Entry, form) -> str:
        verbs.lift_notice(entry, by=request.user, note=form.cleaned_data["note"])
        return _("The notice is down.")

    def context(self, request, entry):
        stands = notices.standing_on(entry, clock.now())
        if stands is None and request.method != "POST":
            raise Http404
        return {"stands": stands, "lifting": True}
