"""Share links: one version, for somebody without an account, until it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, share_links, verbs
from publishing.models import Entry, ShareLink, Site
from publishing.refusals import NotAllowed, Refused
from tests import factories
from tests.desk.test_actions import url
from tests.forms import form_data, texts

WORDS = "Muscles need magnesium."


@pytest.fixture
def article(editor, clock, disclaimer):
    clock.at = datetime.now(UTC) - timedelta(days=2)
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(
        editor,
        questions=[question.entry.uid],
        body='<p>See <a href="/faq/unseen/">another</a> and <a href="/faq/">all</a>.</p>',
    )
    revision = factories.saved(document, editor, clock)
    return Entry.objects.select_related("head__payload").get(pk=revision.entry_id)


@pytest.fixture
def link(article, editor) -> ShareLink:
    return share_links.share(article.head, by=editor, days=7)


def address(link: ShareLink) -> str:
    return reverse("share", args=[share_links.token(link)])


def aged(link: ShareLink, **ago) -> None:
    ShareLink.objects.filter(pk=link.pk).update(until=datetime.now(UTC) - timedelta(**ago))


def test_it_opens_the_version_for_somebody_without_an_account(client, link):
    response = client.get(address(link))

    page = response.content.decode()
    assert response.status_code == 200
    assert WORDS in page
    banner = texts(page, ".notice")[0]
    assert banner.startswith("Draft, not published. Version 1 (")
    assert "shared by Eddie until" in banner
    assert BeautifulSoup(page, "html.parser").select_one("meta[name=robots][content^=noindex]")
    assert response["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_it_is_bound_to_the_version_and_its_answers_as_they_stood(client, link, article, editor):
    newer = factories.article_document(editor, lead="A newer lead.")
    factories.saved(newer, editor, clocks.now, kinds.draft_of(article))
    question = Entry.objects.get(kind="question")
    changed = factories.question_document(editor, answer="<p>A newer answer.</p>")
    factories.saved(changed, editor, clocks.now, kinds.draft_of(question))

    page = client.get(address(link)).content.decode()

    assert WORDS in page
    assert "It may, for some people" in page
    assert "A newer" not in page


def test_no_link_leads_to_another_draft(client, link):
    page = BeautifulSoup(client.get(address(link)).content, "html.parser")
    leads = {a["href"] for a in page.select("a[href]")}
    assert not {h for h in leads if h.startswith(("/faq/does", "/faq/unseen", "/articles/m"))}
    assert not {h for h in leads if h.startswith("/admin")}
    assert "/faq/" in leads
    assert "another" in page.get_text()
    assert not page.select("link[rel=canonical]")


def test_no_link_leads_to_a_draft_in_another_language(client, article, editor, clock):
    Site.objects.update(languages=["en", "es"])
    document = factories.article_document(
        editor,
        "enlaces",
        language="es",
        body='<p><a href="/es/faq/unseen/">Otro</a>, <a href="/es/faq/">todo</a>.</p>',
    )
    revision = factories.saved(document, editor, clock)
    link = share_links.share(revision, by=editor, days=7)

    page = BeautifulSoup(client.get(address(link)).content, "html.parser")

    leads = {a["href"] for a in page.select("main a[href]")}
    assert "/es/faq/" in leads
    assert "/es/faq/unseen/" not in leads


def test_an_expired_link_says_whom_to_ask_and_no_word_of_the_text(client, link):
    aged(link, seconds=1)
    response = client.get(address(link))
    page = response.content.decode()
    assert response.status_code == 410
    assert "This link has expired. Ask Eddie for a new one." in page
    assert "magnesium" not in page.lower()
    assert "no-store" in response["Cache-Control"]


def test_a_link_that_was_taken_back(client, link, editor):
    share_links.revoke(link, by=editor)
    response = client.get(address(link))
    assert response.status_code == 410
    assert "This link was taken back, so it opens nothing. Ask Eddie" in response.content.decode()
    assert "magnesium" not in response.content.decode().lower()


@pytest.mark.parametrize("where", [0, 5, 31, 32, 40, -1])
def test_one_changed_character_opens_nothing(client, link, where):
    token = share_links.token(link)
    changed = list(token)
    changed[where] = "b" if changed[where] != "b" else "c"
    response = client.get(reverse("share", args=["".join(changed)]))
    assert response.status_code == 404
    assert "copy the whole link again" in response.content.decode()
    assert "magnesium" not in response.content.decode().lower()


@pytest.mark.parametrize("token", ["x", "..", "%00", "a.b", "ß", "0" * 3000])
def test_an_address_of_ones_own_making_opens_nothing(client, db, token):
    assert client.get(f"/share/{token}/").status_code == 404


def test_a_text_that_was_removed_is_gone_with_its_links(client, link, article):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_revisionpayload SET text = NULL WHERE revision_id = %s",
            [article.head_id],
        )
    response = client.get(address(link))
    assert response.status_code == 410
    assert "was removed for good" in response.content.decode()
    article.head.payload.refresh_from_db()
    with pytest.raises(Refused, match="removed for good"):
        share_links.share(article.head, by=link.by, days=1)


def test_after_publication_the_banner_no_longer_calls_it_a_draft(
    client, link, article, reviewer, publisher
):
    question = Entry.objects.get(kind="question").head
    texts_ = [article.head, question]
    verbs.sign_off(texts_, by=reviewer, ticked=factories.EVERY_TICK)
    verbs.publish(texts_, by=publisher)
    page = client.get(address(link)).content.decode()
    assert "It has been published since" in texts(page, ".notice")[0]
    assert "Draft, not published" not in page
    assert 'href="/articles/magnesium-and-muscles/"' in page


def test_only_reading_is_answered(client, link):
    assert client.post(address(link)).status_code == 405


def test_it_is_made_and_taken_back_on_the_desk(client, article, reviewer):
    client.force_login(reviewer)
    page_url = url(article, "share", 1)
    form = form_data(client.get(page_url).content.decode())

    made = client.post(page_url, {**form, "days": "30", "note": "Ada"}, follow=True)

    link = ShareLink.objects.get()
    assert (link.by, link.note) == (reviewer, "Ada")
    assert link.until - link.at == timedelta(days=30)
    shown = BeautifulSoup(made.content, "html.parser").select_one(".desk-address")["value"]
    assert shown == f"http://testserver{address(link)}"

    client.post(page_url, {"revoke": str(link.uid)})
    client.logout()
    assert client.get(address(link)).status_code == 410


def test_a_time_that_is_not_offered_is_refused(client, article, editor):
    client.force_login(editor)
    page = client.post(url(article, "share", 1), {"days": "365"}).content.decode()
    assert texts(page, ".errorlist")
    assert not ShareLink.objects.exists()
    with pytest.raises(Refused, match="from the list"):
        share_links.share(article.head, by=editor, days=365)


def test_who_has_no_role_in_the_text_makes_none(client, article, link):
    dirk = factories.person("dan", kinds.DISCLAIMER_REVIEWERS)
    with pytest.raises(NotAllowed):
        share_links.share(article.head, by=dirk, days=1)
    with pytest.raises(NotAllowed):
        share_links.revoke(link, by=dirk)
    client.force_login(dirk)
    assert client.get(url(article, "share", 1)).status_code == 403


def test_a_link_of_another_entry_is_not_taken_back_here(client, article, link, editor, clock):
    other = factories.saved(factories.article_document(editor, "iron"), editor, clock)
    client.force_login(editor)
    response = client.post(url(other.entry, "share", 1), {"revoke": str(link.uid)})
    assert response.status_code == 404
    assert client.post(url(other.entry, "share", 1), {"revoke": "nonsense"}).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None
