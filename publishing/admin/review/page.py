"""What the reviewer's page says, read in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from publishing import claims, documents, kinds, permissions
from publishing.admin.review.effort import effort
from publishing.admin.review.text import ShownComment, ShownField, Text, show
from publishing.checks.context import Context, Embed
from publishing.comparison import changed_fields
from publishing.documents import PageDocument, load_payload
from publishing.models import Comment, ReviewRequest, Revision, SignOff, Tick
from publishing.passages import passages_of


@dataclass(frozen=True)
class ShownText:
    """One text of the page, field by field."""

    text: Text
    fields: tuple[ShownField, ...]

    @property
    def folded(self) -> bool:
        """Whether it is there to look things up: signed before, and as it was then."""
        return not self.text.counts or all(p.known for f in self.fields for p in f.passages)

    @property
    def open(self) -> bool:
        """Whether somebody waits for an answer within it."""
        return any(p.open_comments for f in self.fields for p in f.passages)


@dataclass(frozen=True)
class Changes:
    """What changed in one text since a version; ``before`` is None where there was none."""

    text: Text
    before: Revision | None
    sign_off: SignOff | None
    fields: list

    @property
    def title(self) -> str:
        return self.text.document.display_title

    def known_passages(self) -> set[str]:
        """Return the digests of the passages that stood in the text when it was last signed."""
        if self.before is None or self.before.payload.text is None:
            return set()
        if self.before.digest == self.text.revision.digest:
            return {passage.digest for passage in self.text.passages}
        document = load_payload(self.text.kind.document, self.before.payload.text)[0]
        return {passage.digest for passage in passages_of(document)}


def texts_of(context: Context, chosen: Collection[int], *, newest: bool) -> list[Text]:
    """Return the page's text and those shown in it, as they would be after this signature.

    ``chosen`` are the revisions signed along. What is shown and not signed along stays as it is
    live; a whole page of its own (a supplement whose table is shown) is then not read again.
    """
    main = Text(
        context.entry, context.kind, context.revision, context.document, context.sources, True, True
    )
    return [main, *filter(None, (_embedded(e, chosen, newest) for e in context.embeds.values()))]


def _embedded(embed: Embed, chosen: Collection[int], newest: bool) -> Text | None:
    revision = embed.live.revision if embed.live else None
    if newest and embed.entry.head_id in chosen:
        revision = embed.entry.head
    if revision is None or revision.payload.text is None:
        return None
    kind = kinds.of(embed.entry)
    document, sources = load_payload(kind.document, revision.payload.text)
    signed = revision.pk in chosen
    counts = signed or not isinstance(document, PageDocument)
    return Text(embed.entry, kind, revision, document, sources, signed, counts)


def review_context(
    context: Context,
    user,
    chosen: Collection[int],
    *,
    newest: bool,
    opened: Revision | None = None,
) -> dict[str, Any]:
    """Return what the reviewer's templates show for a person.

    ``opened`` is the version that the person had before them, or sent back, where a newer one
    came in between.
    """
    texts = texts_of(context, chosen, newest=newest)
    by_entry, lost = _comments(texts, user)
    ticks = _ticks(texts, user)
    page_text = claims.library().page_text()
    changes = _changes(texts)
    known = _known(texts, changes)
    folded = _folded(texts, known)
    shown = [
        ShownText(
            t,
            show(t, page_text, ticks[t.entry.pk], by_entry[t.entry.pk], folded.get(t.entry.pk, ())),
        )
        for t in texts
    ]
    open_count = sum(c.comment.resolved_at is None for p in _everything(shown) for c in p.comments)
    return {
        "texts": shown,
        "references": page_text.sources(),
        **effort(texts, known, folded),
        **_progress(shown),
        "changes": [c for c in changes if c.fields or not c.sign_off],
        "unchanged": [c for c in changes if c.sign_off and not c.fields],
        "since_opened": _since(texts[0], opened),
        "opened": opened,
        "lost_comments": lost,
        "open_comments": open_count + len(lost),
        "request_for_review": _request(context),
    }


def _ticks(texts: list[Text], user) -> dict[int, set[str]]:
    """Return the digests of the passages that a person has read, by entry."""
    ticks: dict[int, set[str]] = defaultdict(set)
    rows = Tick.objects.filter(entry__in=[text.entry.pk for text in texts], by=user)
    for entry, digest in rows.values_list("entry", "passage"):
        ticks[entry].add(digest)
    return ticks


def _known(texts: list[Text], changes: list[Changes]) -> dict[int, set[str]]:
    """Return the digests of the passages that were signed as they stand, by entry."""
    known = {change.text.entry.pk: change.known_passages() for change in changes}
    # What is not signed along is live, so all of it was signed.
    live = {t.entry.pk: {p.digest for p in t.passages} for t in texts if not t.signed}
    return known | live


def _folded(texts: list[Text], known: dict[int, set[str]]) -> dict[int, set[str]]:
    """Return the passages to fold, by entry; none where nothing is new: all is to be read then."""
    some_new = any(p.digest not in known[t.entry.pk] for t in texts for p in t.passages)
    return known if some_new else {}


def _progress(shown: list[ShownText]) -> dict[str, Any]:
    """Return how much there is to read, how much of it was read, and where to go on."""
    to_read = [passage for passage in _everything(shown) if passage.counts]
    unread = [passage for passage in to_read if not passage.read]
    return {
        "to_read": len(to_read),
        "read_count": len(to_read) - len(unread),
        "next_unread": unread[0].anchor if unread else "",
    }


def sent_back_by(user, entry) -> Revision | None:
    """Return the version to which a person asked for changes, where a newer one came of it.

    None where they signed since, or where the newest version is still the one they sent back.
    """
    decisions = SignOff.objects.filter(revision__entry=entry.pk, by=user).order_by("-pk")
    last = decisions.select_related("revision__payload").first()
    if last is None or last.decision != SignOff.Decisions.CHANGES:
        return None
    return None if last.revision_id == entry.head_id else last.revision


def _everything(shown: list[ShownText]):
    return (passage for text in shown for field in text.fields for passage in field.passages)


def _request(context: Context) -> ReviewRequest | None:
    asked = ReviewRequest.objects.filter(entry=context.entry.pk, closed_at=None)
    return asked.select_related("by", "reviewer", "group").first()


def _comments(texts: list[Text], user) -> tuple[dict[int, dict], list[ShownComment]]:
    """Return the comments by entry and passage, and the open ones on text that has changed."""
    writes = {t.entry.pk: permissions.may(user, "write", t.kind) for t in texts}
    there = {t.entry.pk: {p.digest for p in t.passages} for t in texts}
    by_entry: dict[int, dict[str, list[ShownComment]]] = defaultdict(lambda: defaultdict(list))
    lost = []
    rows = Comment.objects.filter(entry__in=list(writes)).select_related("by", "resolved_by")
    for comment in rows.order_by("pk"):
        may_write = writes[comment.entry_id]
        kept = comment.passage in there[comment.entry_id]
        shown = ShownComment(
            comment,
            may_resolve=may_write or comment.by_id == user.pk,
            may_accept=may_write and kept and bool(comment.suggestion),
        )
        if kept:
            by_entry[comment.entry_id][comment.passage].append(shown)
        elif comment.resolved_at is None:
            lost.append(shown)
    return by_entry, lost


def _changes(texts: list[Text]) -> list[Changes]:
    """Return what changed since each text that is signed was last signed."""
    signed = [text for text in texts if text.signed]
    last: dict[int, SignOff] = {}
    entries = [text.entry.pk for text in signed]
    rows = SignOff.objects.standing_approvals().filter(revision__entry__in=entries)
    newest = {}
    for pk, entry in rows.order_by("pk").values_list("pk", "revision__entry"):
        newest[entry] = pk
    for row in rows.filter(pk__in=newest.values()).select_related("revision__payload"):
        last[row.revision.entry_id] = row
    return [_since_sign_off(text, last.get(text.entry.pk)) for text in signed]


def _since_sign_off(text: Text, sign_off: SignOff | None) -> Changes:
    before = sign_off.revision if sign_off else None
    return Changes(text, before, sign_off, _differences(text, before))


def _since(text: Text, opened: Revision | None) -> list:
    return _differences(text, opened)


def _differences(text: Text, before: Revision | None) -> list:
    if before is None or before.digest == text.revision.digest or before.payload.text is None:
        return []
    old = documents.load_payload(text.kind.document, before.payload.text)[0]
    return changed_fields(old, text.document)
