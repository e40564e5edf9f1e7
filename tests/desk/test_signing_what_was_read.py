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

    signed = client.post(url(article, "sign"), {**form_data(page), "password": PASSWORD})
    assert signed.status_code == 302
    [question] = Entry.objects.filter(kind="question")
    [live] = SignOff.objects.filter(revision__entry=question)
    seen = json.loads(SignOff.objects.get(revision=article.head).embeds)
    assert seen == {str(question.uid): live.revision.digest}
