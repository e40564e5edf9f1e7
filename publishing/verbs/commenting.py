"""Comments on passages, and what was read. Workflow rows: no verb here touches the ledger but
through ``save_revision``, when an editor takes a suggested wording over."""

import html
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from publishing import clock as clocks
from publishing import documents, kinds, languages, passages, permissions
from publishing.documents import EntryDocument
from publishing.locks import lock
from publishing.models import Comment, Entry, Revision, Tick
from publishing.passages import Passage
from publishing.refusals import NotAllowed, Refused
from publishing.verbs.revisions import save_revision

PLACE_LENGTH = 120


def may_comment(user, entry: Entry) -> bool:
    """Say whether a person reviews or writes this kind: both may comment on it."""
    kind = kinds.of(entry)
    return permissions.may(user, "sign", kind) or permissions.may(user, "write", kind)


def may_resolve(user, comment: Comment) -> bool:
    """Say whether a person may close a comment: who writes this kind, and who wrote it."""
    return comment.by_id == user.pk or permissions.may(user, "write", kinds.of(comment.entry))


def document_of(revision: Revision) -> EntryDocument:
    """Return what a revision says. Raises Refused where its text was removed for good."""
    text = revision.payload.text
    if text is None:
        raise Refused(_("The text of this version was removed for good."))
    return documents.load_payload(kinds.of(revision.entry).document, text)[0]


@transaction.atomic
def comment(
    revision: Revision,
    *,
    by,
    passage: str,
    text: str,
    suggestion: str = "",
    clock=clocks.now,
) -> Comment:
    """Keep a remark on one passage of a revision, perhaps with a wording to take over.

    ``passage`` is its digest. The very same remark sent twice is kept once. Raises NotAllowed,
    and Refused where nothing was written or the revision has no such passage.
    """
    entry = lock([revision.entry])[revision.entry_id]
    if not may_comment(by, entry):
        raise NotAllowed(_("Not kept. Only those who write or review this can comment on it."))
    found = _passage(revision, passage)
    text, suggestion = documents.normalise_text(text), documents.normalise_text(suggestion)
    if suggestion == documents.normalise_text(found.words):
        suggestion = ""
    if not text and not suggestion:
        raise Refused(_("Not kept. Write what should change, or a wording to put in its place."))
    same = Comment.objects.filter(
        entry=entry.pk, passage=passage, by=by, text=text, suggestion=suggestion, resolved_at=None
    )
    return same.first() or Comment.objects.create(
        entry=entry,
        revision=revision,
        passage=passage,
        place=found.field[:PLACE_LENGTH],
        quote=found.words,
        text=text,
        suggestion=suggestion,
        by=by,
        at=clock(),
    )


def _passage(revision: Revision, digest: str) -> Passage:
    """Return a passage of a revision by its digest. Raises Refused where it has none such."""
    found = passages.find(document_of(revision), digest)
    if found is None:
        raise Refused(
            _("Not kept. Version %(number)s has no such passage. Open the page again.")
            % {"number": revision.number}
        )
    return found


@transaction.atomic
def resolve_comment(comment: Comment, *, by, clock=clocks.now) -> Comment:
    """Close a comment; one that is closed already stays as it is. Raises NotAllowed."""
    lock([comment.entry])
    comment = Comment.objects.select_related("entry").get(pk=comment.pk)
    if not may_resolve(by, comment):
        raise NotAllowed(_("Not closed. Only its writer and the editors can close a comment."))
    if comment.resolved_at is None:
        comment.resolved_by, comment.resolved_at = by, clock()
        comment.save(update_fields=["resolved_by", "resolved_at"])
    return comment


@transaction.atomic
def accept_suggestion(comment: Comment, *, by, clock=clocks.now) -> Revision:
    """Put a suggested wording into the draft and save it as the editor's own writing.

    Returns the new revision; a suggestion that was taken over already returns the head. Raises
    NotAllowed without the right to write, and Refused, saying what to do by hand, where the
    passage has changed since or its words don't stand exactly once in their field.
    """
    entry = lock([comment.entry])[comment.entry_id]
    comment = Comment.objects.select_related("entry").get(pk=comment.pk)
    kind = kinds.of(entry)
    permissions.require(by, "write", kind)
    if comment.accepted:
        return entry.head
    if comment.resolved_at is not None or not comment.suggestion:
        raise Refused(_("Not taken over. This comment is closed, or suggests no wording."))
    draft = kind.model.objects.get(pk=entry.pk)
    document = with_suggestion(kind.to_document(draft), comment)
    try:
        with transaction.atomic():
            kind.apply(document, draft)
    except IntegrityError as error:
        raise Refused(_by_hand()) from error
    if kind.to_document(kind.model.objects.get(pk=entry.pk)) != document:
        raise Refused(_by_hand())
    with languages.in_default():
        reason = _("Took over the wording that %(name)s suggested") % {
            "name": permissions.person_name(comment.by)
        }
    revision = save_revision(draft, by=by, reason=reason[:300], clock=clock)
    comment.accepted, comment.resolved_by, comment.resolved_at = True, by, revision.at
    comment.save(update_fields=["accepted", "resolved_by", "resolved_at"])
    return revision


def with_suggestion(document: EntryDocument, comment: Comment) -> EntryDocument:
    """Return a Document with the suggested words in place of the passage's. Raises Refused."""
    found = passages.find(document, comment.passage)
    if found is None:
        raise Refused(
            _("Not taken over. The passage has changed since. Change it by hand, then resolve.")
        )
    name, _dot, rest = found.field.partition(".")
    value = getattr(document, name)
    if not rest:
        return _replaced(document, {name: _swap(value, found, comment.suggestion)})
    number, _dot, column = rest.partition(".")
    if not column:
        raise Refused(_by_hand())
    rows = [row.model_dump() for row in value]
    row = rows[int(number) - 1]
    row[column] = _swap(row[column], found, comment.suggestion)
    return _replaced(document, {name: rows})


def _replaced(document: EntryDocument, changes: dict) -> EntryDocument:
    return documents.replaced(document, **changes)


def _swap(value: str, passage: Passage, suggestion: str) -> str:
    """Replace the passage's words in its field, where they stand there exactly once."""
    words = passage.words
    if passage.html or passage.cells:
        words, suggestion = (html.escape(t, quote=False) for t in (words, suggestion))
        suggestion = suggestion.replace("\n", "<br>")
    if value.count(words) != 1:
        raise Refused(_by_hand())
    return value.replace(words, suggestion)


def _by_hand() -> str:
    return _(
        "Not taken over. The words stand more than once, or with links or bold words among them. "
        "Copy the suggestion, change the text by hand, save it, then resolve the comment."
    )


@transaction.atomic
def tick(entry: Entry, *, by, digests: Iterable[str], read: bool = True, clock=clocks.now) -> int:
    """Remember passages as read by a person, or forget them; return how many were asked for.

    Raises NotAllowed where the person neither reviews nor writes this kind.
    """
    if not may_comment(by, entry):
        raise NotAllowed(_("Not kept. Only those who write or review this can tick it off."))
    digests = list(dict.fromkeys(digests))
    if not read:
        Tick.objects.filter(entry=entry.pk, by=by, passage__in=digests).delete()
        return len(digests)
    at = clock()
    Tick.objects.bulk_create(
        [Tick(entry_id=entry.pk, by=by, passage=digest, at=at) for digest in digests],
        ignore_conflicts=True,
    )
    return len(digests)
