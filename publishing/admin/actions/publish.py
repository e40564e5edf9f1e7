"""Publishing now, or at a time: the page says first what will be public then."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import assessment, clock, verbs, withdrawals, zone
from publishing.admin.actions.page import ActionForm, ActionPage
from publishing.admin.where_shown import where_shown
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.problems import Gate
from publishing.models import Edition, Revision, SignOff

# The ends of the calendar have no room for time zones; nobody plans that far.
FAR = 2200
NOW, LATER = "now", "later"


class PublishForm(ActionForm):
    """When, and what goes along. Without a button's name the time alone decides."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    at = forms.DateTimeField(
        required=False,
        label=gettext_lazy("At a time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    def __init__(self, data, *, along, scheduled) -> None:
        super().__init__(data)
        self.fields["at"].help_text = _(
            "For “Schedule”; leave it empty to publish now. Time zone: %(zone)s."
        ) % {"zone": timezone.get_current_timezone_name()}
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
                % {"when": zone.moment_ahead(scheduled[0].live_from)},
            )

    def clean_at(self):
        """Refuse a time that nobody can mean, or that does not go with the button pressed."""
        at, pressed = self.cleaned_data["at"], self.data.get("when")
        if at is not None and at.year >= FAR:
            raise forms.ValidationError(
                _("Choose a time before the year %(year)s.") % {"year": FAR}
            )
        if pressed == LATER and at is None:
            raise forms.ValidationError(
                _("Not scheduled: no time is given. Choose one, or press “Publish now”.")
            )
        if pressed == NOW and at is not None:
            raise forms.ValidationError(
                _("Not published: a time is given. Press “Schedule”, or clear the time first.")
            )
        return at


class Publish(ActionPage):
    title = gettext_lazy("Publish")
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
                "when": zone.moment_ahead(at),
                "path": path,
            }
        return _("Published at %(path)s.") % {"path": path}

    def context(self, request, entry):
        at = clock.now()
        context = assessment.context_for(entry.head, at)
        # What stands ticked in the form stands in nobody's way.
        along = assessment.context_for(entry.head, at, along=_signed_along(context))
        problems = engine.stopping(engine.run(along), Gate.PUBLISH)
        return {"stopping": problems, **_what_will_be_public(along), **where_shown(context)}


def _what_will_be_public(context: Context) -> dict[str, Any]:
    """Return what the page says of the version, and of what readers see until then."""
    last, sign_off = context.last_edition, context.sign_off
    withdrawal = withdrawals.withdrawal_of(last, context.now) if last else None
    return {
        "document": context.document,
        "revision": context.revision,
        "path": context.kind.path_of(context.document),
        "live": last if last and last.live_at(context.now) else None,
        "sign_off": sign_off if sign_off and sign_off.decision == "approved" else None,
        "withdrawal": withdrawal,
        "withdrawn_for": withdrawals.reason(withdrawal) if withdrawal else "",
        "changes_text": last is not None and last.revision.digest != context.revision.digest,
    }


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
