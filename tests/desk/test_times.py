"""The desk and the pages speak of times in the site's own zone."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from publishing import verbs
from publishing.models import Edition, Entry, Site
from tests import factories
from tests.desk.test_actions import submit, url
from tests.forms import texts


@pytest.fixture
def article(editor, reviewer, clock, disclaimer):
    # 23:30 in Greenwich is the next day's morning in Auckland, 13 hours ahead in March.
    Site.objects.update(time_zone="Pacific/Auckland")
    clock.at = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    revision = factories.saved(factories.article_document(editor), editor, clock)
    verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def test_a_time_typed_on_the_desk_is_the_sites(client, article, publisher):
    client.force_login(publisher)
    submit(client, url(article, "publish"), at="2030-01-01T09:00")

    assert Edition.objects.get(entry=article.pk).live_from == datetime(
        2029, 12, 31, 20, 0, tzinfo=UTC
    )
    page = client.get(url(article, "change")).content.decode()
    assert "Goes live 1 January 2030, 09:00 (Auckland), version" in " ".join(
        texts(page, ".desk-state")
    )


def test_an_hour_that_the_clocks_skip_is_refused_at_its_field(client, article, publisher):
    """On 30 September 2029 Auckland's clocks go from 02:00 to 03:00."""
    client.force_login(publisher)
    page = submit(client, url(article, "publish"), at="2029-09-30T02:30").content.decode()

    assert "2029-09-30 02:30:00" in texts(page, ".errorlist")[0]
    assert not Edition.objects.filter(entry=article.pk).exists()


def test_the_history_and_the_readers_page_give_the_sites_day(client, article, publisher, clock):
    verbs.publish([article.head], by=publisher, clock=clock)
    client.force_login(publisher)

    history = client.get(url(article, "history")).content.decode()
    readers = client.get("/articles/magnesium-and-muscles/").content.decode()

    assert "10 March 2026, 12:30" in history
    reviewed = BeautifulSoup(readers, "lxml").select_one(".facts").get_text()
    assert "10 March 2026" in reviewed
    assert "9 March 2026" not in reviewed
