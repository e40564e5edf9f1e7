"""Where a text is shown, before it is changed, withdrawn or its schedule is cancelled."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Disclaimer, Edition, Entry
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
    told = {"change_kind": "minor", "change_note": "A word more.", "lead": "Muscles need it."}
    draft = kinds.draft_of(article.entry)
    newer = factories.saved(replaced(document, **told), editor, clock, draft)
    verbs.sign_off([newer], by=reviewer, ticked=ticked, clock=clock)
    verbs.publish([newer], by=publisher, at=clock.at + timedelta(days=30), clock=clock)
    return Entry.objects.select_related("head").get(pk=question.entry_id)


def test_withdrawing_names_the_live_and_the_scheduled_pages(client, question, publisher):
    client.force_login(publisher)
    page = client.get(url(question, "withdraw")).content.decode()

    assert texts(page, ".desk-where li") == ["=1+1 and in a scheduled version"]
    assert texts(page, ".desk-flag")[0].startswith("1 page shows this;")


def test_cancelling_a_schedule_names_the_scheduled_pages_that_wait_for_it(
    client, question, editor, reviewer, publisher, clock
):
    told = {"change_kind": "minor", "change_note": "Said anew.", "answer": "<p>Perhaps.</p>"}
    draft = kinds.draft_of(question)
    newer = factories.saved(factories.question_document(editor, **told), editor, clock, draft)
    verbs.sign_off([newer], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([newer], by=publisher, at=clock.at + timedelta(days=20), clock=clock)
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
    first = Edition.objects.filter(title="=1+1").earliest("live_from")
    assert datetime.fromisoformat(rows[1][2]) == first.live_from
    assert response["Content-Disposition"] == 'attachment; filename="site.csv"'
    client.logout()
    assert client.get(address).status_code == 302
    client.force_login(factories.person("nobody"))
    for name in ("where_shown", "where_shown_list", "also_found"):
        address = reverse(f"admin:publishing_disclaimer_{name}", args=[entry.pk])
        assert client.get(address).status_code == 403


def test_no_title_is_a_formula_to_a_spreadsheet(
    client, editor, reviewer, publisher, disclaimer, clock
):
    titles = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=2", "É = @"]
    documents = [
        factories.article_document(editor, f"page-{n}", title=title)
        for n, title in enumerate(titles)
    ]
    pages = [factories.saved(document, editor, clock) for document in documents]
    verbs.sign_off(pages, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish(pages, by=publisher, clock=clock)
    client.force_login(editor)
    address = reverse("admin:publishing_disclaimer_where_shown", args=[disclaimer.entry_id])
    rows = list(csv.reader(io.StringIO(client.get(address).content.decode())))

    assert [row[1] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'=2", "É = @"]


def test_a_disclaimer_without_a_text_is_shown_nowhere(client, editor, disclaimer):
    never_saved = Disclaimer.objects.create(slug="new", scope="kind", scope_kind="article")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_revisionpayload SET text = NULL WHERE revision_id = %s",
            [disclaimer.revision_id],
        )
    client.force_login(editor)
    for pk in (never_saved.pk, disclaimer.entry_id):
        for name in ("where_shown", "where_shown_list"):
            address = reverse(f"admin:publishing_disclaimer_{name}", args=[pk])
            assert client.get(address).status_code == 404


@pytest.fixture
def house(editor, reviewer, publisher, disclaimer, clock):
    """Two live articles on magnesium and one on zinc; disclaimers for a topic and a page."""
    clock.at = datetime.now(UTC) - timedelta(days=1)
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    magnesium, zinc = factories.topic("magnesium"), factories.topic("zinc")
    pages = {}
    for slug, topic in (("one", magnesium), ("two", magnesium), ("three", zinc)):
        document = factories.article_document(editor, slug, topics=[topic.uid])
        pages[slug] = factories.published(document, **people)
    of_topic = put_live(clock, "minerals", scope="topic", scope_topic=magnesium.uid)
    of_page = put_live(clock, "own", scope="entry", scope_entry=pages["one"].entry.uid)
    return {"site": disclaimer, "topic": of_topic, "page": of_page}


def put_live(clock, slug: str, **scope):
    document = factories.disclaimer_document(slug, title=slug.capitalize(), **scope)
    writer = factories.person(f"w-{slug}", kinds.DISCLAIMER_REVIEWERS)
    signer = factories.person(f"s-{slug}", kinds.DISCLAIMER_REVIEWERS)
    clock.forward(minutes=1)
    return factories.published(document, by=writer, signer=signer, publisher=signer, clock=clock)


def pages_of(edition) -> list[str]:
    """Return the addresses of a disclaimer's two pages that say which one wins where."""
    return [
        reverse(f"admin:publishing_disclaimer_{name}", args=[edition.entry_id])
        for name in ("change", "where_shown_list")
    ]


def test_the_order_of_the_disclaimers_is_told_on_both_pages(client, house, editor):
    client.force_login(editor)
    for address in pages_of(house["topic"]):
        page = client.get(address).content.decode()
        assert texts(page, ".desk-precedence > li") == [
            "Own : One page: “Does one help?” . Shown on 1 page.",
            "Minerals (this one): Pages on the topic “Magnesium” . Shown on 1 page.",
            "About this information : The whole site. Shown on 1 page.",
        ]
        assert texts(page, ".desk-taken > li") == ["1 page ( One page: “Does one help?” ): Own"]


def test_the_sites_disclaimer_says_what_each_other_takes_with_links(client, house, editor):
    client.force_login(editor)
    for address in pages_of(house["site"]):
        page = client.get(address).content.decode()
        assert len(texts(page, ".desk-taken > li")) == 2
        links = BeautifulSoup(page, "html.parser").select(".desk-taken a, .desk-precedence a")
        for link in links:
            assert client.get(link["href"]).status_code == 200, link
        topic = factories.topic("magnesium")
        used = reverse("admin:publishing_topic_used_on", args=[topic.pk])
        assert used in [link["href"] for link in links]
    for address in pages_of(house["page"]):
        assert texts(client.get(address).content.decode(), ".desk-taken > li") == []


def test_one_that_is_not_live_takes_no_page_and_is_told_what_it_would_take(client, house, editor):
    zinc = factories.topic("zinc")
    document = factories.disclaimer_document(
        "zinc", title="Zinc", scope="topic", scope_topic=zinc.uid
    )
    draft = factories.saved(document, editor, factories.Clock(datetime.now(UTC)))
    client.force_login(editor)
    address = reverse("admin:publishing_disclaimer_where_shown_list", args=[draft.entry_id])
    assert (
        "Zinc (this one): Pages on the topic “Zinc” . Not live. If it were, it would be shown on "
        "1 page."
    ) in texts(client.get(address).content.decode(), ".desk-precedence > li")
    for address in pages_of(house["site"]):
        page = client.get(address).content.decode()
        assert any("Not live: no page shows it." in t for t in texts(page, "li"))
        assert any(t.endswith("Shown on 1 page.") for t in texts(page, "li[aria-current]"))


def test_more_disclaimers_and_pages_cost_no_more_queries(client, house, editor, clock):
    client.force_login(editor)

    def queries() -> list[int]:
        counts = []
        for address in pages_of(house["site"]):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    few = queries()
    for slug in ("iron", "copper"):
        topic = factories.topic(slug)
        put_live(clock, slug, scope="topic", scope_topic=topic.uid)
    assert queries() == few
