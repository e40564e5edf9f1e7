"""Two hundred pages from Word, sent as they are: no word lost, no limit met."""

import re

import pytest
from django.urls import reverse

from publishing import kinds
from publishing.richtext import to_text
from tests import factories
from tests.forms import form_data, texts
from tests.word_document import document, words_of


@pytest.fixture(scope="module")
def word() -> str:
    return document()


@pytest.mark.one_engine
def test_two_hundred_pages_from_word_are_saved_with_every_word(client, editor, clock, word):
    entry = factories.saved(factories.article_document(editor), editor, clock).entry
    client.force_login(editor)
    address = reverse("admin:articles_article_change", args=[entry.pk])
    data = form_data(client.get(address).content.decode())

    response = client.post(address, {**data, "body": word, "_save": "Save"})

    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    opened = client.get(address)
    assert opened.status_code == 200
    body = kinds.draft_of(entry).body
    said = set(re.findall(r"\w+", to_text(body)))
    assert [w for w in words_of() if w not in said] == []
    assert not re.search(r"mso|style=|file:|<o:|<v:|\[if|class=|<!--", body)


def test_two_hundred_pages_have_a_preview(client, editor, clock, word, disclaimer):
    entry = factories.saved(factories.article_document(editor), editor, clock).entry
    client.force_login(editor)
    change = reverse("admin:articles_article_change", args=[entry.pk])
    data = form_data(client.get(change).content.decode())
    address = reverse("admin:articles_article_preview_typed", args=[entry.pk])
    response = client.post(address, {**data, "body": word})
    assert response.status_code == 200
    assert "right200" in response.content.decode()


@pytest.mark.one_engine
def test_two_hundred_pages_pasted_into_the_import_are_reported(client, editor, word):
    client.force_login(editor)
    data = {"text": word, "format": "html"}
    response = client.post(reverse("admin:articles_article_import"), data)
    assert response.status_code == 200
    assert "200 headings, 400 list items" in response.content.decode()
