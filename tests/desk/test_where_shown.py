"""Where a text is shown, before it is changed, withdrawn or its schedule is cancelled."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from publishing import verbs
from publishing.models import Disclaimer, Entry
from tests import factories
from tests.desk.test_actions import url
from tests.forms import texts


@pytest.fixture
def question(editor, reviewer, publisher, clock, disclaimer):
    """A live question in a live article that has a scheduled next edition."""
    clock.at = datetime.now(UTC) - timedelta(days=1)
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid], title="=1+1")
    article = factories.saved(document, editor, clock)
    ticked = factories.EVERY_TICK
    verbs.sign_off([article, question], by=reviewer, ticked=ticked, clock=clock)
    verbs.publish([article, question], by=publisher, clock=clock)
    verbs.publish([article], by=publisher, at=clock.at + timedelta(days=30), clock=clock)
    return Entry.objects.select_related("head").get(pk=question.entry_id)


def test_withdrawing_names_the_live_and_the_scheduled_pages(client, question, publisher):
    client.force_login(publisher)
    page = client.get(url(question, "withdraw")).content.decode()

    rows = texts(page, ".desk-where li")
    assert [row.split(" ")[0] for row in rows] == ["=1+1", "=1+1"]
    assert ["scheduled for" in row for row in rows] == [False, True]


def test_cancelling_a_schedule_names_the_scheduled_pages_that_wait_for_it(
    client, question, publisher, clock
):
    verbs.publish([question.head], by=publisher, at=clock.at + timedelta(days=20), clock=clock)
    client.force_login(publisher)
    page = client.get(url(question, "cancel")).content.decode()

    assert len(texts(page, ".desk-where li")) == 1
    assert "1 scheduled page shows this." in texts(page, ".desk-flag")[0]


def test_the_disclaimers_pages_as_csv(client, question, reviewer):
    entry = Disclaimer.objects.get()
    address = reverse("admin:publishing_disclaimer_where_shown", args=[entry.pk])
    client.force_login(reviewer)
    response = client.get(address)

    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert response["Content-Type"].startswith("text/csv")
    assert rows[0] == ["address", "title", "live since"]
    assert [row[0].partition("8000")[2] for row in rows[1:]] == [
        "/articles/magnesium-and-muscles/",
        "/faq/does-it-help/",
    ]
    assert rows[1][1] == "'=1+1", "a title that a spreadsheet would compute is quoted"
    client.logout()
    assert client.get(address).status_code == 302
