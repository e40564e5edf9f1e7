"""Proving that nothing was tampered with: every digest and chain, from the stored text."""

from collections.abc import Iterator

from publishing import documents, guards, kinds, ledger, names, ties
from publishing.models import Change, Edition, EditionTie, Entry, Ledger, Revision, SignOff
from publishing.pictures.proof import wrong_files

_SETS_UNTIL = {
    Change.Verbs.START,
    Change.Verbs.SCHEDULE,
    Change.Verbs.RENEW,
    Change.Verbs.END,
    Change.Verbs.CANCEL,
    Change.Verbs.REOPEN,
    Change.Verbs.WITHDRAW,
}


def verify(using: str = "default", *, expect: tuple[int, str] | None = None) -> Iterator[str]:
    """Yield one line for each thing that does not add up; nothing where all is well.

    Replays the ledger, recomputes every digest and chain from the stored text, compares each
    edition's ``live_until`` with what the ledger says, and its pictures' files with what it says of
    them, and checks that the guards exist.
    ``expect`` is the number and digest of a Change that was the last one once: a database whose
    owner cut the ledger short and set its counter back is told by nothing inside it.
    """
    yield from (
        f"Guard {name} is missing, altered or switched off." for name in guards.missing(using)
    )
    replay = _Replay()
    yield from replay.ledger()
    if expect and not Change.objects.filter(number=expect[0], digest=expect[1]).exists():
        yield f"The ledger does not hold the Change {expect[0]} that was expected."
    yield from _revisions(replay)
    yield from _sign_offs(replay)
    yield from _editions(replay)
    yield from _projections()
    yield from wrong_files()


class _Replay:
    """What the ledger says, gathered in one pass."""

    def __init__(self) -> None:
        self.revisions: dict[tuple[str, int], dict] = {}
        self.sign_offs: dict[str, str] = {}
        self.editions: dict[str, str] = {}
        self.until: dict[str, str | None] = {}
        self.redacted: set[tuple[str, int]] = set()

    def ledger(self) -> Iterator[str]:
        number, digest = 0, ""
        uids = dict(Entry.objects.values_list("pk", "uid"))
        for change in Change.objects.order_by("number").iterator(2000):
            number += 1
            if change.number != number:
                yield f"Change {number} is missing: the next one is {change.number}."
                number = change.number
            entry = str(uids[change.entry_id]) if change.entry_id in uids else None
            if change.previous != digest:
                yield f"Change {change.number} does not follow the one before it."
            if ledger.change_digest(change, entry) != change.digest:
                yield f"Change {change.number} was altered."
            digest = change.digest
            self._note(change, entry)
        counter = Ledger.objects.filter(pk=1).first()
        if counter is None or (counter.number, counter.digest) != (number, digest):
            yield (
                f"The ledger's end was altered: its counter says Change "
                f"{counter.number if counter else 'nothing'}, the last one found is {number}."
            )

    def _note(self, change: Change, entry: str | None) -> None:
        try:
            facts = change.facts()
        except ValueError:
            facts = None
        if not isinstance(facts, dict):
            return  # named as altered already
        if change.verb == Change.Verbs.SAVE:
            self.revisions[(entry or "", facts.get("number", 0))] = facts
        elif change.verb == Change.Verbs.SIGN:
            self.sign_offs[facts.get("sign_off", "")] = facts.get("row", "")
        elif change.verb == Change.Verbs.REDACT:
            self.redacted.add((entry or "", facts.get("number", 0)))
        elif change.verb in _SETS_UNTIL:
            uid = facts.get("edition", "")
            self.until[uid] = facts.get("live_until")
            if "row" in facts:
                self.editions[uid] = facts["row"]


def _revisions(replay: _Replay) -> Iterator[str]:
    heads = dict(Entry.objects.values_list("pk", "head_id"))
    previous: Revision | None = None
    found = Revision.objects.select_related("entry", "payload").order_by("entry_id", "number")
    for revision in found.iterator(500):
        entry, name = str(revision.entry.uid), _name(revision)
        if previous is not None and previous.entry_id != revision.entry_id:
            yield from _wrong_head(previous, heads)
            previous = None
        yield from _wrong_text(revision, name, (entry, revision.number) in replay.redacted)
        if revision.previous != (previous.chain if previous else ""):
            yield f"{name} does not follow the version before it."
        if ledger.revision_chain(revision.previous, entry, revision) != revision.chain:
            yield f"{name}: its record (who, when, why, number) was altered."
        said = replay.revisions.pop((entry, revision.number), None)
        if said is None:
            yield f"{name} has no Change in the ledger."
        elif (said.get("digest"), said.get("chain")) != (revision.digest, revision.chain):
            yield f"{name} differs from what the ledger recorded."
        previous = revision
    if previous is not None:
        yield from _wrong_head(previous, heads)
    for entry, number in replay.revisions:
        yield f"Version {number} of entry {entry} is in the ledger and gone from the database."


