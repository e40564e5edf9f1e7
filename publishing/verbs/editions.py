"""Publishing now or at a time, cancelling a schedule, withdrawing, renewing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from publishing import assessment, cases, kinds, mailing, permissions, state, withdrawals, zone
from publishing import clock as clocks
from publishing.checks.context import Context
from publishing.locks import lock
from publishing.models import Case, Change, Edition, Entry, Revision
from publishing.refusals import Refused
from publishing.timeline import Timeline
from publishing.verbs.beginning import CANCEL, KEEP, begin, ready_contexts
from publishing.verbs.signing import fresh, record_approvals, require_read

__all__ = ["CANCEL", "KEEP", "REASONS", "cancel", "publish", "renew", "withdraw"]

REASONS = tuple(withdrawals.WHYS)


@transaction.atomic
def publish(
    revisions: Sequence[Revision],
    *,
    by,
    at: datetime | None = None,
    schedules: str | None = None,
    reason: str = "",
    clock=clocks.now,
) -> list[Edition]:
    """Make signed revisions public at their paths, now or at a future instant: all or none.

    Publishing over a schedule must say ``schedules="cancel"`` or ``"keep"``. The checks run as of
    the instant at which the editions begin. Raises Refused, with the problems where checks stop
    it; nothing has changed then.
    """
    revisions = fresh(revisions)
    _require_newest(revisions, by=by)
    now = clocks.instant_for([r.entry for r in revisions], clock)
    if at is not None and at < now:
        raise Refused(_("Not published. The time lies in the past. Choose a later one, or now."))
    start = at or now
    contexts = ready_contexts(revisions, start, done=_("Not published."))
    _require_news(contexts, at, now)
    verb = Change.Verbs.SCHEDULE if start > now else Change.Verbs.START
    # What is scheduled before it and kept will have been public by then.
    before = start if schedules == KEEP else now
    changed = [c for c in contexts if _changes_what_pages_show(c, before)]
    made = [
        begin(
            c,
            Timeline(c.entry, at=now, by=by),
            start,
            schedules=schedules,
            verb=verb,
            reason=reason,
        )
        for c in contexts
    ]
    _answer_cases(contexts, changed, by=by, at=now, start=start)
    return made


def _require_newest(revisions: list[Revision], *, by) -> None:
    """Refuse who may not publish each of them, and a version that is no longer the newest."""
    for revision in revisions:
        permissions.require(by, "publish", kinds.of(revision.entry))
        if revision.entry.head_id != revision.pk:
            raise Refused(
                _("Not published. The text changed after version %(number)s. Request review.")
                % {"number": revision.number}
            )


def _require_news(contexts: list[Context], at: datetime | None, now: datetime) -> None:
    """Refuse to publish what is live, or scheduled for that very time, on the same signatures."""
    same = [Q(revision=c.revision.pk, sign_off=c.sign_off) for c in contexts]
    editions = Edition.objects.filter(reduce(or_, same))
    if editions.live(now).count() == len(contexts):
        raise Refused(_("Not published again. This version is live already."))
    if at is not None and editions.scheduled(now).filter(live_from=at).count() == len(contexts):
        raise Refused(_("Not scheduled again. This version is scheduled for that time already."))


def _changes_what_pages_show(context: Context, at: datetime) -> bool:
    """Say whether an entry was public before with another text than it will be."""
    last = Edition.objects.begun(at).filter(entry=context.entry.pk).order_by("-live_from")
    digests = last.values_list("revision__digest", flat=True)[:1]
    return any(digest != context.revision.digest for digest in digests)


def _answer_cases(
    contexts: list[Context], changed: list[Context], *, by, at: datetime, start: datetime
) -> None:
    """Open the cases that changes bring; close those that pages which begin now answer.

    What a scheduled page answers stands until it begins.
    """
    for context in changed:
        cases.open_for_pages_showing(
            context.entry,
            Case.Whys.EMBED_CHANGED,
            title=context.document.display_title,
            by=by,
            at=start,
        )
    if start <= at:
        for context in contexts:
            cases.close(context.entry, cases.ANSWERED_BY_SIGNING, by=by, at=at)


@transaction.atomic
def cancel(edition: Edition, *, by, reason: str = "", clock=clocks.now) -> Edition:
    """Cancel a scheduled edition; the one that it had cut short is live on. Raises Refused."""
    kind = kinds.of(edition.entry)
    permissions.require(by, "publish", kind)
    entry = lock([edition.entry])[edition.entry_id]
    timeline = Timeline(entry, at=clocks.instant_for([entry], clock), by=by)
    found = next((e for e in timeline.scheduled() if e.pk == edition.pk), None)
    if found is None:
        raise Refused(_("Not cancelled. This edition has begun or was cancelled already."))
    timeline.cancel(found, reason=reason)
    return found


@transaction.atomic
def withdraw(
    entry: Entry,
    *,
    by,
    reason: str,
    instead: UUID | None = None,
    note: str = "",
    clock=clocks.now,
) -> Edition:
    """Take an entry off the site at once, for a reason from REASONS, and cancel its schedules.

    ``instead`` is the uid of a page to read instead. One person alone may do it: it must be fast.
    Raises Refused where nothing is live.
    """
    kind = kinds.of(entry)
    permissions.require(by, "withdraw", kind)
    if reason not in REASONS:
        raise Refused(_("Not withdrawn. Choose a reason from the list."))
    locked = lock([entry])[entry.pk]
    timeline = Timeline(locked, at=clocks.instant_for([locked], clock), by=by)
    live = timeline.live()
    if live is None:
        raise Refused(_nothing_live(locked, timeline.at))
    timeline.clear(timeline.at, reason=note)
    timeline.end(
        live,
        timeline.at,
        verb=Change.Verbs.WITHDRAW,
        reason=note,
        why=reason,
        instead=str(instead) if instead else None,
    )
    cases.open_for_pages_showing(
        locked, Case.Whys.EMBED_WITHDRAWN, title=live.title, by=by, at=timeline.at
    )
    cases.open_for_translations(locked, title=live.title, by=by, at=timeline.at)
    mailing.tell_of_page("withdrawn", live, by=by, note=note, at=timeline.at)
    return live


def _nothing_live(entry: Entry, at: datetime) -> str:
    """Say why an entry can't be withdrawn; who did it before, where somebody did."""
    withdrawal = state.standing_of(entry, at).withdrawal
    if withdrawal is None:
        return _("Not withdrawn. Readers can't see this page: nothing is live.")
    return _("Not withdrawn again. %(name)s withdrew this page on %(when)s.") % {
        "name": permissions.person_name(withdrawal.by),
        "when": zone.moment(withdrawal.at),
    }


