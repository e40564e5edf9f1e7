"""Signing: the reviewer's page, with the form that signs what it shows."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import assessment, clock, state, verbs, zone
from publishing.admin.actions.page import ActionPage
from publishing.admin.review import confirming
from publishing.admin.review.page import review_context, sent_back_by
from publishing.admin.review.signing import SignForm
from publishing.admin.where_shown import where_shown
from publishing.checks import engine
from publishing.checks.context import contributor_of
from publishing.checks.evidence import attestations
from publishing.checks.people import DISCLOSURE_LASTS
from publishing.checks.problems import Gate
from publishing.locks import lock
from publishing.models import Entry, Revision, SignOff
from publishing.refusals import Refused, Stale
from publishing.verbs.decisions import embeds_seen
from publishing.verbs.statements import printed_signer, statement_of


class Sign(ActionPage):
    title = gettext_lazy("Sign")
    button = gettext_lazy("Sign")
    not_done = gettext_lazy("Not signed.")
    allowed = "sign"
    done = gettext_lazy("Signed: version %(version)s. Ready to publish.")
    template = "publishing/admin/sign.html"
    # Whether the embeds that may be signed along are drafts, which the page is shown with.
    shows_newest = True

    def revision(self, entry: Entry) -> Revision:
        """Return the revision that is signed here."""
        return entry.head

    def form(self, request, entry, data):
        context = self._context(request, entry)
        form = SignForm(data, statements=attestations(context), along=self._along(context))
        form.fields["revision"].initial = self.revision(entry).pk
        person = contributor_of(request.user)
        newest = person.disclosure_on(zone.date_of(context.now)) if person else None
        current = newest and zone.date_of(context.now) - newest.declared_on <= DISCLOSURE_LASTS
        form.fields["interests"].initial = newest.text if current else ""
        form.current_interests = newest.text if current else None
        request._sign_form = form
        confirming.ease(request, form, form.listed())
        return form

    def act(self, request, entry, form) -> str:
        revision = get_object_or_404(Revision, pk=form.cleaned_data["revision"], entry=entry.pk)
        chosen = form.cleaned_data.get("along", [])
        confirming.confirm(request, form, [revision.pk, *chosen])
        along = list(Revision.objects.filter(pk__in=chosen).select_related("entry"))
        try:
            with transaction.atomic():
                lock([entry, *(r.entry for r in along)])
                if self.is_done([revision, *along], request, form):
                    return _("Signed already: version %(version)s. Nothing was signed twice.") % {
                        "version": revision.short_digest
                    }
                self._require_offered(form, chosen)
                self._require_read(form, chosen)
                self._require_seen(request, entry, form, chosen)
                self.sign([revision, *along], request, form)
        except Stale:
            request._opened = revision
            form.show_anew(self.revision(entry).pk, form.offered)
            raise
        finally:
            confirming.ease(request, form, form.listed())
        confirming.forget(request)
        return self.done % {"version": revision.short_digest}

    def is_done(self, revisions: list[Revision], request, form) -> bool:
        """Say whether this person has signed this very list already: a button pressed twice."""
        last = {
            s.revision_id: s for s in SignOff.objects.filter(revision__in=revisions).order_by("pk")
        }
        mine = [
            s
            for s in last.values()
            if s.by_id == request.user.pk and s.decision == SignOff.Decisions.APPROVED
        ]
        if len(mine) < len(revisions):
            return False
        # A review that was asked for since, or a withdrawal, wants a new signature.
        standing = state.standing_of(revisions[0].entry, clock.now())
        if standing.head.pk == revisions[0].pk and not standing.is_signed:
            return False
        context = assessment.context_for(revisions[0], clock.now(), along=revisions[1:])
        return last[revisions[0].pk].embeds_seen() == embeds_seen(context)

    def _require_offered(self, form, chosen: list[str]) -> None:
        """Refuse embeds that are another text by now; show the page with the newest."""
        if set(chosen) <= set(form.offered):
            return
        form.show_anew(form.cleaned_data["revision"], form.offered)
        raise Refused(
            _(
                "Not signed. A text shown in this page changed after you opened it. It is shown "
                "below as it is now. Your comments are kept. Read it, then sign."
            )
        )

    def _require_read(self, form, chosen: list[str]) -> None:
        """Refuse to sign a page with other embeds than it was shown with; show it with these."""
        read = set(filter(None, form.cleaned_data["read"].split(",")))
        if not self.shows_newest or set(chosen) == read:
            return
        form.show_anew(form.cleaned_data["revision"], chosen)
        raise Refused(
            _(
                "Not signed. You changed what is signed along, and what is not keeps its live "
                "text. Read the page again as it would be then, and sign."
            )
        )

    def _require_seen(self, request, entry, form, chosen: list[str]) -> None:
        """Refuse what went live or was withdrawn within the page while it was read."""
        if form.digests() == self._shown_digests(self._context(request, entry), form.shown()):
            return
        form.show_anew(form.cleaned_data["revision"], chosen)
        raise Refused(
            _(
                "Not signed. A text shown in this page changed after you opened it. It is shown "
                "below as it is now. Your comments are kept. Read it, then sign."
            )
        )

    def _shown_digests(self, context, shown: set[int]) -> dict[str, str]:
        """Return the digests of the embeds as the page shows them, by uid."""
        found = {}
        for uid, embed in context.embeds.items():
            if embed.entry.head_id in shown:
                found[str(uid)] = embed.entry.head.digest
            elif embed.live is not None:
                found[str(uid)] = embed.live.revision.digest
        return found

    def sign(self, revisions: list[Revision], request, form) -> None:
        """Call the verb."""
        verbs.sign_off(
            revisions,
            by=request.user,
            ticked=form.ticked(),
            disclosure=self._interests(form),
            seen=form.digests(),
        )

    def context(self, request, entry):
        context = self._context(request, entry)
        problems = engine.run(context)
        stopping = engine.stopping(problems, Gate.SIGN)
        form = request._sign_form
        form.now_shows(self._shown_digests(context, form.shown()))
        opened = getattr(request, "_opened", None) or self._asked_version(request, entry)
        sent_back = None
        if opened is None and self.shows_newest:
            opened = sent_back = sent_back_by(request.user, entry)
        return {
            **review_context(
                context, request.user, form.shown(), newest=self.shows_newest, opened=opened
            ),
            "sent_back": sent_back is not None,
            "revision": context.revision,
            "statement": statement_of(
                context, printed_signer(request.user, context.now), context.now
            ),
            "stopping": stopping,
            # Who wrote part of it can't sign it: no form asks for their password.
            "own_text": any(problem.id == "AUTH-2" for problem in stopping),
            **where_shown(context),
            "answered": list(engine.answered(problems)),
            "previous_sign_off": self._earlier(context),
            "page_name": "sign" if self.shows_newest else "renew",
        }

    def _asked_version(self, request, entry) -> Revision | None:
        """Return the older version that the person came for, by the link of a mail."""
        number = request.GET.get("version", "")
        if not self.shows_newest or not number.isdecimal() or len(number) > 9:
            return None
        found = Revision.objects.filter(entry=entry.pk, number=int(number))
        return found.exclude(pk=entry.head_id).select_related("payload").first()

    def _interests(self, form) -> str | None:
        typed = form.cleaned_data["interests"].strip()
        return typed if typed and typed != form.current_interests else None

    def _context(self, request, entry):
        if not hasattr(request, "_sign_context"):
            request._sign_context = assessment.context_for(
                self.revision(entry), clock.now(), signer=request.user
            )
        return request._sign_context

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
