"""Comparing versions on the desk, and the history that offers it."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection

from publishing import kinds, verbs
from publishing.models import Change, Entry, Revision
from tests import factories
from tests.desk.test_actions import url
from tests.forms import texts


@pytest.fixture
def article(editor, reviewer, publisher, disclaimer, clock):
    """Version 1 is live, version 2 signed, version 3 the draft; its question changed since."""
    question = factories.saved(factories.question_document(editor), editor, clock)
    asked = {"questions": [question.entry.uid]}
    first = factories.saved(factories.article_document(editor, **asked), editor, clock)
    verbs.sign_off([first, question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    clock.forward(minutes=1)
    verbs.publish([first, question], by=publisher, clock=clock)
    draft = kinds.draft_of(first.entry)
    told = {"change_kind": "update", "change_note": "The lead."}
    second = factories.article_document(editor, lead="A second lead.", **asked, **told)
    signed = factories.saved(second, editor, clock, draft)
    verbs.sign_off([signed], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    body = "<h2>What it does</h2><p>It is used in bones [@smith2020].</p>"
    third = factories.article_document(editor, lead="A third lead.", body=body, **asked, **told)
    clock.forward(minutes=1)
    factories.saved(third, editor, clock, draft)
    changed = factories.question_document(editor, answer="<p>Another answer.</p>")
    factories.saved(changed, editor, clock, kinds.draft_of(question.entry))
    return Entry.objects.select_related("head").get(pk=first.entry_id)


def compared(client, article, query: str = "") -> str:
    response = client.get(url(article, "compare") + query)
    assert response.status_code == 200
    return response.content.decode()


def chosen(page: str) -> list[str]:
    found = BeautifulSoup(page, "html.parser").select(".desk-choose option[selected]")
    return [option["value"] for option in found]


def test_the_draft_is_compared_with_what_is_live(client, article, reviewer):
    client.force_login(reviewer)
    page = compared(client, article)

    assert chosen(page) == ["live", "draft"]
    assert texts(page, ".desk-compared del") == ["muscles", "The bottom line", "Eat well."]
    assert texts(page, ".desk-compared ins") == ["bones"]
    assert texts(page, ".desk-compared h3")[0] == "What it does"
    assert "Lead" in texts(page, ".desk-compare th[scope=row]")
    assert texts(page, ".desk-compare td[data-side^='Version 1'] del")


@pytest.mark.parametrize(
    ("query", "values", "before", "after"),
    [
        ("?from=signed&to=draft", ["signed", "draft"], "second", "third"),
        ("?from=live&to=signed", ["live", "signed"], "Muscles need magnesium.", "A second lead."),
        ("?from=1&to=3", ["1", "3"], "Muscles need magnesium.", "A third lead."),
        ("?to=2", ["live", "2"], "Muscles need magnesium.", "A second lead."),
    ],
)
def test_any_two_can_be_chosen(client, article, reviewer, query, values, before, after):
    client.force_login(reviewer)
    page = compared(client, article, query)
    assert chosen(page) == values
    rows = BeautifulSoup(page, "html.parser").select(".desk-compare tbody tr")
    lead = next(row for row in rows if row.th.get_text() == "Lead")
    assert [td.select_one("del, ins").get_text() for td in lead.select("td")] == [before, after]


@pytest.mark.parametrize("query", ["?from=99&to=x", "?from=" + "9" * 40, "?from=%00&to=-1"])
def test_versions_that_do_not_exist_are_not_asked_for(client, article, reviewer, query):
    client.force_login(reviewer)
    assert chosen(compared(client, article, query)) == ["live", "draft"]


def test_an_embed_that_changed_leads_to_its_own_comparison(client, article, reviewer):
    client.force_login(reviewer)
    page = BeautifulSoup(compared(client, article), "html.parser")
    (link,) = page.select(".desk-embeds a")
    own = client.get(link["href"]).content.decode()
    assert texts(own, ".desk-compared ins") == ["Another answer."]
    assert not texts(compared(client, article, "?from=live&to=signed"), ".desk-embeds a")


def test_without_anything_live_or_signed_it_is_the_version_before(client, editor, clock, db):
    first = factories.saved(factories.question_document(editor), editor, clock)
    changed = factories.question_document(editor, answer="<p>Newer.</p>")
    factories.saved(changed, editor, clock, kinds.draft_of(first.entry))
    client.force_login(editor)
    page = compared(client, first.entry)
    assert chosen(page) == ["1", "draft"]
    assert texts(page, ".desk-compared ins") == ["Newer."]


def test_one_version_alone_is_said_to_be_one(client, editor, clock, db):
    only = factories.saved(factories.question_document(editor), editor, clock)
    client.force_login(editor)
    assert "one and the same version" in compared(client, only.entry)


def test_a_text_that_was_removed_is_said_so(client, article, reviewer):
    key = Revision.objects.get(entry=article.pk, number=2).pk
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE publishing_revisionpayload SET text = NULL WHERE revision_id = %s", [key]
        )
    client.force_login(reviewer)
    page = compared(client, article, "?from=2&to=draft")
    assert "Version 2 can't be compared: its text was removed for good." in page
    history = client.get(url(article, "history")).content.decode()
    assert "Its text was removed for good." in history


def test_the_history_tells_every_step_in_words(client, article, editor, publisher, clock):
    verbs.withdraw(article, by=publisher, reason="wrong", note="A dose.", clock=clock)
    client.force_login(editor)
    page = client.get(url(article, "history")).content.decode()
    told = [text.rpartition(" ")[0] for text in texts(page, ".desk-event td:nth-child(2)")]
    assert told == [
        "Version 1 withdrawn from /articles/magnesium-and-muscles/: wrong",
        "Version 3 saved",
        "Version 2 signed by Rita (Medical reviewers)",
        "Version 2 saved",
        "Version 1 published at /articles/magnesium-and-muscles/",
        "Version 1 signed by Rita (Medical reviewers)",
        "Version 1 saved",
    ]
    assert "A dose." in page
    digest = Revision.objects.get(entry=article.pk, number=3).short_digest
    assert digest in texts(page, ".desk-event code")


def links_of(page: str) -> list[str]:
    return [a["href"] for a in BeautifulSoup(page, "html.parser").select(".desk-do a")]


def test_each_version_can_be_read_compared_shared_and_restored(client, article, editor):
    client.force_login(editor)
    links = links_of(client.get(url(article, "history")).content.decode())
    for wanted in (
        "../preview/2/", "../compare/?from=1&to=2", "../share/2/", "../restore/2/",
    ):  # fmt: skip
        assert wanted in links
        address = url(article, "history").replace("history/", wanted.removeprefix("../"))
        assert client.get(address).status_code == 200
    assert "../restore/3/" not in links


def test_who_may_not_write_is_not_offered_to_restore(client, article, reviewer):
    client.force_login(reviewer)
    links = links_of(client.get(url(article, "history")).content.decode())
    assert not [link for link in links if "restore" in link]
    assert client.get(url(article, "restore", 1)).status_code == 403


def test_restoring_writes_the_old_text_as_a_new_version(client, article, editor):
    client.force_login(editor)
    opened = {"opened": article.head.number}
    assert client.post(url(article, "restore", 1)).status_code == 409
    assert client.post(url(article, "restore", 1), opened).status_code == 302
    head = Revision.objects.filter(entry=article.pk).latest()
    assert (head.number, head.reason) == (4, "Restored version 1")
    assert kinds.draft_of(article).lead == "Muscles need magnesium."


def test_a_long_history_has_pages_of_a_hundred_and_no_more_queries(
    client, editor, clock, db, django_assert_max_num_queries
):
    entry = factories.saved(factories.question_document(editor), editor, clock).entry
    for number in range(104):
        document = factories.question_document(editor, answer=f"<p>Answer {number}.</p>")
        factories.saved(document, editor, clock, kinds.draft_of(entry))
    assert Change.objects.filter(entry=entry.pk).count() == 105
    client.force_login(editor)
    with django_assert_max_num_queries(20):
        first = client.get(url(entry, "history")).content.decode()
    assert len(texts(first, ".desk-event")) == 100
    assert "Page 1 of 2" in first
    second = client.get(url(entry, "history") + "?page=2").content.decode()
    assert len(texts(second, ".desk-event")) == 5
