"""Invariant 10: one allow-list decides which HTML exists, on every way in."""

import pytest

from publishing import documents, kinds, verbs
from publishing.models import RevisionPayload

EVIL = (
    '<h2 onclick="x()">Safe</h2><script>steal()</script><p style="color:red">words'
    '<img src="javascript:x()" onerror="x()"></p><iframe src="https://bad.test"></iframe>'
    '<p><a href="javascript:steal()">a link</a></p>'
)
HTML_FIELDS = [
    (kind.name, field)
    for kind in kinds.every()
    for field in ("body", "answer", "ask_first")
    if field in kind.document.model_fields
]
BY_FIELD = pytest.mark.parametrize(("kind", "field"), HTML_FIELDS)


def harmless(html: str) -> bool:
    return "Safe" in html and not any(
        word in html for word in ("script", "onclick", "onerror", "style=", "iframe", "steal")
    )


@BY_FIELD
def test_a_document_holds_only_html_of_the_list(kind, field):
    """The way of importers, the API and restoring: everything becomes a Document first."""
    document = kinds.get(kind).document.model_validate({"slug": "x", field: EVIL})

    assert harmless(getattr(document, field))


@BY_FIELD
def test_rows_written_past_every_form_are_cleaned_when_they_are_saved(desk, kind, field):
    entry = kinds.get(kind).model(slug="x")
    if kind == "disclaimer":
        entry.scope, entry.scope_kind = "kind", "article"
    entry.save()
    type(entry).objects.filter(pk=entry.pk).update(**{field: EVIL})
    revision = verbs.save_revision(entry, by=desk.editor, clock=desk.clock)

    text = RevisionPayload.objects.get(pk=revision.pk).text
    document = documents.load_payload(kinds.get(kind).document, text)[0]
    assert harmless(getattr(document, field))
    assert "steal" not in text


def test_a_stored_text_is_cleaned_again_when_it_is_read():
    """What an older, laxer list let through does not reach a page."""
    text = documents.canonical({"document": {"slug": "x", "body": EVIL}, "sources": {}})

    document = documents.load_payload(kinds.get("article").document, text)[0]

    assert harmless(document.body)
