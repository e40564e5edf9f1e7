"""Signing: one list, one instant, one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import assessment, kinds, languages, permissions, zone
from publishing import clock as clocks
from publishing.checks import engine
from publishing.checks.context import Context, contributor_of
from publishing.checks.evidence import attestations
from publishing.checks.problems import Gate, Problem
from publishing.locks import lock
from publishing.models import Comment, Disclosure, ReviewRequest, Revision, SignOff
from publishing.refusals import Refused, Stale
from publishing.timeline import Timeline
from publishing.verbs.decisions import embeds_seen, record
from publishing.verbs.statements import printed_signer


@transaction.atomic
def sign_off(
    revisions: Sequence[Revision],
    *,
    by,
    decision: str = SignOff.Decisions.APPROVED,
    ticked: Iterable[str] = (),
    disclosure: str | None = None,
    note: str = "",
    seen: Mapping[str, str] | None = None,
    clock=clocks.now,
) -> list[SignOff]:
    """Record one person's decision on a page and its changed embeds: all of them or none.

    ``ticked`` names the attestations made; an approval needs every one that applies.
    ``disclosure`` renews the signer's declaration of interests within signing. ``seen`` holds the
    digests of the revisions' embeds as the signer read them (``decisions.embeds_seen``).
    Raises Stale where a revision is no longer its entry's head, NotAllowed without the role, and
    Refused, with the problems, where a check stops the signature or the page shows by now
    something that was not read.
    """
    if decision not in SignOff.Decisions.values:
        raise ValueError(f"{decision!r} is no decision.")
    disclosure = (disclosure or "").strip()
    revisions = fresh(revisions)
    for revision in revisions:
        permissions.require(by, "sign", kinds.of(revision.entry))
        _require_head(revision)
    at = clocks.instant_for([r.entry for r in revisions], clock)
    told = {"signer": by, "signer_disclosure": disclosure, "along": revisions}
    contexts = [assessment.context_for(r, at, **told) for r in revisions]
    if decision == SignOff.Decisions.CHANGES:
        return _send_back(contexts, by=by, at=at, note=note)
    require_read(contexts, seen)
    return record_approvals(contexts, by=by, at=at, ticked=ticked, disclosure=disclosure, note=note)


def _send_back(contexts: list[Context], *, by, at: datetime, note: str) -> list[SignOff]:
    if not note.strip() and not _are_commented(contexts):
        raise Refused(_("Not sent back. Say what should change, then send it again."))
    changes = {"decision": SignOff.Decisions.CHANGES, "note": note, "at": at}
    signer = printed_signer(by, at)
    made = [record(c, [], signer, **changes) for c in contexts]
    for context in contexts:
        _cancel_schedules(context, by=by, at=at)
    _close_requests(contexts, at)
    return made


def _are_commented(contexts: list[Context]) -> bool:
    """Say whether open comments tell of each text what should change."""
    entries = {c.entry.pk for c in contexts}
    told = Comment.objects.filter(entry__in=entries, resolved_at=None).values_list("entry")
    return len(set(told)) == len(entries)


def require_read(contexts: list[Context], seen: Mapping[str, str] | None) -> None:
    """Refuse a signature on pages that show other embeds by now than their signer read."""
    if seen is None:
        return
    shown = {uid: digest for c in contexts for uid, digest in embeds_seen(c).items()}
    if shown != dict(seen):
        raise Refused(
            _(
                "Not signed. Something that this page shows is another text than the one you read. "
                "Read the page again as it is now, and sign."
            )
        )


def record_approvals(
    contexts: list[Context],
    *,
    by,
    at: datetime,
    ticked: Iterable[str],
    disclosure: str | None,
    note: str = "",
) -> list[SignOff]:
    """Check what is to be signed, and write the approvals; the caller has locked the entries."""
    found = {c.revision.pk: engine.run(c) for c in contexts}
    _require_signable(contexts, found, frozenset(ticked))
    if disclosure:
        _renew_disclosure(by, disclosure, at)
    signer = printed_signer(by, at)
    made = [
        record(
            c,
            found[c.revision.pk],
            signer,
            decision=SignOff.Decisions.APPROVED,
            note=note,
            at=at,
        )
        for c in contexts
    ]
    _close_requests(contexts, at)
    return made


def _cancel_schedules(context: Context, *, by, at: datetime) -> None:
    """Cancel what was to go live on a signature that this decision takes the place of."""
    timeline = Timeline(context.entry, at=at, by=by)
    with languages.in_default():
        why = _("The reviewer asked for changes.")
    for edition in reversed(timeline.scheduled()):
        if edition.revision_id == context.revision.pk:
            timeline.cancel(edition, reason=why)


def _close_requests(contexts: list[Context], at: datetime) -> None:
    """Close the requests that a decision on the newest text answers."""
    decided = [c.entry.pk for c in contexts if c.entry.head_id == c.revision.pk]
    ReviewRequest.objects.filter(entry__in=decided, closed_at=None).update(closed_at=at)


def fresh(revisions: Sequence[Revision]) -> list[Revision]:
    """Lock the entries and return the revisions with their texts, read under the lock."""
    if not revisions:
        raise Refused(_("Nothing was chosen."))
    lock([r.entry for r in revisions])
    keys = [r.pk for r in revisions]
    found = Revision.objects.select_related("entry__head__by", "payload").in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys)]


def _require_head(revision: Revision) -> None:
    head = revision.entry.head
    if head is None or head.pk == revision.pk:
        return
    newer = head.number - revision.number
    raise Stale(
        ngettext(
            "Not signed. The text changed at %(time)s, after you opened it. "
            "See the %(count)d change.",
            "Not signed. The text changed at %(time)s, after you opened it. "
            "See the %(count)d changes.",
            newer,
        )
        % {"time": zone.hour(head.at), "count": newer},
        base=revision.number,
        head=head,
    )


def _require_signable(
    contexts: list[Context], found: dict[int, list[Problem]], ticked: frozenset[str]
) -> None:
    stopped = named_problems(
        (c, engine.stopping(found[c.revision.pk], Gate.SIGN)) for c in contexts
    )
    if stopped:
        own = next((p for p in stopped if p.id == "AUTH-2"), None)
        if own is not None:
            raise Refused(
                _("Not signed. %(why)s %(do)s") % {"why": own.message, "do": own.hint},
                problems=stopped,
            )
        raise Refused(problem_count(_("Not signed."), stopped), problems=stopped)
    wanted = {a.id: str(a.statement) for c in contexts for a in attestations(c)}
    missing = [text for id, text in wanted.items() if id not in ticked]
    if missing:
        raise Refused(_("Not signed. You have not ticked:"), points=missing)


def named_problems(found: Iterable[tuple[Context, list[Problem]]]) -> list[Problem]:
    """Return the problems of a list of pages; where there are several, each names its page."""
    found = list(found)
    if len(found) == 1:
        return found[0][1]
    return [
        replace(problem, message=f"“{context.document.display_title}”: {problem.message}")
        for context, problems in found
        for problem in problems
    ]


def problem_count(done: str, problems: Sequence[Problem]) -> str:
    """Say what did not happen and for how many problems."""
    return ngettext(
        "%(done)s %(count)d problem stands in the way.",
        "%(done)s %(count)d problems stand in the way.",
        len(problems),
    ) % {"done": done, "count": len(problems)}


def _renew_disclosure(user, text: str, at: datetime) -> None:
    person = contributor_of(user)
    if person is None:
        raise Refused(
            _("Not signed. Your account is not linked to a contributor. Ask an administrator.")
        )
    Disclosure.objects.create(contributor=person, text=text, declared_on=zone.date_of(at))
