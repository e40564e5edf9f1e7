"""Which entries shown inside a page say something else in its two versions."""

import pytest

from publishing import kinds, verbs
from publishing.comparing.embeds import Side, changed_embeds
from publishing.documents import load_payload
from publishing.models import Revision
from tests import factories
from tests.publishing.conftest import fresh


def told(before: tuple[Revision, str], after: tuple[Revision, str]) -> list[tuple[str, int, int]]:
    """Compare two versions, each in a role; return the slug and both versions of each embed."""
    texts = []
    for revision, role in (before, after):
        payload = fresh(revision).payload.text
        model = kinds.of(revision.entry).document
        texts.append((Side(revision, role), *load_payload(model, payload)))
    return [(found.entry.slug, found.before, found.after) for found in changed_embeds(*texts)]


@pytest.fixture
def question(desk) -> Revision:
    """A question's first version."""
    return desk.save(desk.question("first"))


@pytest.fixture
def page(desk, question) -> Revision:
    """A live article that shows the question, live as well."""
    revision = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(revision, question)
    desk.publish(revision, question)
    desk.clock.forward(minutes=1)
    return revision


def put_live(desk, question: Revision, answer: str) -> None:
    newer = desk.change(question.entry, answer=answer)
    desk.sign(newer)
    desk.publish(newer)
    desk.clock.forward(minutes=1)


def test_each_version_shows_a_question_as_those_had_it_who_read_that_version(desk):
    question = desk.save(desk.question("first"))
    page = desk.save(desk.article(questions=[question.entry.uid]))
    desk.clock.forward(minutes=1)
    seen = desk.change(question.entry, answer="<p>Seen by the signer.</p>")
    desk.sign(page, seen)
    desk.publish(page, seen)
    desk.clock.forward(minutes=1)
    put_live(desk, question, "<p>Live since.</p>")
    later = desk.change(page.entry, lead="A second lead.")
    # Saved at the very instant of the page's second version.
    desk.change(question.entry, answer="<p>Saved with the page.</p>")
    desk.clock.forward(minutes=1)
    desk.change(question.entry, answer="<p>The newest.</p>")

    assert told((page, "live"), (later, "draft")) == [("first", 3, 5)]
    assert told((page, "signed"), (later, "draft")) == [("first", 2, 5)]
    assert told((page, "signed"), (page, "live")) == [("first", 2, 3)]
    # By their numbers: what the signer of the one saw, what was newest at saving the other.
    assert told((page, ""), (later, "")) == [("first", 2, 4)]


def test_of_two_questions_the_changed_ones_are_told_in_the_new_order(desk, question):
    other = desk.save(desk.question("second"))
    page = desk.save(desk.article(questions=[question.entry.uid, other.entry.uid]))
    desk.sign(page, question, other)
    desk.publish(page, question, other)
    desk.change(other.entry, answer="<p>Changed.</p>")

    assert told((page, "live"), (page, "draft")) == [("second", 1, 2)]

    draft = desk.change(page.entry, questions=[other.entry.uid, question.entry.uid])
    desk.change(question.entry, answer="<p>Changed too.</p>")

    assert told((page, "live"), (draft, "draft")) == [("second", 1, 2), ("first", 1, 2)]


def test_a_question_that_one_version_alone_shows_is_not_told(desk, page, question):
    other = desk.live(desk.question("second"))
    draft = desk.change(page.entry, questions=[other.entry.uid])
    desk.change(question.entry, answer="<p>Changed.</p>")
    desk.change(other.entry, answer="<p>Changed.</p>")

    assert told((page, "live"), (draft, "draft")) == []


def test_a_question_that_readers_no_longer_see_is_not_told(desk, page, question):
    desk.change(question.entry, answer="<p>Changed.</p>")
    verbs.withdraw(question.entry, by=desk.publisher, reason="wrong", clock=desk.clock)

    assert told((page, "live"), (page, "draft")) == []
    assert told((page, "signed"), (page, "draft")) == [("first", 1, 2)]


def test_the_newest_approval_of_a_version_says_what_was_seen(desk, page, question):
    put_live(desk, question, "<p>Approved anew.</p>")
    desk.sign(page, by=factories.reviewer("ruth"))
    put_live(desk, question, "<p>Sent back.</p>")
    desk.sign(page, decision="changes", note="Check the dose.")

    assert told((page, "signed"), (page, "live")) == [("first", 2, 3)]


def test_words_that_were_saved_twice_are_told_by_their_newest_number(desk, page, question):
    first = desk.document(question.entry)
    desk.change(question.entry, answer="<p>Something else.</p>")
    desk.save(first, entry=question.entry)
    assert told((page, "signed"), (page, "draft")) == []

    desk.change(question.entry, answer="<p>The newest.</p>")
    assert told((page, "signed"), (page, "draft")) == [("first", 3, 4)]


def test_two_questions_that_swapped_their_words_have_both_changed(desk, question):
    other = desk.save(desk.question("second"))
    page = desk.save(desk.article(questions=[question.entry.uid, other.entry.uid]))
    desk.sign(page, question, other)
    first, second = desk.document(question.entry), desk.document(other.entry)
    desk.save(desk.question("third"), entry=question.entry)
    desk.save(first, entry=other.entry)
    desk.save(second, entry=question.entry)

    assert told((page, "signed"), (page, "draft")) == [("second", 1, 3), ("first", 1, 2)]
