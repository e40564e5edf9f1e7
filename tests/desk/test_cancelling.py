"""The page that cancels a schedule says what is scheduled, in words."""

import pytest

from publishing import verbs
from publishing.models import Edition, Entry
from tests import factories
from tests.desk.test_actions import submit, url
from tests.forms import texts


@pytest.fixture
def article(editor, clock, disclaimer):
    revision = factories.saved(factories.article_document(editor), editor, clock)
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def test_the_title_and_the_time_are_in_words(client, article, reviewer, publisher, clock):
    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    client.force_login(publisher)
    submit(client, url(article, "publish"), at="2030-01-01T09:00")
    title = Edition.objects.get(entry=article.pk).title

    page = client.get(url(article, "cancel")).content.decode()

    assert texts(page, "fieldset label") == [f"“{title}” goes live on 1 January 2030, 09:00"]


def test_where_nothing_is_scheduled_there_is_nothing_to_press(client, article, publisher):
    client.force_login(publisher)

    page = client.get(url(article, "cancel")).content.decode()

    assert (
        texts(page, ".desk-action p")[0] == "Nothing is scheduled, so there is nothing to cancel."
    )
    assert texts(page, ".desk-action button") == []
