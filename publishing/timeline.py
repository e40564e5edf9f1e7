"""Writing an entry's editions: the only place that sets live_until, always with its Change."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from publishing import disclaimers, ledger, zone
from publishing.models import Change, Edition, Entry
from publishing.refusals import Refused


class Timeline:
    """The editions of one locked entry, as a verb changes them at one instant.

    Opening one takes the ledger's counter row, so open it when every entry is locked.
    """

    def __init__(self, entry: Entry, *, at: datetime, by) -> None:
        ledger.hold()
        self.entry = entry
        self.at = at
        self.by = by

    def live(self) -> Edition | None:
        """Return the edition that readers see at the instant."""
        return self._editions().live(self.at).first()

    def scheduled(self) -> list[Edition]:
        """Return the editions that will begin after the instant, the next one first."""
        return list(self._editions().scheduled(self.at).order_by("live_from"))

    def in_force(self, at: datetime) -> Edition | None:
        """Return the edition that would be live at a present or future instant."""
        return self._editions().live(at).first()

    def end(
        self, edition: Edition, at: datetime, *, verb: str = Change.Verbs.END, reason="", **facts
    ):
        """End an edition at an instant."""
        self._set_until(edition, at, verb, reason, **facts)

    def cancel(self, edition: Edition, *, reason: str = "") -> None:
        """Cancel a scheduled edition, and reopen the one that it had cut short.

        Raises Refused where another entry holds that one's address, or its disclaimer's scope,
        by then.
        """
        cut_short = (
            self._editions().held().filter(live_until=edition.live_from).exclude(pk=edition.pk)
        ).first()
        until = edition.live_until
        self._set_until(edition, edition.live_from, Change.Verbs.CANCEL, reason)
        if cut_short is not None:
            self._reopen(cut_short, until, reason)

    def clear(self, until: datetime, *, reason: str = "") -> None:
        """Cancel every scheduled edition, and let what is live now be live until an instant.

        Raises Refused as ``cancel`` does, where that makes the live edition last longer.
        """
        for edition in reversed(self.scheduled()):
            self._set_until(edition, edition.live_from, Change.Verbs.CANCEL, reason)
        live = self.live()
        if live is not None and live.live_until is not None and live.live_until < until:
            self._reopen(live, until, reason)

    def _reopen(self, edition: Edition, until: datetime | None, reason: str) -> None:
        other = occupant(edition, until)
        if other is not None:
            raise Refused(
                _(
                    "The schedule was not cancelled. “%(title)s” would be live longer at %(path)s, "
                    "which is taken by “%(other)s” from %(when)s on. Publish another version "
                    "in its place instead."
                )
                % {
                    "title": edition.title,
                    "path": edition.path,
                    "other": other.title,
                    "when": zone.moment(other.live_from),
                }
            )
        self._set_until(edition, until, Change.Verbs.REOPEN, reason)

    def begin(self, edition: Edition, *, verb: str, reason: str = "") -> Edition:
        """Write a new edition; the caller has ended what was in its way."""
        edition.save()
        ledger.append(
            verb,
            self.entry,
            at=self.at,
            by=self.by,
            reason=reason,
            detail={
                "edition": str(edition.uid),
                "row": ledger.edition_digest(edition),
                "live_from": ledger.instant_text(edition.live_from),
                "live_until": ledger.instant_text(edition.live_until),
            },
        )
        return edition

    def _editions(self):
        return Edition.objects.filter(entry=self.entry.pk)

    def _set_until(
        self, edition: Edition, until: datetime | None, verb: str, reason: str, **facts
    ) -> None:
        # Past the fence of AppendOnlyQuerySet on purpose: live_until is the one column that the
        # triggers let through, and the Change below is what it is projected from.
        models.QuerySet.update(Edition.objects.filter(pk=edition.pk), live_until=until)
        edition.live_until = until
        ledger.append(
            verb,
            self.entry,
            at=self.at,
            by=self.by,
            reason=reason,
            detail={
                "edition": str(edition.uid),
                "live_until": ledger.instant_text(until),
                **facts,
            },
        )


def clashing(path: str, entry: Entry, start: datetime, until: datetime | None) -> Edition | None:
    """Return another entry's edition that holds a path within an interval, if there is one."""
    others = Edition.objects.filter(path=path).exclude(entry=entry.pk).held()
    others = others.filter(Q(live_until=None) | Q(live_until__gt=start))
    if until is not None:
        others = others.filter(live_from__lt=until)
    return others.order_by("live_from").first()


def occupant(edition: Edition, until: datetime | None) -> Edition | None:
    """Return what stands in the way of an edition going on from its end until an instant."""
    start = edition.live_until
    taken = clashing(edition.path, edition.entry, start, until)
    if taken is None and edition.entry.kind == "disclaimer":
        said = disclaimers.document_of(edition)
        taken = disclaimers.clashing_scope(said, edition.entry, start, until)
    return taken
