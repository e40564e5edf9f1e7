"""What Django's own pages say, in our words: lists, addresses, deleting, accounts."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds
from publishing.models import Topic
from tests import factories
from tests.forms import form_data, texts

ARTICLES = "admin:articles_article_changelist"


@pytest.fixture
def desk(client, admin):
    """The browser of an administrator."""
    client.force_login(admin)
    return client


@pytest.fixture
def admin(db):
    """An administrator."""
    return get_user_model().objects.create_superuser("ada", "ada@example.org", "a long password")


def said(response) -> list[str]:
    return texts(response.content.decode(), ".messagelist li")


def test_an_action_without_lines_or_name_says_so(client, editor, clock):
    factories.saved(factories.article_document(editor), editor, clock)
    client.force_login(editor)
    for action, told in (
        ("bulk_request_review", "Nothing was done. Tick the lines that you mean, then press Go."),
        ("", "Nothing was done. Choose what to do, then press Go."),
    ):
        answer = client.post(reverse(ARTICLES), {"action": action, "index": "0"}, follow=True)
        assert said(answer) == [told]


def test_an_address_of_nothing_says_so(client, editor):
    client.force_login(editor)
    answer = client.get(reverse("admin:articles_article_change", args=[4711]), follow=True)
    assert said(answer) == ["Article 4711 was never made. Look for it in its list."]


def test_a_topic_in_use_is_kept_for_a_true_reason(desk, editor, clock):
    topic = factories.topic("zinc")
    document = factories.article_document(editor, topics=[topic.uid])
    factories.saved(document, editor, clock)
    data = {"action": "delete_selected", "_selected_action": [topic.pk]}
    html = desk.post(reverse("admin:publishing_topic_changelist"), data).content.decode()
    assert texts(html, "h1") == ["Not deleted"]
    assert texts(html, "#content-main li") == [
        "“Zinc”: 1 text is about it. Give it another topic first."
    ]
    assert "permission" not in html
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_another_interval_says_which_reviews_become_overdue(desk, editor, reviewer, publisher):
    clock = factories.Clock(clocks.now() - timedelta(days=70))
    factories.fund_site()
    factories.live_disclaimer(clock)
    topic = factories.topic("zinc")
    document = factories.article_document(editor, topics=[topic.uid])
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    factories.published(document, **people)
    address = reverse("admin:publishing_topic_change", args=[topic.pk])
    page = desk.get(address).content.decode()
    (hint,) = (words for words in texts(page, ".desk-hint") if "live or scheduled" in words)
    assert hint == (
        "1 live or scheduled page uses this. "
        "Its name and its review interval hold for them as soon as you save."
    )
    data = {**form_data(page), "review_interval_months": "1"}
    answer = desk.post(address, data, follow=True)
    assert any(
        "the review of 1 live page on “Zinc” is overdue (before: 0)." in words
        for words in said(answer)
    )


def test_an_account_shows_what_the_desk_needs(desk, editor, clock):
    factories.saved(factories.article_document(editor), editor, clock)
    page = desk.get(reverse("admin:auth_user_change", args=[editor.pk])).content.decode()
    assert not texts(page, "#id_user_permissions")
    assert "pbkdf2" not in page
    assert reverse("admin:setup_person", args=[editor.pk]) in page
    person = editor.contributor.pk
    assert reverse("admin:publishing_contributor_change", args=[person]) in page
    delete = reverse("admin:auth_user_delete", args=[editor.pk])
    assert delete not in page
    spare = get_user_model().objects.create_user("spare")
    spare_page = desk.get(reverse("admin:auth_user_change", args=[spare.pk])).content.decode()
    assert reverse("admin:auth_user_delete", args=[spare.pk]) in spare_page
    data = {**form_data(page), "groups": [g.pk for g in editor.groups.all()], "email": "e@e.org"}
    assert desk.post(reverse("admin:auth_user_change", args=[editor.pk]), data).status_code == 302
    editor.refresh_from_db()
    assert editor.email == "e@e.org"
    assert editor.groups.filter(name=kinds.EDITORS).exists()
