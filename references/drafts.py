"""Writing the parts of a Document that hold references, above those of floor 0."""

from publishing import drafts
from publishing.documents import PageDocument, SourcedDocument
from publishing.models import Entry
from references.models import FurtherReference, Reference


def write_sourced(document: SourcedDocument, entry: Entry) -> None:
    """Save the entry with every field of SourcedDocument."""
    drafts.write_sourced(document, entry)
    _write_further(document, entry)


def write_page(document: PageDocument, entry: Entry) -> None:
    """Save the entry with every field of PageDocument but the quick summary."""
    drafts.write_page(document, entry)
    _write_further(document, entry)


def _write_further(document: SourcedDocument, entry: Entry) -> None:
    found = Reference.objects.in_bulk(document.further_references, field_name="key")
    drafts.replace_rows(
        FurtherReference,
        "entry",
        Entry(pk=entry.pk),
        [{"reference": found[key]} for key in document.further_references if key in found],
    )
