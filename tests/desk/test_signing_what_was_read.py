"""A signature on a page covers the embeds as they were shown to the signer."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from publishing import kinds, verbs
from publishing.models import Entry, SignOff
from tests import factories
from tests.desk.test_actions import PASSWORD, submit, url
from tests.forms import form_data, texts


@pytest.fixture
def article(editor, reviewer, publisher, clock, disclaimer):
    """A draft article with a live question whose newest text is not live."""
    clock.at = datetime.now(UTC) - timedelta(days=1)
    question = factories.saved(factories.question_document(editor), editor, clock)
    verbs.sign_off([question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([question], by=publisher, clock=clock)
    newer = factories.question_document(
        editor, answer="<p>A newer answer.</p>", change_kind="update", change_note="Newer."
    )
    factories.saved(newer, editor, clock, kinds.draft_of(question.entry))
    document = factories.article_document(editor, questions=[question.entry.uid])
    revision = factories.saved(document, editor, clock)
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def shown(client, article, page: str) -> str:
    """Return the page that the sign page offers to read."""
    links = BeautifulSoup(page, "html.parser").select("a[href^='../preview/']")
    response = client.get(urljoin(url(article, "sign"), links[0]["href"]))
    assert response.status_code == 200
    return response.content.decode()


def test_the_newest_embed_is_shown_and_signed_along(client, article, reviewer):
    client.force_login(reviewer)
    page = client.get(url(article, "sign")).content.decode()
    assert "A newer answer." in shown(client, article, page)

    assert submit(client, url(article, "sign"), password=PASSWORD).status_code == 302
    assert SignOff.objects.filter(revision__entry__kind="question").count() == 2


def test_leaving_an_embed_out_shows_the_page_with_its_live_text_before_it_is_signed(
    client, article, reviewer
):
    client.force_login(reviewer)
    refused = submit(client, url(article, "sign"), password=PASSWORD, along=[])
    page = refused.content.decode()

    assert refused.status_code == 409
    assert "Read the page again as it would be then" in texts(page, ".desk-refusal")[0]
    assert "A newer answer." not in shown(client, article, page)
    assert not SignOff.objects.filter(revision=article.head).exists()

    data = {**form_data(page), **dict.fromkeys(data_ticks(page), "on"), "password": PASSWORD}
    signed = client.post(url(article, "sign"), data)
    assert signed.status_code == 302
    [question] = Entry.objects.filter(kind="question")
    [live] = SignOff.objects.filter(revision__entry=question)
    seen = json.loads(SignOff.objects.get(revision=article.head).embeds)
    assert seen == {str(question.uid): live.revision.digest}


def test_an_answer_published_while_the_page_was_read_is_shown_before_it_is_signed(
    client, article, editor, reviewer, publisher, clock
):
    [question] = Entry.objects.filter(kind="question")
    other = factories.person("rob", kinds.MEDICAL_REVIEWERS)
    newest = Entry.objects.select_related("head").get(pk=question.pk).head
    ticked = factories.EVERY_TICK
    verbs.sign_off([newest], by=reviewer, ticked=ticked, disclosure="None.", clock=clock)
    verbs.publish([newest], by=publisher, clock=clock)
    client.force_login(reviewer)
    page = client.get(url(article, "sign")).content.decode()
    data = {**form_data(page), "password": PASSWORD}
    data |= dict.fromkeys(data_ticks(page), "on")

    changed = factories.question_document(
        editor, answer="<p>Newest of all.</p>", change_kind="update", change_note="Newest."
    )
    revision = factories.saved(changed, editor, clock, kinds.draft_of(question))
    verbs.sign_off([revision], by=other, ticked=ticked, disclosure="None.", clock=clock)
    verbs.publish([revision], by=publisher, clock=clock)

    refused = client.post(url(article, "sign"), data)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "A text shown in this page changed" in texts(page, ".desk-refusal")[0]
    assert "Newest of all." in page
    assert not BeautifulSoup(page, "html.parser").select("input[name^=tick_][checked]")
    assert not SignOff.objects.filter(revision=article.head).exists()

    data = {**form_data(page), **dict.fromkeys(data_ticks(page), "on"), "password": PASSWORD}
    assert client.post(url(article, "sign"), data).status_code == 302


def data_ticks(page: str) -> list[str]:
    boxes = BeautifulSoup(page, "html.parser").select("#content-main input[name^=tick_]")
    return [box["name"] for box in boxes]
