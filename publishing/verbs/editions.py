"""Publishing now or at a time, cancelling a schedule, withdrawing, renewing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from publishing import assessment, disclaimers, documents, kinds, permissions, related
from publishing import clock as clocks
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.problems import Gate
from publishing.locks import lock
from publishing.models import Change, Edition, Entry, Revision, SignOff
from publishing.refusals import Refused
from publishing.timeline import Timeline, clashing
from publishing.verbs.signing import (
    _fresh,
    _require_signable,
    printed_signer,
    problem_count,
    record_sign_off,
)

CANCEL, KEEP = "cancel", "keep"
REASONS = ("out_of_date", "wrong", "legal")


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
    revisions = _fresh(revisions)
    for revision in revisions:
        permissions.require(by, "publish", kinds.of(revision.entry))
        if revision.entry.head_id != revision.pk:
            raise Refused(
                _("Not published. The text changed after version %(number)s. Request review.")
                % {"number": revision.number}
            )
    now = clocks.instant_for([r.entry for r in revisions], clock)
    if at is not None and at < now:
        raise Refused(_("Not published. The time lies in the past. Choose a later one, or now."))
    start = at or now
    contexts = [assessment.context_for(r, start, along=revisions) for r in revisions]
    stopped = [p for c in contexts for p in engine.stopping(engine.run(c), Gate.PUBLISH)]
    if stopped:
        unsigned = next((p for p in stopped if p.id == "SIGN-1"), None)
        if unsigned is not None and len(stopped) == 1:
            raise Refused(
                _("Not published. %(why)s %(do)s") % {"why": unsigned.message, "do": unsigned.hint},
                problems=stopped,
            )
        raise Refused(problem_count(_("Not published."), stopped), problems=stopped)
    verb = Change.Verbs.SCHEDULE if start > now else Change.Verbs.START
    return [
        _begin(c, c.sign_off, Timeline(c.entry, at=now, by=by), start, schedules, verb, reason)
        for c in contexts
    ]


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
        raise Refused(_("Not withdrawn. Readers can't see this page: nothing is live."))
    for edition in reversed(timeline.scheduled()):
        timeline.cancel(edition, reason=note)
    timeline.end(
        live,
        timeline.at,
        verb=Change.Verbs.WITHDRAW,
        reason=note,
        why=reason,
        instead=str(instead) if instead else None,
    )
    return live


@transaction.atomic
def renew(
    editions: Sequence[Edition],
    *,
    by,
    ticked: Iterable[str] = (),
    disclosure: str | None = None,
    clock=clocks.now,
) -> list[Edition]:
    """“Reviewed, no change needed”: sign live editions again and begin new ones, in one step.

    Only the page and those embeds that the reviewer chose are renewed. Raises Refused where an
    edition is no longer live, or where a check stops the signature.
    """
    revisions = _fresh([e.revision for e in editions])
    for revision in revisions:
        permissions.require(by, "sign", kinds.of(revision.entry))
    now = clocks.instant_for([r.entry for r in revisions], clock)
    timelines = [Timeline(r.entry, at=now, by=by) for r in revisions]
    for revision, timeline in zip(revisions, timelines, strict=True):
        live = timeline.live()
        if live is None or live.revision_id != revision.pk:
            raise Refused(_("Not renewed. Another version is live by now. Open the page again."))
    contexts = [
        assessment.context_for(r, now, signer=by, signer_disclosure=disclosure) for r in revisions
    ]
    found = {c.revision.pk: engine.run(c) for c in contexts}
    _require_signable(contexts, found, frozenset(ticked))
    signer = printed_signer(by, now)
    if disclosure:
        signer["disclosure"] = disclosure
    made = []
    for context, timeline in zip(contexts, timelines, strict=True):
        sign_off = record_sign_off(
            context,
            found[context.revision.pk],
            signer,
            decision=SignOff.Decisions.APPROVED,
            note="",
            at=now,
        )
        made.append(_begin(context, sign_off, timeline, now, KEEP, Change.Verbs.RENEW, ""))
    return made


def _begin(
    context: Context,
    sign_off: SignOff,
    timeline: Timeline,
    start: datetime,
    schedules: str | None,
    verb: str,
    reason: str,
) -> Edition:
    """Write one edition, after making room for it on the entry's timeline."""
    later = timeline.scheduled()
    if later and schedules not in (CANCEL, KEEP):
        raise Refused(
            _(
                "Not published. Another version is scheduled for %(when)s. "
                "Say whether to cancel or keep it."
            )
            % {"when": f"{later[0].live_from:%d %B %Y, %H:%M} UTC"}
        )
    if schedules == CANCEL:
        for edition in reversed(later):
            timeline.cancel(edition, reason=reason)
        later = []
    if any(e.live_from == start for e in later):
        raise Refused(_("Not published. Another version begins at that very time. Choose another."))
    until = min((e.live_from for e in later if e.live_from > start), default=None)
    path = context.kind.path(context.document)
    _require_free(path, context, start, until)
    current = timeline.in_force(start)
    if current is not None:
        timeline.end(current, start)
    edition = Edition(
        entry=context.entry,
        revision=context.revision,
        sign_off=sign_off,
        path=path,
        title=context.document.display_title,
        related=documents.canonical(related.rank(context)),
        live_from=start,
        live_until=until,
        by=timeline.by,
        at=timeline.at,
    )
    try:
        with transaction.atomic():
            timeline.begin(edition, verb=verb, reason=reason)
    except IntegrityError as error:
        # Two publications at one instant: the database's constraint is the last word.
        raise Refused(
            _("Not published. Someone else published at this address just now. Try again.")
        ) from error
    if "listed" in context.kind.flags:
        related.record(edition, context.document, context.sources)
    return edition


def _require_free(path: str, context: Context, start: datetime, until: datetime | None) -> None:
    """Refuse a path, or a disclaimer's scope, that another entry holds in the interval."""
    taken = clashing(path, context.entry, start, until)
    if taken is not None:
        raise Refused(
            _(
                "Not published. The address belongs to “%(title)s”, live since %(year)s. Choose another."
            )
            % {"title": taken.title, "year": taken.live_from.year}
        )
    if isinstance(context.document, disclaimers.DisclaimerDocument):
        other = disclaimers.clashing_scope(context.document, context.entry, start, until)
        if other is not None:
            raise Refused(
                _("Not published. “%(title)s” is already shown there. Change its scope first.")
                % {"title": other.title}
            )


def scheduled_editions(entry: Entry, at: datetime) -> list[Edition]:
    """Return the editions of an entry that will begin after an instant."""
    return list(Edition.objects.filter(entry=entry.pk).scheduled(at).order_by("live_from"))
