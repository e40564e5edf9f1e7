"""The change page: every kind can be written, untouched saves make nothing, nothing is lost."""

import pytest
from django.urls import reverse

from publishing.models import Revision
from tests import factories
from tests.forms import form_data, texts

KINDS = {
    "articles_article": factories.article_document,
    "faq_question": factories.question_document,
    "supplements_supplement": factories.supplement_document,
}


def change_url(entry) -> str:
    meta = entry._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[entry.pk])


def saved_entry(document, editor, clock):
    from publishing import kinds

    return kinds.draft_of(factories.saved(document, editor, clock).entry)


@pytest.mark.parametrize("name", KINDS)
def test_untouched_save_makes_no_revision(name, client, editor, clock):
    entry = saved_entry(KINDS[name](editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    response = client.post(change_url(entry), {**form_data(page), "_save": "Save"})

    assert response.status_code == 302, texts(response.content.decode(), ".errorlist")
    assert Revision.objects.filter(entry=entry.pk).count() == 1


def test_a_save_makes_a_revision_and_says_so(client, editor, clock):
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    client.post(change_url(entry), {**form_data(page), "lead": "Another lead.", "_save": "Save"})

    assert Revision.objects.filter(entry=entry.pk).count() == 2
    entry.refresh_from_db()
    assert entry.lead == "Another lead."


def test_saving_over_somebody_else_is_refused_and_keeps_what_was_typed(client, editor, clock):
    other = factories.editor("olga")
    entry = saved_entry(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()
    entry.lead = "Olga's lead."
    factories.verbs.save_revision(_touch(entry), by=other, clock=clock)

    typed = {**form_data(page), "lead": "My lead.", "_save": "Save"}
    response = client.post(change_url(entry), typed)

    html = response.content.decode()
    assert response.status_code == 200
    assert "Not saved over. Olga saved at" in html
    assert "My lead." in texts(html, "#id_lead")
    assert "Olga's lead." in " ".join(texts(html, ".desk-compare td"))
    assert Revision.objects.filter(entry=entry.pk).count() == 2

    over = {**typed, "_save_over": "2"}
    assert client.post(change_url(entry), over).status_code == 302
    entry.refresh_from_db()
    assert entry.lead == "My lead."
    assert Revision.objects.filter(entry=entry.pk).count() == 3


def _touch(entry):
    entry.save()
    return entry


def test_a_taken_address_is_a_form_error(client, editor, clock):
    saved_entry(factories.question_document(editor), editor, clock)
    entry = saved_entry(factories.question_document(editor, "is-it-safe"), editor, clock)
    client.force_login(editor)
    page = client.get(change_url(entry)).content.decode()

    response = client.post(change_url(entry), {**form_data(page), "slug": "does-it-help"})

    assert "Another entry of this kind already has this address" in response.content.decode()


@pytest.mark.parametrize("name", [*KINDS, "articles_staticpage", "publishing_disclaimer"])
def test_the_add_page_opens(name, client, editor):
    client.force_login(editor)
    assert client.get(reverse(f"admin:{name}_add")).status_code == 200
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
