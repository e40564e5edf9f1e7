"""The reviewer's page folds what was signed as it stands; what is new stays open."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from publishing import verbs
from publishing.models import Entry
from publishing.passages import passages_of
from references.models import Reference
from tests import factories
from tests.desk.test_actions import url
from tests.desk.test_review_page import entry_of, save

OLD = "<h2>One</h2><p>First.</p><p>Second.</p><p>Third.</p><h2>Two</h2><p>Cramps [@smith2020].</p>"
NEW = OLD + "<p>Zinc helps as well [@smith2020].</p>"


@pytest.fixture
def clock():
    return factories.Clock(datetime.now(UTC) - timedelta(days=1))


@pytest.fixture
def document(editor, disclaimer, clock):
    question = factories.saved(factories.question_document(editor), editor, clock).entry
    return factories.article_document(editor, questions=[question.uid], body=OLD)


@pytest.fixture
def article(document, editor, reviewer, clock):
    """A page with a question, both signed."""
    entry = entry_of(save(document, editor, clock))
    question = Entry.objects.select_related("head").get(kind="question")
    ticked = factories.EVERY_TICK
    verbs.sign_off([entry.head, question.head], by=reviewer, ticked=ticked, clock=clock)
    clock.forward(minutes=1)
    return entry


@pytest.fixture
def opened(client, reviewer, article):
    def opened(page: str = "sign") -> BeautifulSoup:
        client.force_login(reviewer)
        response = client.get(url(article, page))
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return opened


def folded(html: BeautifulSoup, selector: str) -> tuple[list[str], list[str]]:
    """Return the words of what is folded away, and of what is in view."""
    found = [(each.find_parent("details", open=False), each) for each in html.select(selector)]
    away = [" ".join(each.get_text(" ").split()) for fold, each in found if fold is not None]
    seen = [" ".join(each.get_text(" ").split()) for fold, each in found if fold is None]
    return away, seen


def test_a_claim_that_was_signed_as_it_stands_is_folded(opened, document, article, editor, clock):
    everything = folded(opened(), ".review-claim")
    assert everything[0] == [], "nothing is new: all is to be read"
    save(document.model_copy(update={"body": NEW}), editor, clock, article)

    away, seen = folded(opened(), ".review-claim")

    assert [words.partition(" [")[0] for words in seen] == ["Zinc helps as well"]
    assert any(words.startswith("Cramps") for words in away)
    assert len(away) == len(everything[1])
    assert "1 new claim" in opened().select_one(".desk-panel").get_text()


def test_a_claim_whose_source_was_retracted_stays_open(opened, document, article, editor, clock):
    Reference.objects.filter(key="smith2020").update(status="retracted")
    save(document.model_copy(update={"body": NEW}), editor, clock, article)

    _away, seen = folded(opened(), ".review-claim")

    assert any(words.startswith("Cramps") for words in seen)


def test_passages_that_did_not_change_are_folded_with_all_their_buttons(
    opened, document, article, editor, clock
):
    before = len(opened().select(".review-passage"))
    save(document.model_copy(update={"body": NEW}), editor, clock, article)
    html = opened()

    away, seen = folded(html, ".review-words")

    assert any(words.startswith("Zinc helps as well") for words in seen)
    assert {"First.", "Second.", "Third."} <= set(away)
    assert len(away) + len(seen) == before + 1
    assert all(each.select("summary") for each in html.select(".review-passage"))
    # The question that the page shows has not changed by a word.
    part = html.select(".review-part")[1]
    assert folded(part, ".review-words")[1] == []
    # Every link of the page leads to something that is there, folded or not.
    targets = {a["href"][1:] for a in html.select('.review a[href^="#"]')}
    assert targets - {""} <= {each["id"] for each in html.select("[id]")}


def test_an_open_comment_holds_its_passages_open(
    opened, document, article, editor, reviewer, clock
):
    newest = save(document.model_copy(update={"body": NEW}), editor, clock, article)
    said = next(p for p in passages_of(document) if p.words == "Second.")
    verbs.comment(newest, by=reviewer, passage=said.digest, text="Why?", clock=clock)

    _away, seen = folded(opened(), ".review-words")

    assert {"First.", "Second.", "Third."} <= set(seen)
