"""Copies of a disclaimer's sentences in other texts: they don't change when it does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import copies, kinds
from publishing.models import Entry
from tests import factories
from tests.forms import texts

SAID = "<p>This is general information. It can’t replace what your own doctor tells you.</p>"
COPY = "<h2>Note</h2><p>IT CAN’T REPLACE – what your <em>own</em> doctor tells you! Ask.</p>"
MIXED = "<h2>Note</h2><p>What your own doctor tells you, it can’t replace.</p>"


@pytest.fixture
def staff(db):
    """Somebody who writes disclaimers."""
    return factories.person("delia", kinds.DISCLAIMER_REVIEWERS)


@pytest.fixture
def notice(staff, clock):
    """A disclaimer's draft whose second sentence is long enough to be looked for."""
    document = factories.disclaimer_document("notice", body=SAID)
    return factories.saved(document, staff, clock).entry


def address(entry: Entry) -> str:
    return reverse("admin:publishing_disclaimer_also_found", args=[entry.pk])


def said(client, entry: Entry) -> str:
    return client.get(address(entry), {"number": ""}).json()["said"]


def test_a_copied_sentence_is_found_whatever_its_case_and_marks(client, notice, editor, clock):
    for slug, body in (
        ("copied", COPY),
        ("mixed", MIXED),
        ("short", "<p>General information.</p>"),
    ):
        document = factories.article_document(editor, slug, title=slug, body=body)
        factories.saved(document, editor, clock)
    client.force_login(editor)
    page = client.get(address(notice)).content.decode()
    assert texts(page, ".desk-where a") == ["copied"]
    assert texts(page, ".desk-where blockquote") == [
        "It can’t replace what your own doctor tells you."
    ]
    assert said(client, notice) == "Also found in the text of 1 page"


def test_a_copy_that_was_taken_out_is_found_no_more(client, notice, editor, clock):
    document = factories.article_document(editor, "page", quick_summary=SAID[3:-4])
    entry = factories.saved(document, editor, clock).entry
    client.force_login(editor)
    assert said(client, notice) == "Also found in the text of 1 page"
    clean = factories.article_document(editor, "page")
    factories.saved(clean, editor, clock, kinds.draft_of(entry))
    assert said(client, notice) == "Found in the text of no other page"


def test_copies_of_the_live_text_count_while_the_draft_says_something_else(
    client, disclaimer, editor, staff, clock
):
    copied = "General information; it can't replace advice from a doctor."
    factories.saved(factories.article_document(editor, quick_summary=copied), editor, clock)
    clock.forward(minutes=1)
    newer = factories.disclaimer_document(disclaimer.entry.slug, body=SAID)
    factories.saved(newer, staff, clock, kinds.draft_of(disclaimer.entry))
    client.force_login(editor)
    assert said(client, disclaimer.entry) == "Also found in the text of 1 page"


@pytest.mark.parametrize("length", [1, 20])
def test_looking_costs_the_same_for_few_and_many(length, client, notice, editor, clock):
    for number in range(length):
        document = factories.article_document(editor, f"page-{number}", body=COPY)
        factories.saved(document, editor, clock)
    client.force_login(editor)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(notice)).content.decode()
    assert len(texts(page, ".desk-where a")) == length
    assert len(queries) <= 10


def test_more_copies_than_a_person_reads_are_said_to_be_more(
    client, notice, editor, clock, monkeypatch
):
    monkeypatch.setattr(copies, "MOST", 2)
    for number in range(4):
        document = factories.article_document(editor, f"page-{number}", body=COPY)
        factories.saved(document, editor, clock)
    client.force_login(editor)
    assert said(client, notice) == "Also found in the text of more than 2 pages"
    assert len(texts(client.get(address(notice)).content.decode(), ".desk-where a")) == 2


def test_a_disclaimer_without_a_long_sentence_repeats_nowhere(client, editor, staff, clock):
    short = factories.disclaimer_document("short", body="<p>Ask your doctor.</p>")
    entry = factories.saved(short, staff, clock).entry
    document = factories.article_document(editor, quick_summary="Ask your doctor.")
    factories.saved(document, editor, clock)
    client.force_login(editor)
    assert said(client, entry) == "Found in the text of no other page"


def test_the_live_text_of_another_disclaimer_is_not_looked_for(
    client, disclaimer, editor, staff, clock
):
    scope = {"scope": "kind", "scope_kind": "article"}
    narrow = factories.disclaimer_document("narrow", body=SAID, **scope)
    entry = factories.saved(narrow, staff, clock).entry
    copied = "General information; it can't replace advice from a doctor."
    factories.saved(factories.article_document(editor, quick_summary=copied), editor, clock)
    client.force_login(editor)
    assert said(client, entry) == "Found in the text of no other page"
    assert said(client, disclaimer.entry) == "Also found in the text of 1 page"


def test_a_copy_with_a_citation_in_it_is_a_copy(client, notice, editor, clock):
    cited = COPY.replace("replace", "replace [@smith2020]")
    factories.saved(factories.article_document(editor, body=cited), editor, clock)
    client.force_login(editor)
    assert said(client, notice) == "Also found in the text of 1 page"


def test_a_disclaimer_of_many_sentences_is_looked_for(client, editor, staff, clock):
    many = "".join(f"<p>Sentence {n} is a long one of many words.</p>" for n in range(1200))
    entry = factories.saved(factories.disclaimer_document("many", body=many), staff, clock).entry
    for number in (3, 1100):
        copied = f"Sentence {number} is a long one of many words."
        document = factories.article_document(editor, f"page-{number}", quick_summary=copied)
        factories.saved(document, editor, clock)
    client.force_login(editor)
    assert said(client, entry) == "Also found in the text of 2 pages"
