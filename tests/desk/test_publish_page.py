"""The page that publishes: what it says before the button, and its two buttons."""

from datetime import timedelta

import pytest

from publishing import clock as clocks
from publishing import kinds, verbs
from publishing.documents import replaced
from publishing.models import Edition, Entry
from tests import factories
from tests.desk.standing import Staff, entry_in
from tests.desk.test_actions import submit, url
from tests.forms import texts


@pytest.fixture
def staff(db, disclaimer) -> Staff:
    return Staff()


@pytest.fixture
def changed(editor, reviewer, publisher, disclaimer, clock) -> Entry:
    """A question with a signed newer text, live in an article that has a scheduled version too."""
    clock.at = clocks.now() - timedelta(days=1)
    question = factories.saved(factories.question_document(editor), editor, clock)
    document = factories.article_document(editor, questions=[question.entry.uid])
    article = factories.saved(document, editor, clock)
    signs = {"by": reviewer, "ticked": factories.EVERY_TICK, "clock": clock}
    verbs.sign_off([article, question], **signs)
    verbs.publish([article, question], by=publisher, clock=clock)
    told = {"change_kind": "minor", "change_note": "Said anew."}
    newer = replaced(document, **told, lead="Muscles need it.")
    newer = factories.saved(newer, editor, clock, kinds.draft_of(article.entry))
    verbs.sign_off([newer], **signs)
    verbs.publish([newer], by=publisher, at=clock.at + timedelta(days=30), clock=clock)
    document = factories.question_document(editor, **told, answer="<p>Perhaps.</p>")
    newest = factories.saved(document, editor, clock, kinds.draft_of(question.entry))
    verbs.sign_off([newest], **signs)
    return Entry.objects.select_related("head").get(pk=question.entry_id)


def test_it_says_what_goes_live_and_what_that_changes(client, changed, publisher):
    client.force_login(publisher)

    page = client.get(url(changed, "publish")).content.decode()

    facts = dict(zip(texts(page, ".desk-facts dt"), texts(page, ".desk-facts dd"), strict=True))
    assert "Does does it help matter to muscles? , version 2" in facts["What goes live"]
    assert facts["Address"] == "/faq/does-it-help/"
    assert facts["Live now"].startswith("Version 1, since ")
    assert "Compare with what is live" in facts["Live now"]
    assert facts["Signed"].startswith("By Rita on ")
    assert facts["What changed, for readers"] == "Said anew."
    [flag] = texts(page, ".desk-flag")
    assert flag.startswith("1 page shows this")
    assert "A case opens on each" in flag
    assert texts(page, ".desk-where li")[0].endswith("and in a scheduled version")


def test_whoever_signs_a_shared_text_is_told_how_many_pages_show_it(client, changed, publisher):
    client.force_login(factories.reviewer("ron"))
    page = client.get(url(changed, "sign")).content.decode()
    assert "1 page shows this" in " ".join(texts(page, "#decide .desk-flag"))


def test_each_button_wants_the_time_or_wants_none(client, staff):
    entry = entry_in("signed")
    client.force_login(staff.publisher)
    address = url(entry, "publish")

    empty = submit(client, address, when="later").content.decode()
    typed = submit(client, address, when="now", at="2190-01-01T09:00").content.decode()

    assert texts(empty, ".errorlist")[0].startswith("Not scheduled: no time is given.")
    assert texts(typed, ".errorlist")[0].startswith("Not published: a time is given.")
    assert 'value="2190-01-01T09:00"' in typed
    assert not Edition.objects.filter(entry=entry.pk).exists()
    assert submit(client, address, when="later", at="2190-01-01T09:00").status_code == 302
    assert Edition.objects.filter(entry=entry.pk).scheduled(clocks.now()).exists()


def test_a_page_that_was_withdrawn_says_so_before_it_is_put_back(client, staff):
    entry = entry_in("live")
    verbs.withdraw(entry, by=staff.publisher, reason="out_of_date", note="New trials came out.")
    client.force_login(staff.publisher)

    page = client.get(url(entry, "publish")).content.decode()

    said = texts(page, ".desk-flag")[0]
    assert " by Pete: out of date. “New trials came out.” Publishing puts the page back." in said
    assert submit(client, url(entry, "publish"), when="now").status_code == 302


@pytest.mark.parametrize("action", ["sign", "renew"])
def test_whoever_signs_a_disclaimer_sees_where_it_is_shown(client, changed, disclaimer, action):
    """The article and the question."""
    entry = Entry.objects.get(pk=disclaimer.entry_id)
    client.force_login(factories.person("dee", kinds.DISCLAIMER_REVIEWERS))

    page = client.get(url(entry, action)).content.decode()

    [flag] = texts(page, "#decide .desk-flag")
    assert flag.startswith("2 live pages")
    assert "../where-shown/" in page