def _wrong_text(revision: Revision, name: str, redacted: bool) -> Iterator[str]:
    payload = getattr(revision, "payload", None)
    if payload is None:
        yield f"{name}: its text is gone."
    elif payload.text is None:
        if not redacted:
            yield f"{name}: its text was removed without a redaction in the ledger."
    elif documents.digest(payload.text) != revision.digest:
        yield f"{name}: its text was altered; the digest signed was {revision.digest[:8]}."


def _wrong_head(last: Revision, heads: dict[int, int | None]) -> Iterator[str]:
    if heads.get(last.entry_id) != last.pk:
        yield f"{_name(last)} is the newest, but its entry points at another version."


def _sign_offs(replay: _Replay) -> Iterator[str]:
    for sign_off in SignOff.objects.select_related("revision__entry").iterator(2000):
        said = replay.sign_offs.pop(str(sign_off.uid), None)
        name = f"Sign-off {sign_off.pk} on {_name(sign_off.revision)}"
        if said is None:
            yield f"{name} has no Change in the ledger."
        elif said != ledger.sign_off_digest(sign_off):
            yield f"{name} was altered."
    for uid in replay.sign_offs:
        yield f"Sign-off {uid} is in the ledger and gone from the database."


def _editions(replay: _Replay) -> Iterator[str]:
    for edition in Edition.objects.select_related("revision", "sign_off").iterator(2000):
        uid, name = str(edition.uid), f"Edition {edition.pk} at {edition.path}"
        said = replay.editions.pop(uid, None)
        if said is None:
            yield f"{name} has no Change in the ledger."
        elif said != ledger.edition_digest(edition):
            yield f"{name} was altered."
        until = ledger.instant_text(edition.live_until)
        if uid in replay.until and until != replay.until[uid]:
            yield f"{name}: live_until is {until}; the ledger says {replay.until[uid]}."
        if edition.sign_off.decision != SignOff.Decisions.APPROVED:
            yield f"{name} rests on a signature that asked for changes."
        if edition.sign_off.revision_id != edition.revision_id:
            yield f"{name} rests on a signature of another version."
    for uid in replay.editions:
        yield f"Edition {uid} is in the ledger and gone from the database."


def _projections() -> Iterator[str]:
    """Compare the ties and names that a text gives by itself with the rows that queries trust."""
    tie = EditionTie
    named = (tie.TOPIC, tie.AUTHOR, tie.EMBED, tie.CHANGE, tie.TRANSLATION)
    told_by_text = tuple(f"{name}:" for name in named)
    editions = Edition.objects.select_related("entry", "revision__payload")
    for edition in editions.prefetch_related("ties", "names").iterator(500):
        payload = getattr(edition.revision, "payload", None)
        if payload is None or payload.text is None:
            continue
        if documents.digest(payload.text) != edition.revision.digest:
            continue  # named as altered already
        try:
            kind = kinds.of(edition.entry)
            document, sources = documents.load_payload(kind.document, payload.text)
        except (ValueError, KeyError):
            yield f"Edition {edition.pk} at {edition.path}: its text is none of its kind."
            continue
        stored = {row.tie for row in edition.ties.all() if row.tie.startswith(told_by_text)}
        if stored != ties.told_by(document, sources, kind):
            yield f"Edition {edition.pk} at {edition.path}: its ties are not what its text says."
        listed = {(row.name, row.sort_key, row.letter) for row in edition.names.all()}
        if listed != names.rows_of(document, kind):
            yield f"Edition {edition.pk} at {edition.path}: its names are not what its text says."


def _name(revision: Revision) -> str:
    return f"Version {revision.number} of {revision.entry.kind} “{revision.entry.slug}”"
