"""The preview: what is typed, as readers would get it, and nothing of it is kept."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import kinds, share_links, verbs
from publishing.models import Change, Entry, Revision
from tests import factories
from tests.articles.imports import everything
from tests.desk.test_actions import url
from tests.forms import form_data, texts


@pytest.fixture
def article(editor, clock, disclaimer):
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    revision = factories.saved(document, editor, clock)
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def rows() -> dict:
    """Return every table but those in which the form itself says that it is open."""
    passing = {"django_session", "publishing_presence"}
    return {name: found for name, found in everything().items() if name not in passing}


def typed(client, article, **fields):
    """Send the change form, as it would be saved, to the preview."""
    page = client.get(url(article, "change")).content.decode()
    return client.post(url(article, "preview_typed"), {**form_data(page), **fields})


def prose(html: str) -> list[str]:
    return texts(html, "article > :not(.facts, .meta)")


def test_what_is_typed_is_shown_and_nothing_is_kept(client, article, editor):
    client.force_login(editor)
    client.get(url(article, "change"))
    before = rows()

    response = typed(client, article, lead="A lead that nobody saved.", title="Typed title")

    page = response.content.decode()
    assert response.status_code == 200
    assert texts(page, "h1") == ["Typed title"]
    assert "A lead that nobody saved." in page
    assert "Does does it help matter to muscles?" in page
    assert rows() == before


def test_it_is_the_page_that_readers_get_when_it_is_published(
    client, article, editor, reviewer, publisher, clock
):
    client.force_login(editor)
    preview = typed(client, article).content.decode()
    question = Entry.objects.get(kind="question").head
    verbs.sign_off([article.head, question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([article.head, question], by=publisher, clock=clock)
    client.logout()

    public = client.get("/articles/magnesium-and-muscles/").content.decode()

    assert prose(preview) == prose(public)
    assert head(preview) == head(public)


def head(html: str) -> list[str]:
    """Return the head's elements, but what only a public page says: to programs and other sites."""
    parts = BeautifulSoup(html, "html.parser").head.find_all(True, recursive=False)
    to_programs = "[property], [rel=alternate], [name='twitter:card'], [type='application/ld+json']"
    return [str(part) for part in parts if not part.css.match(to_programs)]


