"""The Change ledger: every step of every entry, numbered in commit order and hash-chained."""

from datetime import UTC, datetime
from typing import Any

from publishing.documents import canonical, digest
from publishing.models import Change, Edition, Entry, Ledger, SignOff


def instant_text(at: datetime | None) -> str | None:
    """Return an instant as UTC ISO 8601 text with microseconds, the form that is hashed."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def change_digest(change: Change, entry_uid: str | None) -> str:
    """Return the digest of a Change, over everything it says and the digest before it."""
    return digest(
        canonical(
            {
                "number": change.number,
                "at": instant_text(change.at),
                "verb": change.verb,
                "entry": entry_uid,
                "by": change.by_id,
                "reason": change.reason,
                "detail": change.detail,
                "previous": change.previous,
            }
        )
    )


def hold() -> Ledger:
    """Lock the ledger's counter row until the transaction ends, and return it.

    Verbs that write editions hold it before their first one: an edition that waits for another
    transaction's path while that one waits for the counter would be a deadlock.
    """
    return Ledger.objects.select_for_update().get(pk=1)


def append(
    verb: str, entry: Entry, *, at: datetime, by, reason: str = "", detail: dict[str, Any]
) -> Change:
    """Add a row to the ledger. Call it inside the verb's transaction, after all other locks.

    The counter row stays locked until the transaction ends, so numbers follow commit order.
    """
    counter = hold()
    change = Change(
        number=counter.number + 1,
        at=at,
        verb=verb,
        entry_id=entry.pk,
        by=by,
        reason=reason,
        detail=canonical(detail),
        previous=counter.digest,
    )
    change.digest = change_digest(change, str(entry.uid))
    change.save()
    counter.number, counter.digest = change.number, change.digest
    counter.save(update_fields=["number", "digest"])
    return change


def edition_digest(edition: Edition) -> str:
    """Return the digest of the whole edition row but ``live_until``."""
    return digest(
        canonical(
            {
                "uid": str(edition.uid),
                "entry": edition.entry_id,
                "revision": edition.revision_id,
                "sign_off": edition.sign_off_id,
                "path": edition.path,
                "title": edition.title,
                "related": edition.related,
                "live_from": instant_text(edition.live_from),
                "by": edition.by_id,
                "at": instant_text(edition.at),
            }
        )
    )


def sign_off_digest(sign_off: SignOff) -> str:
    """Return the digest of a whole sign-off row."""
    texts = ("role", "decision", "name", "credential", "disclosure", "statement", "attestations")
    return digest(
        canonical(
            {
                "uid": str(sign_off.uid),
                "revision": sign_off.revision_id,
                "by": sign_off.by_id,
                "at": instant_text(sign_off.at),
                **{name: getattr(sign_off, name) for name in texts},
                "overrides": sign_off.overrides,
                "embeds": sign_off.embeds,
                "note": sign_off.note,
            }
        )
    )


def revision_chain(previous: str, entry_uid: str, revision) -> str:
    """Return the chained digest of a revision within its entry."""
    return digest(
        canonical(
            {
                "previous": previous,
                "entry": entry_uid,
                "kind": revision.entry.kind,
                "number": revision.number,
                "schema": revision.schema,
                "digest": revision.digest,
                "by": revision.by_id,
                "at": instant_text(revision.at),
                "reason": revision.reason,
            }
        )
    )
