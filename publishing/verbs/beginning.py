"""Beginning an edition: the checks that stand before it, and the room it needs on the timeline."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import assessment, disclaimers, documents, names, related, search, ties, zone
from publishing.checks import engine
from publishing.checks.context import Context
from publishing.checks.problems import Gate
from publishing.models import Edition, Revision
from publishing.refusals import Refused
from publishing.timeline import Timeline, clashing
from publishing.verbs.signing import named_problems, problem_count

CANCEL, KEEP = "cancel", "keep"


def ready_contexts(revisions: Sequence[Revision], start: datetime, *, done: str) -> list[Context]:
    """Return the contexts of revisions that may go live together at an instant.

    Raises Refused, with what did not happen (``done``) and the problems, where a check stops it.
    """
    contexts = [assessment.context_for(r, start, along=revisions) for r in revisions]
    stopped = named_problems((c, engine.stopping(engine.run(c), Gate.PUBLISH)) for c in contexts)
    if [p.id for p in stopped] == ["SIGN-1"]:
        unsigned = stopped[0]
        raise Refused(f"{done} {unsigned.message} {unsigned.hint}", problems=stopped)
    if stopped:
        raise Refused(problem_count(done, stopped), problems=stopped)
    return contexts


def begin(
    context: Context,
    timeline: Timeline,
    start: datetime,
    *,
    schedules: str | None,
    verb: str,
    reason: str = "",
) -> Edition:
    """Write one edition, after making room for it on the entry's timeline."""
    until = _room(timeline, start, schedules, reason)
    path = context.kind.path_of(context.document)
    _require_free(path, context, start, until)
    current = timeline.in_force(start)
    if current is not None:
        timeline.end(current, start)
    edition = Edition(
        entry=context.entry,
        revision=context.revision,
        sign_off=context.sign_off,
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
    ties.record(edition, context)
    names.record(edition, context.document, context.kind)
    search.record(edition, context)
    return edition


def _room(
    timeline: Timeline, start: datetime, schedules: str | None, reason: str
) -> datetime | None:
    """Return until when an edition may last that begins at an instant: the next one's begin."""
    later = timeline.scheduled()
    if later and schedules not in (CANCEL, KEEP):
        raise Refused(
            _(
                "Not published. Another version is scheduled for %(when)s. "
                "Say whether to cancel or keep it."
            )
            % {"when": zone.moment(later[0].live_from)}
        )
    if schedules == CANCEL:
        timeline.clear(start, reason=reason)
        later = []
    if any(e.live_from == start for e in later):
        raise Refused(_("Not published. Another version begins at that very time. Choose another."))
    return min((e.live_from for e in later if e.live_from > start), default=None)


def _require_free(path: str, context: Context, start: datetime, until: datetime | None) -> None:
    """Refuse a path, or a disclaimer's scope, that another entry holds in the interval."""
    taken = clashing(path, context.entry, start, until)
    if taken is not None:
        raise Refused(
            _(
                "Not published. The address belongs to “%(title)s”, live since %(year)s. "
                "Choose another."
            )
            % {"title": taken.title, "year": zone.date_of(taken.live_from).year}
        )
    if isinstance(context.document, disclaimers.DisclaimerDocument):
        other = disclaimers.clashing_scope(context.document, context.entry, start, until)
        if other is not None:
            raise Refused(
                _("Not published. “%(title)s” is already shown there. Change its scope first.")
                % {"title": other.title}
            )
        bare = disclaimers.pages_left_without(context.entry, context.now, context.document)
        if bare:
            raise Refused(
                ngettext(
                    "Not published. %(count)d live page would carry no disclaimer any more. "
                    "Publish one for the whole site first.",
                    "Not published. %(count)d live pages would carry no disclaimer any more. "
                    "Publish one for the whole site first.",
                    bare,
                )
                % {"count": bare}
            )
