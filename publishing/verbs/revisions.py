"""The verbs that write: saving a draft as a Revision, and restoring an older one."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import documents, kinds, languages, ledger, permissions, sources, word_list, zone
from publishing.locks import lock
from publishing.models import Change, Entry, Revision, RevisionPayload
from publishing.refusals import Refused, Stale


@transaction.atomic
def save_revision(
    entry: Entry, *, by, base: int | None = None, reason: str = "", clock=clocks.now
) -> Revision:
    """Record the entry's draft rows as a Revision and return it.

    A save that changes nothing returns the head and records nothing. ``base`` is the number of
    the revision that was opened for editing (0 for none). Raises Stale where the head is another
    one by now, NotAllowed where the person may not write this kind, and pydantic's
    ValidationError where the rows hold what no Document can.
    """
    kind = kinds.of(entry)
    permissions.require(by, "write", kind)
    locked = lock([entry])[entry.pk]
    head = locked.head
    if base is not None and base != (head.number if head else 0):
        raise Stale(collision_message(head), base=base, head=head)
    document = kind.to_document(kind.model.objects.get(pk=entry.pk))
    text = documents.payload_text(document, sources.freeze(document, locked))
    if head is not None and head.digest == documents.digest(text) and head.schema == kind.schema:
        return head
    at = clocks.instant_for([locked], clock)
    revision = _record(locked, text, kind.schema, by=by, at=at, reason=reason)
    word_list.record(locked, document)
    entry.head = revision
    return revision


def _record(locked: Entry, text: str, schema: int, *, by, at: datetime, reason: str) -> Revision:
    """Write the next revision and its Change; the caller holds the lock."""
    head = locked.head
    revision = Revision(
        entry=locked,
        number=(head.number if head else 0) + 1,
        schema=schema,
        digest=documents.digest(text),
        previous=head.chain if head else "",
        by=by,
        at=at,
        reason=reason,
    )
    revision.chain = ledger.revision_chain(revision.previous, str(locked.uid), revision)
    revision.save()
    RevisionPayload(revision=revision, text=text).save()
    Entry.objects.filter(pk=locked.pk).update(head=revision)
    ledger.append(
        Change.Verbs.SAVE,
        locked,
        at=revision.at,
        by=by,
        reason=reason,
        detail={"number": revision.number, "digest": revision.digest, "chain": revision.chain},
    )
    return revision


@transaction.atomic
def restore(revision: Revision, *, by, base: int | None = None, clock=clocks.now) -> Revision:
    """Write an older revision's Document back into the draft, as a new Revision to be signed anew.

    ``base`` is the number of the head that the person saw. Raises Stale where another one is the
    head by now, and Refused where the text was redacted or points at something that is gone.
    """
    kind = kinds.of(revision.entry)
    permissions.require(by, "write", kind)
    head = lock([revision.entry])[revision.entry_id].head
    if base is not None and base != head.number:
        raise Stale(_saved_meanwhile(head), base=base, head=head)
    text = RevisionPayload.objects.get(pk=revision.pk).text
    if text is None:
        raise Refused(_("Not restored. The text of this version was removed for good."))
    document, _sources = documents.load_payload(kind.document, text)
    entry = kind.model.objects.get(pk=revision.entry_id)
    try:
        with transaction.atomic():
            kind.apply(document, entry)
    except IntegrityError as error:
        raise Refused(
            _(
                "Not restored. Another entry has the address, or the place, that this version "
                "had. Nothing was changed."
            )
        ) from error
    if kind.to_document(kind.model.objects.get(pk=entry.pk)) != document:
        raise Refused(
            _(
                "Not restored. This version points at something that is no longer in the "
                "library (a topic, a reference or a page). Nothing was changed."
            )
        )
    with languages.in_default():
        reason = _("Restored version %(number)s") % {"number": revision.number}
    return save_revision(revision.entry, by=by, reason=reason, clock=clock)


def _saved_meanwhile(head: Revision) -> str:
    return _(
        "Not restored. %(name)s saved at %(time)s, after you opened this page. Look at what they "
        "wrote; then restore if you still want to."
    ) % {"name": permissions.person_name(head.by), "time": zone.hour(head.at)}


def collision_message(head: Revision | None) -> str:
    """Say that somebody else saved first."""
    if head is None:
        return _("Not saved over. This entry has no version yet. Open it again.")
    return _("Not saved over. %(name)s saved at %(time)s. Your text is kept below. Compare.") % {
        "name": permissions.person_name(head.by),
        "time": zone.hour(head.at),
    }
