"""Signing several texts that one has read: one list, one transaction, one password."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import assessment, verbs, zone
from publishing.admin.actions.page import InterestsField, PasswordField
from publishing.admin.bulk.chosen import Chosen
from publishing.admin.bulk.inside import Newer, counted, newer_inside
from publishing.admin.bulk.page import BulkPage
from publishing.admin.bulk.report import Outcome
from publishing.admin.review import confirming
from publishing.admin.review.signing import SeenForm
from publishing.checks import engine
from publishing.checks.context import Context, contributor_of
from publishing.checks.evidence import Attestation, attestations
from publishing.checks.people import DISCLOSURE_LASTS
from publishing.checks.problems import Gate
from publishing.refusals import Refused
from publishing.verbs.decisions import embeds_seen
from publishing.verbs.statements import printed_signer, statement_of


class SignForm(SeenForm):
    """The statements that hold for each ticked text, the signer's interests, the password.

    ``seen`` holds, by the key of each entry, the digests of what was shown inside it.
    """

    interests = InterestsField(gettext_lazy("My interests on these topics"))
    password = PasswordField()

    def __init__(self, data, *, statements: list[Attestation], current: str | None) -> None:
        super().__init__(data)
        for attestation in statements:
            self.fields[f"tick_{attestation.id}"] = forms.BooleanField(
                required=False, label=attestation.statement
            )
        self.order_fields([f"tick_{a.id}" for a in statements])
        self.current_interests = current
        self.fields["interests"].initial = current or ""

    def ticked(self) -> list[str]:
        """Return the ids of the statements that were ticked."""
        names = (name for name, value in self.cleaned_data.items() if value)
        return [name.removeprefix("tick_") for name in names if name.startswith("tick_")]

    def newly_declared(self) -> str | None:
        """Return the interests that were typed, where they are not those declared lately."""
        typed = self.cleaned_data["interests"].strip()
        return typed if typed and typed != self.current_interests else None


class Sign(BulkPage):
    """Signs every text that the person ticks as read: all of them or none, with one password."""

    name = "sign"
    title = gettext_lazy("Sign")
    button = gettext_lazy("Sign the ticked texts")
    allowed = "sign"
    template = "publishing/admin/bulk_sign.html"
    # Each is checked when the page opens and again when it is signed.
    most = 20
    # Nothing is signed that its signer did not tick.
    ticked_at_first = False

    def prepare(self, request, chosen):
        request._statements = {}
        at = self.model_admin.instant(request)
        signer = printed_signer(request.user, at)
        newer = newer_inside(chosen, at)
        for each in chosen:
            each.entry.head.entry = each.entry
            if each.is_signed:
                each.stopped = _("Not signed again. This version is signed already.")
                continue
            if each.entry.head.payload.text is None:
                each.stopped = _("Not signed. The text of this version was removed for good.")
                continue
            context = assessment.context_for(
                each.entry.head,
                at,
                signer=request.user,
                signer_disclosure=(request.POST.get("interests") or "").strip() or None,
            )
            each.statement = statement_of(context, signer, context.now)
            each.inside = embeds_seen(context)
            self._link(each)
            self._look_inside(each, newer.get(each.entry.pk, []))
            self._check(each, context)
            if not each.stopped:
                request._statements |= {a.id: a for a in attestations(context)}

    def _link(self, each: Chosen) -> None:
        """Lead to the text as it is signed here: with what is live of the entries it shows."""
        number = each.entry.head.number
        each.links.append((self.url(each, "preview", number) + "?along=", _("Read it")))
        if number > 1:
            each.links.append((self.url(each, "compare") + f"?to={number}", _("See what changed")))
        each.links.append((self.url(each, "sign"), _("Sign it on its own page")))

    def _look_inside(self, each: Chosen, newer: list[Newer]) -> None:
        """Leave a page whose embeds are to be read and signed with it to its own page."""
        unsigned = [embed for embed in newer if not embed.signed]
        if unsigned:
            why = ngettext(
                "Not signed. %(what)s in it has new text that nobody has signed. Open it to read "
                "and sign both together.",
                "Not signed. %(what)s in it have new text that nobody has signed. Open it to read "
                "and sign them together.",
                len(unsigned),
            ) % {"what": counted(unsigned)}
            way = self.url(each, "sign"), _("Read and sign them together")
            each.stop(why, way=way, waits=[embed.line for embed in unsigned])
        elif newer:
            each.notes.append(
                ngettext(
                    "%(what)s in it is signed and not live yet. Here the page is signed with the "
                    "live text; on its own page, with the newest.",
                    "%(what)s in it are signed and not live yet. Here the page is signed with the "
                    "live texts; on its own page, with the newest.",
                    len(newer),
                )
                % {"what": counted(newer)}
            )

    def _check(self, each: Chosen, context: Context) -> None:
        """Say what stops the signature, and which warnings were kept with a reason."""
        problems = engine.run(context)
        for kept in engine.answered(problems):
            words = {"what": kept.message, "who": kept.override_by, "why": kept.override_reason}
            each.notes.append(_("Kept with a reason: %(what)s %(who)s: %(why)s") % words)
        # Interests may still be declared on this very page.
        stopping = [p for p in engine.stopping(problems, Gate.SIGN) if p.id != "COI-1"]
        if stopping and not each.stopped:
            told = " ".join(f"{p.message} {p.hint}" for p in stopping)
            each.stopped = _("Not signed. %(problems)s") % {"problems": told}

    def form(self, request, chosen, data):
        person = contributor_of(request.user)
        today = zone.date_of(self.model_admin.instant(request))
        newest = person.disclosure_on(today) if person else None
        current = newest and today - newest.declared_on <= DISCLOSURE_LASTS
        form = SignForm(
            data,
            statements=list(request._statements.values()),
            current=newest.text if current else None,
        )
        confirming.ease(request, form, _listed(chosen))
        if not form.is_bound:
            form.now_shows(_inside(chosen))
        return form

    def outcomes(self, request, chosen, form):
        try:
            return self._sign(request, chosen, form)
        finally:
            # A refusal may show other texts than those for which the password was typed.
            confirming.ease(request, form, _listed(chosen))

    def _sign(self, request, chosen: list[Chosen], form: SignForm) -> list[Outcome]:
        signing = _to_sign(chosen)
        if not signing:
            raise Refused(_("Nothing was signed. Tick the texts that you have read."))
        read = form.digests()
        stale = [e for e in signing if not e.is_newest or read.get(str(e.entry.pk)) != e.inside]
        if stale:
            form.now_shows(_inside(chosen))
            raise Refused(self._show_anew(stale))
        confirming.confirm(request, form, _listed(chosen))
        revisions = [each.revision() for each in signing]
        verbs.sign_off(
            revisions,
            by=request.user,
            ticked=form.ticked(),
            disclosure=form.newly_declared(),
            seen={uid: digest for each in signing for uid, digest in each.inside.items()},
        )
        confirming.forget(request)
        signed = {each.entry.pk: each.revision().short_digest for each in signing}
        return [self._signed(each, signed.get(each.entry.pk)) for each in chosen]

    def _show_anew(self, stale: list[Chosen]) -> str:
        """Offer the newest texts instead, unticked, and say so."""
        for each in stale:
            each.opened, each.ticked = each.entry.head.number, False
        names = ", ".join(f"“{each.title}”" for each in stale)
        return _(
            "Nothing was signed. %(names)s, or what is shown inside, changed after you opened this "
            "page. Read the newest text, tick it, and sign."
        ) % {"names": names}

    def _signed(self, each: Chosen, digest: str | None):
        if digest is not None:
            return self.outcome(each, True, _("Signed: version %(v)s.") % {"v": digest})
        return self.outcome(each, False, each.stopped or _("Left out: you did not tick it."))


def _to_sign(chosen: list[Chosen]) -> list[Chosen]:
    return [each for each in chosen if each.ticked and not each.stopped]


def _inside(chosen: list[Chosen]) -> dict[str, dict[str, str]]:
    return {str(each.entry.pk): each.inside for each in chosen}


def _listed(chosen: list[Chosen]) -> list[str]:
    """Return what is to be signed, each by its entry and version, as the page's own list."""
    return [each.value for each in _to_sign(chosen)]
