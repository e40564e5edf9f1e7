"""What a page still says after a reviewer's decision: the request for changes, what may go live."""

from datetime import UTC, datetime, timedelta

import pytest

from publishing import kinds, verbs
from publishing.models import Entry
from tests import factories
from tests.desk.test_actions import url
from tests.forms import texts


@pytest.fixture
def clock():
    """The pages read the real clock, so what the verbs do here happened yesterday."""
    return factories.Clock(datetime.now(UTC) - timedelta(days=1))


def test_the_request_for_changes_stays_until_a_review_is_asked_again(
    client, editor, reviewer, clock
):
    first = factories.saved(factories.question_document(editor), editor, clock)
    verbs.sign_off([first], by=reviewer, decision="changes", note="Say how much.", clock=clock)
    client.force_login(editor)
    panel = texts(client.get(url(first.entry, "change")).content.decode(), ".desk-panel")[0]
    assert panel.count("Say how much.") == 1

    draft = kinds.draft_of(first.entry)
    factories.saved(
        factories.question_document(editor, answer="<p>5 mg.</p>"), editor, clock, draft
    )
    panel = texts(client.get(url(first.entry, "change")).content.decode(), ".desk-panel")[0]
    assert "Draft." in panel
    assert "Rita asked for changes to version 1" in panel
    assert panel.count("Say how much.") == 1

    verbs.request_review(first.entry, by=editor, reviewer=reviewer, clock=clock)
    panel = texts(client.get(url(first.entry, "change")).content.decode(), ".desk-panel")[0]
    assert "Say how much." not in panel


def test_what_is_published_along_stands_in_nobodys_way(
    client, editor, reviewer, publisher, disclaimer, clock
):
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    article = factories.saved(document, editor, clock)
    verbs.sign_off([article], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    client.force_login(publisher)
    entry = Entry.objects.get(pk=article.entry_id)
    page = client.get(url(entry, "publish")).content.decode()
    assert "is shown on this page and is not live" in texts(page, ".desk-refusal")[0]

    verbs.sign_off([question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    page = client.get(url(entry, "publish")).content.decode()
    assert "Publish these along with it" in page
    assert texts(page, ".desk-refusal") == []
