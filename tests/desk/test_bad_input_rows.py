"""Rows that other people replaced, removed or added to while a form was open; tampered counts."""

import pytest
from django.test import Client
from django.urls import reverse

from publishing import kinds, verbs
from publishing.models import Entry, Revision
from tests import factories
from tests.forms import form_data, texts


def change_url(entry: Entry) -> str:
    meta = kinds.of(entry).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])


def said(entry: Entry):
    kind = kinds.of(entry)
    return kind.to_document(kind.model.objects.get(pk=entry.pk))


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def article(editor, clock) -> Entry:
    question = factories.saved(factories.question_document(editor), editor, clock).entry
    document = factories.article_document(editor, questions=[question.uid])
    return factories.saved(document, editor, clock).entry


def rewritten(entry: Entry, editor, clock, **fields) -> None:
    """Write the rows anew under other keys, as restoring and taking a suggestion over do."""
    document = said(entry)
    kinds.of(entry).apply(document.model_copy(update=fields), kinds.draft_of(entry))
    verbs.save_revision(kinds.draft_of(entry), by=editor, clock=clock)


def saved_over(desk, entry: Entry, data: dict):
    """Save, be told of the newer version, and save one's own text as the newest."""
    refused = desk.post(change_url(entry), {**data, "_save": "Save"})
    page = refused.content.decode()
    assert "Not saved over. Eddie saved at" in page
    again = form_data(page)
    head = Entry.objects.select_related("head").get(pk=entry.pk).head
    return desk.post(change_url(entry), {**again, "_save_over": head.number})


def test_my_rows_are_saved_over_rows_that_were_written_anew(desk, article, editor, clock):
    before = said(article)
    data = form_data(desk.get(change_url(article)).content.decode())
    rewritten(article, editor, clock, lead="Theirs.")

    response = saved_over(desk, article, {**data, "key_points-0-text": "My words [@smith2020]."})

    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    after = said(article)
    assert [p.text for p in after.key_points] == [
        "My words [@smith2020].",
        *[p.text for p in before.key_points[1:]],
    ]
    for name in ("questions", "authors", "get_help", "lead"):
        assert getattr(after, name) == getattr(before, name)


def test_a_row_that_somebody_removed_is_kept_as_i_have_it(desk, article, editor, clock):
    before = said(article)
    data = form_data(desk.get(change_url(article)).content.decode())
    theirs = form_data(desk.get(change_url(article)).content.decode())
    desk.post(change_url(article), {**theirs, "key_points-1-DELETE": "on", "_save": "Save"})
    assert len(said(article).key_points) == 2

    response = saved_over(desk, article, {**data, "lead": "Mine."})

    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    after = said(article)
    assert [p.text for p in after.key_points] == [p.text for p in before.key_points]
    assert after.lead == "Mine."


def test_a_row_that_somebody_added_is_not_in_my_version(desk, article, editor, clock):
    before = said(article)
    data = form_data(desk.get(change_url(article)).content.decode())
    point = before.key_points[0].model_copy(update={"text": "Theirs [@smith2020]."})
    rewritten(article, editor, clock, key_points=(*before.key_points, point))

    response = saved_over(desk, article, {**data, "lead": "Mine."})

    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    assert said(article).key_points == before.key_points
    assert said(article).lead == "Mine."


def test_rows_written_anew_without_a_new_version_take_what_is_typed(desk, article, editor, clock):
    data = form_data(desk.get(change_url(article)).content.decode())
    rewritten(article, editor, clock)
    assert Revision.objects.filter(entry=article.pk).count() == 1
    data |= {"key_points-2-text": "Ask a nurse.", "get_help-0-DELETE": "on", "_save": "Save"}
    response = desk.post(change_url(article), data)
    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    assert said(article).key_points[2].text == "Ask a nurse."
    assert said(article).get_help == ()


@pytest.mark.parametrize("page", ["change", "preview_typed"])
@pytest.mark.parametrize("count", ["99999", "9" * 30, "-1", "many", None])
def test_a_count_of_rows_that_is_none_saves_nothing_and_makes_no_rows(desk, article, page, count):
    data = form_data(desk.get(change_url(article)).content.decode()) | {"lead": "Mine."}
    data.pop("citations-TOTAL_FORMS")
    if count is not None:
        data["citations-TOTAL_FORMS"] = count
    address = reverse(f"admin:articles_article_{page}", args=[article.pk])
    response = desk.post(address, {**data, "_save": "Save"})
    assert len(response.content) < 1_000_000
    assert response.status_code in (200, 302)
    if count is None or not count.strip("-").isdecimal():
        assert "These rows did not arrive whole." in response.content.decode()
        assert said(article).lead == "Muscles need magnesium."