def test_a_signed_version_names_its_signer_as_the_public_page_does(
    client, article, editor, reviewer, publisher, clock
):
    client.force_login(editor)
    line = "article > .meta"
    assert texts(client.get(url(article, "preview", 1)).content.decode(), line) == [
        "1 min read · Not reviewed yet"
    ]
    question = Entry.objects.get(kind="question").head
    verbs.sign_off([article.head, question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([article.head, question], by=publisher, clock=clock)
    link = share_links.share(article.head, by=editor, days=7)

    public = client.get("/articles/magnesium-and-muscles/").content.decode()
    shared = client.get(reverse("share", args=[share_links.token(link)])).content.decode()
    saved = client.get(url(article, "preview", 1)).content.decode()

    assert "Medically reviewed by" in texts(public, line)[0]
    for page in (saved, shared, typed(client, article).content.decode()):
        assert texts(page, line) == texts(public, line)
    changed = typed(client, article, lead="Newer.").content.decode()
    assert texts(changed, line) == ["1 min read · Not reviewed yet"]


def test_rows_that_were_added_and_taken_out_are_shown_so(client, article, editor):
    client.force_login(editor)
    response = typed(
        client, article, **{"key_points-0-text": "A new first point.", "key_points-2-DELETE": "on"}
    )
    page = response.content.decode()
    assert "A new first point." in page
    assert "Ask a doctor." not in page


def test_only_our_own_pages_may_frame_it(client, article, editor):
    client.force_login(editor)
    response = typed(client, article)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"

    saved = client.get(url(article, "preview", 1))
    assert saved["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in saved["Content-Security-Policy"]
    assert "frame-src 'self'" in client.get(url(article, "change"))["Content-Security-Policy"]


def test_what_is_wrong_is_said_in_place_of_the_page(client, article, editor):
    client.force_login(editor)
    before = rows()
    response = typed(client, article, title="", **{"key_points-1-kind": "nonsense"})

    page = response.content.decode()
    assert texts(page, "h1") == ["No preview yet: there are 2 problems"]
    assert any(line.startswith("Title: ") for line in texts(page, "li"))
    assert any(line.startswith("Key point 2, ") for line in texts(page, "li"))
    assert "Everything you typed is still in the form." in page
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert rows() == before


def test_somebody_elses_save_does_not_hinder_a_look_at_ones_own_text(
    client, article, editor, clock
):
    client.force_login(editor)
    data = form_data(client.get(url(article, "change")).content.decode())
    olga = factories.editor("olga")
    draft = kinds.draft_of(article)
    draft.lead = "Olga's lead."
    draft.save()
    verbs.save_revision(draft, by=olga, clock=clock)

    response = client.post(url(article, "preview_typed"), {**data, "lead": "Mine."})

    assert "Mine." in response.content.decode()
    assert Revision.objects.filter(entry=article.pk).count() == 2


def test_a_page_that_was_never_saved_has_a_preview(client, editor, disclaimer):
    client.force_login(editor)
    add = "/admin/articles/article/add/"
    data = form_data(client.get(add).content.decode())
    before = rows()

    response = client.post(
        f"{add}preview/",
        {**data, "title": "Brand new", "slug": "brand-new", "body": "<p>Hello.</p>"},
    )

    page = response.content.decode()
    assert texts(page, "h1") == ["Brand new"]
    assert "Hello." in page
    assert rows() == before


@pytest.mark.parametrize("kind", ["question", "supplement", "disclaimer", "static"])
def test_every_kind_has_one(kind, client, editor, clock, disclaimer):
    if kind == "disclaimer":
        entry = disclaimer.entry
    else:
        made = {
            "question": lambda: factories.question_document(editor),
            "supplement": lambda: factories.supplement_document(editor),
            "static": factories.static_document,
        }[kind]()
        entry = factories.saved(made, editor, clock).entry
    client.force_login(editor)
    changes = Change.objects.count()
    response = typed(client, entry)
    assert response.status_code == 200
    assert texts(response.content.decode(), "h1")
    assert "No preview yet" not in response.content.decode()
    assert Change.objects.count() == changes


def test_who_may_not_write_may_not_preview_what_is_typed(client, article, reviewer, editor):
    client.force_login(editor)
    data = form_data(client.get(url(article, "change")).content.decode())
    client.force_login(reviewer)
    assert client.post(url(article, "preview_typed"), data).status_code == 403
    assert client.post("/admin/articles/article/add/preview/", data).status_code == 403
    client.logout()
    assert client.post(url(article, "preview_typed"), data).url.startswith("/admin/login/")


def test_opening_its_address_leads_to_the_form(client, article, editor):
    client.force_login(editor)
    assert client.get(url(article, "preview_typed")).url == url(article, "change")


def test_without_scripts_a_button_opens_it_in_a_new_tab(client, article, editor):
    client.force_login(editor)
    page = BeautifulSoup(client.get(url(article, "change")).content, "html.parser")
    button = page.select_one("form#article_form [data-preview]")
    assert (button["formaction"], button["formtarget"]) == (
        url(article, "preview_typed"), "_blank",
    )  # fmt: skip
    first = page.select_one("form#article_form [type=submit]")
    assert first["name"] == "_save"


def test_the_preview_of_a_saved_version_tells_nothing_that_readers_do_not_get(
    client, article, reviewer
):
    client.force_login(reviewer)
    response = client.get(url(article, "preview", 1))
    assert "As it stood" not in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert client.get(url(article, "preview", 9)).status_code == 404