@transaction.atomic
def renew(
    editions: Sequence[Edition],
    *,
    by,
    ticked: Iterable[str] = (),
    disclosure: str | None = None,
    seen: Mapping[str, str] | None = None,
    clock=clocks.now,
) -> list[Edition]:
    """“Reviewed, no change needed”: sign live editions again and begin new ones, in one step.

    Only the page and those embeds that the reviewer chose are renewed; what is scheduled stays.
    ``seen`` as in ``sign_off``. Raises Refused where an edition is no longer live, or where a
    check stops the signature or the new edition.
    """
    disclosure = (disclosure or "").strip()
    revisions = fresh([e.revision for e in editions])
    for revision in revisions:
        permissions.require(by, "sign", kinds.of(revision.entry))
    now = clocks.instant_for([r.entry for r in revisions], clock)
    timelines = [Timeline(r.entry, at=now, by=by) for r in revisions]
    for revision, timeline in zip(revisions, timelines, strict=True):
        live = timeline.live()
        if live is None or live.revision_id != revision.pk:
            raise Refused(_("Not renewed. Another version is live by now. Open the page again."))
    contexts = [
        assessment.context_for(r, now, signer=by, signer_disclosure=disclosure, along=revisions)
        for r in revisions
    ]
    require_read(contexts, seen)
    record_approvals(contexts, by=by, at=now, ticked=ticked, disclosure=disclosure)
    ready = ready_contexts(revisions, now, done=_("Not renewed."))
    made = [
        begin(c, timeline, now, schedules=KEEP, verb=Change.Verbs.RENEW)
        for c, timeline in zip(ready, timelines, strict=True)
    ]
    _answer_cases(ready, [], by=by, at=now, start=now)
    return made
