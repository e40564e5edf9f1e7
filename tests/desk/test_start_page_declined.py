"""The start page: a review that somebody declined comes back to whoever asked for it."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import kinds, verbs
from tests import factories
from tests.desk.start import CHANGED, INDEX, asked, block, listed, title


@pytest.fixture
def other(db):
    """A second person who signs health texts."""
    return factories.reviewer("ron")


@pytest.fixture
def declined(editor, reviewer, clock):
    """A question whose review Rita was asked for by name, and declined an hour later."""
    told = {"reviewer": reviewer, "due": date(2026, 3, 9), "note": "See the dose."}
    entry = asked(editor, clock, "declined", **told)
    clock.forward(hours=1)
    verbs.decline(entry, by=reviewer, why="specialty", note="Ask a nephrologist.", clock=clock)
    clock.forward(hours=1)
    return entry


def test_the_asker_is_told_who_why_and_where_to_ask_somebody_else(
    client, editor, reviewer, declined, clock
):
    found = block(editor, clock.at, "declined").items
    assert [item.title for item in found] == [title("declined")]
    assert found[0].why == (
        "Rita can't review this: It is not my field. “Ask a nephrologist.” "
        "You asked on 2 March. “See the dose.”"
    )
    assert found[0].due == date(2026, 3, 9)
    for user in (factories.editor("ed2"), reviewer):
        assert all(item.title != title("declined") for item in _every(user, clock.at))
    client.force_login(editor)
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    link = page.select_one("#declined .start-step")
    assert link.text == "Ask somebody else"
    assert link["href"] == reverse("admin:faq_question_request_review", args=[declined.pk])
    assert client.get(link["href"]).status_code == 200


def _every(user, at):
    from publishing.worklist import worklist_for

    return list(worklist_for(user, at).tasks.items())


def test_a_new_request_by_anybody_ends_it(editor, other, declined, clock):
    verbs.request_review(declined, by=factories.editor("ed2"), reviewer=other, clock=clock)
    assert listed(editor, clock.at, "declined") == []


@pytest.mark.parametrize("decision", ["approved", "changes"])
def test_a_decision_ends_it(editor, other, disclaimer, declined, clock, decision):
    declined.refresh_from_db()
    told = {"decision": decision, "note": "Why?", "ticked": factories.EVERY_TICK}
    verbs.sign_off([declined.head], by=other, clock=clock, **told)
    assert listed(editor, clock.at, "declined") == []


def test_saving_again_does_not_end_it(editor, declined, clock):
    document = factories.question_document(editor, "declined", answer="<p>Shorter.</p>")
    factories.saved(document, editor, clock, kinds.draft_of(declined))
    assert listed(editor, clock.at, "declined") == [title("declined")]


def test_renewing_the_live_text_decides_nothing_about_the_newer_one(
    live, editor, reviewer, other, clock
):
    clock.forward(days=1)
    changed = factories.question_document(editor, "live", answer="<p>New.</p>", **CHANGED)
    entry = factories.saved(changed, editor, clock, kinds.draft_of(live.entry)).entry
    verbs.request_review(entry, by=editor, reviewer=reviewer, clock=clock)
    clock.forward(hours=1)
    verbs.decline(entry, by=reviewer, why="time", clock=clock)
    clock.forward(hours=1)
    verbs.renew([live], by=other, ticked=factories.EVERY_TICK, clock=clock)
    assert listed(editor, clock.at, "declined") == [title("live")]


def test_a_group_is_still_asked_until_one_of_it_signs(editor, reviewer, other, disclaimer, clock):
    entry = asked(editor, clock, "group")
    clock.forward(hours=1)
    verbs.decline(entry, by=reviewer, why="time", clock=clock)
    (item,) = block(editor, clock.at, "declined").items
    assert item.why == (
        "Rita can't review this: I have no time before it is due. You asked on 2 March. "
        "Still asked: the other medical reviewers."
    )
    clock.forward(hours=1)
    verbs.decline(entry, by=other, why="interest", clock=clock)
    (item,) = block(editor, clock.at, "declined").items
    assert "Ron can't review this: I have an interest in this." in item.why
    assert "Still asked" not in item.why
