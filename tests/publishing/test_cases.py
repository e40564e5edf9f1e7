"""Cases: what a change elsewhere asks of the people who look after a page."""

import pytest

from publishing import verbs
from publishing.models import Case, Edition


@pytest.fixture
def question(desk):
    """A live question, shown by a live article."""
    question = desk.save(desk.question())
    desk.article_revision = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(desk.article_revision, question)
    desk.publish(desk.article_revision, question)
    desk.clock.forward(days=1)
    return question.entry


def open_cases():
    rows = Case.objects.filter(closed_at=None).values_list("entry__kind", "why", "about__kind")
    return list(rows)


def test_the_first_publication_opens_none(question):
    assert open_cases() == []


def test_a_changed_answer_opens_one_on_the_page_that_shows_it(desk, question):
    for words in ("<p>No.</p>", "<p>Not at all.</p>"):
        newer = desk.change(question, answer=words)
        desk.sign(newer)
        desk.publish(newer)
        desk.clock.forward(days=1)

    assert open_cases() == [("article", "embed_changed", "question")]
    assert "matter to muscles?”, which this page shows, has changed" in Case.objects.get().text


def test_a_page_published_along_with_the_answer_has_none(desk, question):
    newer = desk.change(question, answer="<p>No.</p>")
    page = desk.change(desk.article_revision.entry, lead="Another lead.")
    desk.sign(page, newer)
    desk.publish(page, newer)
    assert open_cases() == []


def test_renewing_the_page_closes_it_and_renewing_the_answer_opens_none(desk, question):
    newer = desk.change(question, answer="<p>No.</p>")
    desk.sign(newer)
    desk.publish(newer)
    live = Edition.objects.live(desk.clock.at).filter(entry=desk.article_revision.entry)
    every = ["whole_page", "key_points", "get_help", "doses", "balance"]
    desk.clock.forward(days=1)
    verbs.renew(list(live), by=desk.reviewer, ticked=every, clock=desk.clock)
    assert open_cases() == []

    live = Edition.objects.live(desk.clock.at).filter(entry=question)
    verbs.renew(list(live), by=desk.reviewer, ticked=every, clock=desk.clock)
    assert open_cases() == []


def test_a_withdrawn_answer_opens_one(desk, question):
    verbs.withdraw(question, by=desk.publisher, reason="wrong", clock=desk.clock)
    assert open_cases() == [("article", "embed_withdrawn", "question")]
