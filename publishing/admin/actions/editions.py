"""Publishing, cancelling a schedule, withdrawing."""

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import assessment, clock, disclaimers, verbs, zone
from publishing.admin.actions.page import ActionForm, ActionPage, NoteField
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.problems import Gate
from publishing.models import Edition, Entry, Revision, SignOff
from publishing.usage import listing, pages_embedding

# The ends of the calendar have no room for time zones; nobody plans that far.
FAR = 2200


class PublishForm(ActionForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        required=False,
        label=gettext_lazy("At a time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, data, *, along, scheduled) -> None:
        super().__init__(data)
        self.fields["at"].help_text = _("Leave empty to publish now. Time zone: %(zone)s.") % {
            "zone": timezone.get_current_timezone_name()
        }
        if along:
            self.fields["along"] = forms.MultipleChoiceField(
                choices=along,
                required=False,
                initial=[value for value, _label in along],
                widget=forms.CheckboxSelectMultiple,
                label=gettext_lazy("Publish these along with it"),
            )
        if scheduled:
            # Left out, the verb says what is scheduled: it may have been since the page was opened.
            self.fields["schedules"] = forms.ChoiceField(
                required=False,
                choices=[("cancel", _("Cancel it")), ("keep", _("Keep it"))],
                widget=forms.RadioSelect,
                label=_("Another version is scheduled for %(when)s")
                % {"when": zone.moment(scheduled[0].live_from)},
            )

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at is not None and at.year >= FAR:
            raise forms.ValidationError(
                _("Choose a time before the year %(year)s.") % {"year": FAR}
            )
        return at


class Publish(ActionPage):
    title = gettext_lazy("Publish")
    button = gettext_lazy("Publish or schedule")
    not_done = gettext_lazy("Not published.")
    allowed = "publish"
    template = "publishing/admin/publish.html"

    def form(self, request, entry, data):
        at = clock.now()
        context = assessment.context_for(entry.head, at)
        along = [
            (embed.entry.head_id, embed.document_title)
            for embed in context.embeds.values()
            if embed.entry.head_id and embed.differs_from_live
        ]
        offered = [entry.pk, *(e.entry.pk for e in context.embeds.values() if e.differs_from_live)]
        scheduled = Edition.objects.filter(entry__in=offered).scheduled(at).order_by("live_from")
        form = PublishForm(
            data,
            along=along,
            scheduled=list(scheduled),
        )
        form.fields["revision"].initial = entry.head_id
        return form

    def act(self, request, entry, form) -> str:
        own = get_object_or_404(Revision, pk=form.cleaned_data["revision"], entry=entry.pk)
        along = Revision.objects.filter(pk__in=form.cleaned_data.get("along", []))
        revisions = [own, *along.select_related("entry")]
        at = form.cleaned_data["at"]
        editions = verbs.publish(
            revisions, by=request.user, at=at, schedules=form.cleaned_data.get("schedules")
        )
        path = editions[0].path
        if at:
            return _("Scheduled for %(when)s at %(path)s.") % {
                "when": zone.moment(at),
                "path": path,
            }
        return _("Published at %(path)s.") % {"path": path}

    def context(self, request, entry):
        at = clock.now()
        context = assessment.context_for(entry.head, at)
        shown = {}
        if isinstance(context.document, disclaimers.DisclaimerDocument):
            shown = {"where_shown": disclaimers.pages_showing(context.document, entry, at).count()}
        # What stands ticked in the form stands in nobody's way.
        along = assessment.context_for(entry.head, at, along=_signed_along(context))
        problems = engine.stopping(engine.run(along), Gate.PUBLISH)
        return {"stopping": problems, **shown}


def _signed_along(context: Context) -> list[Revision]:
    """Return the newest texts of embeds that are signed: the form offers them, already ticked."""
    heads = {}
    for embed in context.embeds.values():
        if embed.entry.head_id and embed.differs_from_live:
            embed.entry.head.entry = embed.entry
            heads[embed.entry.head_id] = embed.entry.head
    rows = SignOff.objects.filter(revision__in=heads).order_by("pk")
    last = dict(rows.values_list("revision", "decision"))
    approved = SignOff.Decisions.APPROVED
    return [head for pk, head in heads.items() if last.get(pk) == approved]


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
    instead = forms.ModelChoiceField(
        queryset=Edition.objects.none(),
        required=False,
        label=gettext_lazy("Read instead"),
    )
    note = NoteField(
        gettext_lazy("Note for the record"), help_text=gettext_lazy("Readers don't see it.")
    )


class Withdraw(ActionPage):
    title = gettext_lazy("Withdraw")
    button = gettext_lazy("Withdraw now")
    not_done = gettext_lazy("Not withdrawn.")
    allowed = "withdraw"
    template = "publishing/admin/withdraw.html"
    dangerous = True

    def form(self, request, entry, data):
        form = WithdrawForm(data)
        live = Edition.objects.live(clock.now()).filter(entry__kind=self.kind.name)
        field = form.fields["instead"]
        field.queryset = live.exclude(entry=entry.pk).order_by("title").select_related("entry")
        field.label_from_instance = lambda edition: edition.title
        return form

    def act(self, request, entry: Entry, form) -> str:
        instead = form.cleaned_data["instead"]
        verbs.withdraw(
            entry,
            by=request.user,
            reason=form.cleaned_data["reason"],
            instead=instead.entry.uid if instead else None,
            note=form.cleaned_data["note"],
        )
        return _("Withdrawn. Readers see why, and no text.")

    def context(self, request, entry):
        at = clock.now()
        if self.kind.name == "disclaimer":
            return {"bare": disclaimers.pages_left_without(entry, at)}
        return listing(pages_embedding(entry, at), at)
