"""Asking for review, signing, asking for changes, renewing, and answering a warning."""

from django import forms
from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import assessment, clock, permissions, verbs, zone
from publishing.admin.actions.page import ActionForm, ActionPage, PasswordField, check_password
from publishing.checks import engine
from publishing.checks.evidence import attestations
from publishing.checks.people import DISCLOSURE_LASTS, contributor_of
from publishing.checks.problems import Gate
from publishing.models import Edition, Entry, Revision, SignOff
from publishing.refusals import Refused
from publishing.verbs.statements import printed_signer, statement_of


class RequestReviewForm(ActionForm):
    reviewer = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Ask"),
        empty_label=gettext_lazy("Anyone who may sign"),
    )
    due = forms.DateField(
        required=False,
        label=gettext_lazy("By"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    note = forms.CharField(
        required=False, label=gettext_lazy("Note"), widget=forms.Textarea(attrs={"rows": 3})
    )


class RequestReview(ActionPage):
    title = gettext_lazy("Request review")
    button = gettext_lazy("Request review")
    form_class = RequestReviewForm

    def form(self, request, entry, data):
        form = RequestReviewForm(data)
        people = permissions.allowed_people("sign", self.kind)
        field = form.fields["reviewer"]
        field.queryset = get_user_model().objects.filter(pk__in=[p.pk for p in people])
        field.label_from_instance = permissions.person_name
        return form

    def act(self, request, entry, form) -> str:
        made = verbs.request_review(entry, by=request.user, **form.cleaned_data)
        return _("Sent for review to %(name)s.") % {"name": made.asked}


class SignForm(ActionForm):
    """Statement, attestations (unticked), interests, password.

    ``revision`` and ``read`` are what was read: the page's version, and the newest versions of
    its embeds that were shown in it.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.CharField(required=False, widget=forms.HiddenInput)
    interests = forms.CharField(
        required=False,
        label=gettext_lazy("My interests on this topic"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Write “None.” if you have none."),
    )
    password = PasswordField()

    def __init__(self, data, *, statements, along) -> None:
        super().__init__(data)
        if along:
            self.fields["along"] = forms.MultipleChoiceField(
                choices=along,
                required=False,
                initial=[value for value, _label in along],
                widget=forms.CheckboxSelectMultiple,
                label=gettext_lazy("Sign these along with it"),
            )
        for attestation in statements:
            self.fields[f"tick_{attestation.id}"] = forms.BooleanField(
                required=False, label=attestation.statement
            )
        self.fields["read"].initial = ",".join(str(value) for value, _label in along)
        self.order_fields(["revision", "read", "along", *[f"tick_{a.id}" for a in statements]])

    def ticked(self) -> list[str]:
        """Return the ids of the statements that were ticked."""
        return [
            name.removeprefix("tick_")
            for name, value in self.cleaned_data.items()
            if name.startswith("tick_") and value
        ]


class Sign(ActionPage):
    title = gettext_lazy("Sign")
    button = gettext_lazy("Sign")
    allowed = "sign"
    template = "publishing/admin/sign.html"
    # Whether the embeds that may be signed along are drafts, which the page is shown with.
    shows_newest = True

    def revision(self, entry: Entry) -> Revision:
        """Return the revision that is signed here."""
        return entry.head

    def form(self, request, entry, data):
        context = self._context(request, entry)
        form = SignForm(data, statements=self._statements(context), along=self._along(context))
        form.fields["revision"].initial = self.revision(entry).pk
        person = contributor_of(request.user)
        newest = person.disclosure_on(zone.date_of(context.now)) if person else None
        current = newest and zone.date_of(context.now) - newest.declared_on <= DISCLOSURE_LASTS
        form.fields["interests"].initial = newest.text if current else ""
        form.current_interests = newest.text if current else None
        return form

    def act(self, request, entry, form) -> str:
        check_password(request, form)
        revision = get_object_or_404(Revision, pk=form.cleaned_data["revision"], entry=entry.pk)
        chosen = form.cleaned_data.get("along", [])
        self._require_read(form, chosen)
        along = list(Revision.objects.filter(pk__in=chosen))
        self.sign([revision, *along], request, form)
        return _("Signed: version %(version)s. Ready to publish.") % {
            "version": revision.short_digest
        }

    def _require_read(self, form, chosen: list[str]) -> None:
        """Refuse to sign a page with other embeds than it was shown with; show it with these."""
        read = set(filter(None, form.cleaned_data["read"].split(",")))
        if not self.shows_newest or set(chosen) == read:
            return
        form.data = {**form.data.dict(), "along": chosen, "read": ",".join(chosen)}
        raise Refused(
            _(
                "Not signed. You changed what is signed along, and what is not keeps its live "
                "text. Read the page again as it would be then, and sign."
            )
        )

    def sign(self, revisions: list[Revision], request, form) -> None:
        """Call the verb."""
        verbs.sign_off(
            revisions, by=request.user, ticked=form.ticked(), disclosure=self._interests(form)
        )

    def context(self, request, entry):
        context = self._context(request, entry)
        problems = engine.run(context)
        return {
            "revision": context.revision,
            "statement": statement_of(
                context, printed_signer(request.user, context.now), context.now
            ),
            "stopping": engine.stopping(problems, Gate.SIGN),
            "answered": list(engine.answered(problems)),
            "previous_sign_off": self._earlier(context),
        }

    def _interests(self, form) -> str | None:
        typed = form.cleaned_data["interests"].strip()
        return typed if typed and typed != form.current_interests else None

    def _context(self, request, entry):
        if not hasattr(request, "_sign_context"):
            revision = self.revision(entry)
            request._sign_context = assessment.context_for(
                revision, clock.now(), signer=request.user
            )
        return request._sign_context

    def _statements(self, context):
        return attestations(context)

    def _along(self, context) -> list[tuple[int, str]]:
        """Return the embeds whose newest text is not live: they may be signed in the same go."""
        return [
            (embed.entry.head_id, embed.document_title)
            for embed in context.embeds.values()
            if embed.entry.head_id and embed.differs_from_live
        ]

    def _earlier(self, context):
        """Return an earlier sign-off on this very text: restoring it does not bring it back."""
        same = SignOff.objects.filter(
            revision__entry=context.entry.pk, revision__digest=context.revision.digest
        )
        return same.exclude(revision=context.revision).order_by("-id").first()


class Renew(Sign):
    title = gettext_lazy("Reviewed, no change needed")
    button = gettext_lazy("Sign and renew")
    shows_newest = False

    def entry(self, request, pk):
        entry = super().entry(request, pk)
        entry.live_edition = (
            Edition.objects.live(clock.now()).filter(entry=entry.pk).composed().first()
        )
        if entry.live_edition is None:
            raise Http404
        return entry

    def revision(self, entry):
        return entry.live_edition.revision

    def _along(self, context):
        return [
            (embed.live.revision_id, embed.document_title)
            for embed in context.embeds.values()
            if embed.live is not None
        ]

    def sign(self, revisions, request, form) -> None:
        live = Edition.objects.live(clock.now()).filter(revision__in=revisions)
        editions = {e.revision_id: e for e in live.select_related("revision", "entry")}
        missing = [r for r in revisions if r.pk not in editions]
        if missing:
            raise Refused(_("Not renewed. Another version is live by now. Open the page again."))
        verbs.renew(
            [editions[r.pk] for r in revisions],
            by=request.user,
            ticked=form.ticked(),
            disclosure=self._interests(form),
        )
