"""The draft rows that any kind may have: read into the parts of a Document, and written back."""

from collections.abc import Iterable
from typing import Any

from publishing.documents import EntryDocument, PageDocument, SourcedDocument
from publishing.models import (
    Authorship,
    Contributor,
    Entry,
    GetHelp,
    Guess,
    KeyPoint,
    Revision,
    Topic,
)

KEY_POINT_FIELDS = (
    "label",
    "text",
    "kind",
    "certainty",
    "certainty_reason",
    "study_design",
    "graded_by",
    "editorial",
)
GET_HELP_FIELDS = ("level", "contact", "signs")
GUESS_FIELDS = ("field", "heading", "message")


def rows_data(rows: Iterable[Any], fields: Iterable[str]) -> list[dict[str, Any]]:
    """Return the named fields of model rows as dictionaries, in order."""
    return [{name: getattr(row, name) for name in fields} for row in rows]


def replace_rows(model, parent_field: str, parent, rows: Iterable[dict[str, Any]]) -> None:
    """Replace all rows of a parent by new ones, numbered by their place."""
    model.objects.filter(**{parent_field: parent}).delete()
    model.objects.bulk_create(
        model(**{parent_field: parent}, position=place, **row) for place, row in enumerate(rows, 1)
    )


def read_common(entry: Entry) -> dict[str, Any]:
    """Return the fields of EntryDocument from an entry's rows."""
    return {
        "slug": entry.slug,
        "language": entry.language,
        "change_kind": entry.change_kind,
        "change_note": entry.change_note,
        "guesses": rows_data(entry.guesses.all(), GUESS_FIELDS),
        "original": _original(entry.translated_from) if entry.translated_from_id else None,
    }


def _original(revision: Revision) -> dict[str, Any]:
    return {"uid": revision.entry.uid, "number": revision.number, "digest": revision.digest}


def read_sourced(entry: Entry) -> dict[str, Any]:
    """Return the fields of SourcedDocument but the references, which floor 1 reads."""
    return {
        **read_common(entry),
        "topics": [topic.uid for topic in entry.topics.all()],
        "authors": [
            {"contributor": row.contributor.uid, "role": row.role}
            for row in entry.authorships.select_related("contributor")
        ],
    }


def read_page(entry: Entry) -> dict[str, Any]:
    """Return the fields of PageDocument but the quick summary; ``entry`` is the kind's own row."""
    return {
        **read_sourced(entry),
        "other_names": entry.other_names.splitlines(),
        "key_points": rows_data(entry.key_points.all(), KEY_POINT_FIELDS),
        "get_help": rows_data(entry.get_help.all(), GET_HELP_FIELDS),
    }


def write_common(document: EntryDocument, entry: Entry) -> None:
    """Save the entry with the fields of EntryDocument, and its rows."""
    for name in ("slug", "language", "change_kind", "change_note"):
        setattr(entry, name, getattr(document, name))
    made_from = document.original
    entry.translated_from = made_from and (
        Revision.objects.filter(
            entry__uid=made_from.uid, number=made_from.number, digest=made_from.digest
        ).first()
    )
    entry.save()
    parent = Entry(pk=entry.pk)
    replace_rows(Guess, "entry", parent, [guess.model_dump() for guess in document.guesses])


def write_sourced(document: SourcedDocument, entry: Entry) -> None:
    """Save the entry with the fields of SourcedDocument but the references."""
    write_common(document, entry)
    entry.topics.set(Topic.objects.filter(uid__in=document.topics))
    uids = [author.contributor for author in document.authors]
    people = {person.uid: person for person in Contributor.objects.filter(uid__in=uids)}
    replace_rows(
        Authorship,
        "entry",
        Entry(pk=entry.pk),
        [
            {"contributor": people[author.contributor], "role": author.role}
            for author in document.authors
            if author.contributor in people
        ],
    )


def write_page(document: PageDocument, entry: Entry) -> None:
    """Save the entry with the fields of PageDocument but the quick summary."""
    entry.other_names = "\n".join(document.other_names)
    write_sourced(document, entry)
    parent = Entry(pk=entry.pk)
    replace_rows(KeyPoint, "entry", parent, [point.model_dump() for point in document.key_points])
    replace_rows(GetHelp, "entry", parent, [text.model_dump() for text in document.get_help])
