"""Renewing: the reviewer's page with what is live, and a signature that changes no word of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import clock, verbs
from publishing.admin.actions.ended import Ended, NothingLive
from publishing.admin.actions.review import Sign
from publishing.models import Edition, Entry
from publishing.refusals import Refused


def _live_edition(entry: Entry) -> Edition | None:
    """Return what readers see, read once for each entry object, and keep it there."""
    if not hasattr(entry, "live_edition"):
        live = Edition.objects.live(clock.now()).filter(entry=entry.pk)
        entry.live_edition = live.composed().first()
    return entry.live_edition


class Renew(Sign):
    title = gettext_lazy("Reviewed, no change needed")
    button = gettext_lazy("Sign and renew")
    not_done = gettext_lazy("Not renewed.")
    done = gettext_lazy("Reviewed: version %(version)s stays live, its review date counts anew.")
    shows_newest = False

    def __call__(self, request, pk):
        try:
            return super().__call__(request, pk)
        except NothingLive as ended:
            return Ended(self).answer(request, ended)

    def entry(self, request, pk):
        entry = super().entry(request, pk)
        if request.method == "POST" and _live_edition(entry) is None:
            raise NothingLive(entry)
        return entry

    def idle(self, entry):
        if _live_edition(entry) is None:
            return _("Nothing is live, so there is nothing to renew.")
        return ""

    def revision(self, entry):
        return entry.live_edition.revision

    def form(self, request, entry, data):
        form = super().form(request, entry, data)
        form.fields["edition"].initial = entry.live_edition.pk
        return form

    def is_done(self, revisions, request, form) -> bool:
        """Say whether this person has renewed what they opened already."""
        live = Edition.objects.live(clock.now()).filter(revision=revisions[0])
        newer = live.filter(pk__gt=form.cleaned_data["edition"] or 2**62)
        return newer.filter(sign_off__by=request.user.pk).exists()

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
            seen=form.digests(),
        )
