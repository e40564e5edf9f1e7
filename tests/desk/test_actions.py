"""The way of a text through the desk: asked, signed, sent back, published, withdrawn, restored."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import kinds, state, verbs
from publishing.models import Change, Edition, Entry, Revision, SignOff
from tests import factories
from tests.forms import form_data, texts

PASSWORD = "a long test password"


def url(entry, action: str, *args) -> str:
    meta = kinds.of(entry).model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{action}", args=[entry.pk, *args])


def ticks(data: dict) -> dict:
    return {name: "on" for name in data if name.startswith("tick_")}


@pytest.fixture
def article(editor, clock, disclaimer):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def submit(client, address: str, **typed):
    """Open an action's page, fill in its form and send it."""
    page = client.get(address)
    assert page.status_code == 200
    html = page.content.decode()
    boxes = BeautifulSoup(html, "html.parser").select("#content-main input[name^=tick_]")
    data = {**form_data(html), **{box["name"]: "on" for box in boxes}, **typed}
    return client.post(address, data)


def test_from_request_to_live(client, article, editor, reviewer, publisher):
    client.force_login(editor)
    submit(client, url(article, "request_review"), note="Look at the dose.", due="2027-01-01")
    assert state.standing_of(article, factories.START.replace(year=2027)).state == "in_review"

    client.force_login(reviewer)
    page = client.get(url(article, "change")).content.decode()
    assert "With Medical reviewers" in texts(page, ".desk-state")[0]
    assert "Look at the dose." in page
    response = submit(client, url(article, "sign"), password=PASSWORD)
    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")

    client.force_login(publisher)
    page = client.get(url(article, "change")).content.decode()
    assert "Signed by Rita." in texts(page, ".desk-state")[0]
    response = submit(client, url(article, "publish"))
    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    assert client.get("/articles/magnesium-and-muscles/").status_code == 200


def test_signing_needs_the_password_and_every_tick(client, article, reviewer):
    client.force_login(reviewer)
    refused = submit(client, url(article, "sign"), password="something else")
    assert "That is not your password" in refused.content.decode()

    page = client.get(url(article, "sign")).content.decode()
    refused = client.post(url(article, "sign"), {**form_data(page), "password": PASSWORD})
    html = refused.content.decode()
    assert texts(html, ".desk-refusal p") == ["Not signed. You have not ticked:"]
    assert len(texts(html, ".desk-refusal li")) > 3
    assert not SignOff.objects.filter(revision__entry=article.pk).exists()


def test_what_was_left_empty_is_said_and_what_was_not_done(client, article, publisher):
    client.force_login(publisher)
    html = client.post(url(article, "withdraw"), {}).content.decode()
    assert texts(html, ".desk-refusal p") == [
        "Not withdrawn. What you typed is still in the form below."
    ]
    assert texts(html, ".desk-refusal li") == [
        "Reason, shown to readers in fixed words: Choose one."
    ]


def test_own_text_and_stale_text_are_refused(client, article, reviewer, editor, clock):
    both = factories.person("bo", "Editors", "Medical reviewers")
    verbs_saved = factories.saved(
        factories.article_document(both, lead="Bo's lead."), both, clock, _draft(article)
    )
    client.force_login(both)
    page = client.get(url(article, "sign")).content.decode()
    assert page.count("You wrote part of this text") == 1
    assert "I wrote none of it" not in page
    assert "password" not in " ".join(form_data(page, "body"))
    refused = client.post(url(article, "sign"), {"revision": verbs_saved.pk, "password": PASSWORD})
    assert "You wrote part of this text" in refused.content.decode()

    client.force_login(reviewer)
    page = client.get(url(article, "sign")).content.decode()
    data = {**form_data(page), "password": PASSWORD}
    factories.saved(
        factories.article_document(editor, lead="Newer."), editor, clock, _draft(article)
    )
    refused = client.post(url(article, "sign"), data)
    assert "Not signed. The text changed at" in refused.content.decode()
    assert verbs_saved.sign_offs.count() == 0


def _draft(entry):
    return kinds.draft_of(entry)


def test_asking_for_changes_shows_the_note(client, article, reviewer, editor):
    client.force_login(reviewer)
    submit(client, url(article, "ask_for_changes"), note="Name the dose.")
    client.force_login(editor)
    page = client.get(url(article, "change")).content.decode()
    assert "Rita asked for changes" in texts(page, ".desk-state")[0]
    assert "Name the dose." in page


def test_unsigned_is_not_published(client, article, publisher):
    client.force_login(publisher)
    refused = submit(client, url(article, "publish"))
    assert refused.status_code == 409
    assert "has not signed this version" in refused.content.decode()
    assert not Edition.objects.filter(entry=article.pk).exists()


def test_schedule_cancel_withdraw_restore(client, article, reviewer, publisher, editor, clock):
    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    client.force_login(publisher)
    submit(client, url(article, "publish"), at="2030-01-01T09:00")
    assert Edition.objects.get(entry=article.pk).live_from.year == 2030
    submit(client, url(article, "cancel"))
    assert Change.objects.filter(entry=article.pk, verb="cancel").count() == 1

    submit(client, url(article, "publish"))
    assert client.get("/articles/magnesium-and-muscles/").status_code == 200
    submit(client, url(article, "withdraw"), reason="wrong", note="A wrong dose.")
    assert client.get("/articles/magnesium-and-muscles/").status_code == 410

    client.force_login(editor)
    factories.saved(
        factories.article_document(editor, lead="Newer."), editor, clock, _draft(article)
    )
    submit(client, url(article, "restore", 1))
    newest = Revision.objects.filter(entry=article.pk).latest()
    assert newest.number == 3
    assert newest.digest == Revision.objects.get(entry=article.pk, number=1).digest


def test_renewing_moves_the_review_date(client, article, reviewer, publisher, clock):
    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([article.head], by=publisher, clock=clock)
    client.force_login(reviewer)
    response = submit(client, url(article, "renew"), password=PASSWORD)
    assert response.status_code == 302, texts(response.content.decode(), ".desk-refusal")
    editions = Edition.objects.filter(entry=article.pk).order_by("live_from")
    assert [e.revision_id for e in editions] == [article.head_id] * 2
    assert editions[1].sign_off.at > editions[0].sign_off.at


def test_nobody_acts_without_the_right(client, article, editor, reviewer):
    client.force_login(editor)
    for action in ("sign", "ask_for_changes", "renew", "publish", "withdraw"):
        assert client.get(url(article, action)).status_code == 403
    client.force_login(reviewer)
    for action in ("request_review", "publish"):
        assert client.get(url(article, action)).status_code == 403


@pytest.mark.parametrize("page", ["history", "compare"])
def test_history_and_compare_open(page, client, article, reviewer):
    client.force_login(reviewer)
    assert client.get(url(article, page)).status_code == 200


def test_preview_shows_the_draft_and_is_not_kept(client, article, reviewer):
    client.force_login(reviewer)
    response = client.get(url(article, "preview", 1))
    assert "Muscles need magnesium." in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_withdrawing_the_disclaimer_says_how_many_pages_lose_it(
    client, article, reviewer, publisher, disclaimer, clock
):
    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([article.head], by=publisher, clock=clock)
    client.force_login(publisher)
    page = client.get(url(disclaimer.entry, "withdraw")).content.decode()
    assert "1 live page will carry no disclaimer at all." in page
