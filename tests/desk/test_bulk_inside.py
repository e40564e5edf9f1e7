"""Signing and publishing several pages at once, where something shown in one has newer text."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, verbs
from publishing.models import Edition, SignOff
from tests import factories
from tests.desk.bulk import PASSWORD, PREFIX, choose, reported, submit, title
from tests.desk.test_bulk_signing import statements_of
from tests.forms import form_data, texts


@pytest.fixture
def clock():
    """A clock that stands still an hour ago: the pages read the real time."""
    return factories.Clock(clocks.now() - timedelta(hours=1))


@pytest.fixture
def questions(editor, reviewer, publisher, disclaimer, clock) -> list:
    """The revisions of two live questions."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    documents = [factories.question_document(editor, f"ask-{n}") for n in range(2)]
    return [factories.published(document, **people).revision for document in documents]


@pytest.fixture
def page(editor, questions, clock):
    """The revision of an article that shows both."""
    uids = [revision.entry.uid for revision in questions]
    document = factories.article_document(editor, "with-questions", questions=uids)
    return factories.saved(document, editor, clock)


def change(revision, editor, clock, answer: str = "<p>Newer.</p>"):
    """Save a newer text of a question."""
    document = factories.question_document(
        editor,
        revision.entry.slug,
        answer=answer,
        change_kind="minor",
        change_note=f"We say it anew: {answer}",
    )
    clock.forward(minutes=1)
    return factories.saved(document, editor, clock, kinds.draft_of(revision.entry))


def sign(reviewer, clock, *revisions) -> None:
    clock.forward(minutes=1)
    verbs.sign_off(revisions, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)


def way_of(client) -> dict[str, str]:
    """Return the report's links out, by their words."""
    report = client.get(reverse(PREFIX + "bulk_report")).content.decode()
    links = BeautifulSoup(report, "html.parser").select(".desk-report section a")
    return {link.text: link["href"] for link in links}


def sign_all(client, *revisions):
    address = choose(client, "sign", revisions)
    html = client.get(address).content.decode()
    tick = [f"{r.entry_id}:{r.number}" for r in revisions]
    return submit(client, address, tick=tick, password=PASSWORD, **statements_of(html))


def test_a_page_whose_questions_changed_is_left_to_its_own_page(
    client, page, questions, drafts, editor, reviewer, clock
):
    for revision in questions:
        change(revision, editor, clock)
    client.force_login(reviewer)
    report = reported(client, sign_all(client, page, drafts[0]))
    assert (
        "Not signed. 2 questions in it have new text that nobody has signed. Open it to read and "
        "sign them together."
    ) in report[title(page)]
    assert "Signed: version" in report[title(drafts[0])]
    assert not SignOff.objects.filter(revision=page).exists()
    ways = way_of(client)
    own = reverse(PREFIX + "sign", args=[page.entry_id])
    assert ways["Read and sign them together"] == own
    asked = reverse("admin:faq_question_change", args=[questions[0].entry_id])
    assert ways[f"Question “{title(questions[0])}”"] == asked
    assert client.get(own).status_code == 200


def test_a_page_with_a_new_question_and_a_changed_supplement_counts_both(
    client, questions, editor, reviewer, publisher, clock
):
    new = factories.saved(factories.question_document(editor, "new"), editor, clock)
    zinc = factories.saved(factories.supplement_document(editor, "zinc"), editor, clock)
    document = factories.article_document(
        editor, "both", questions=[new.entry.uid], comparisons=[zinc.entry.uid]
    )
    both = factories.saved(document, editor, clock)
    client.force_login(reviewer)
    stopped = client.get(choose(client, "sign", [both])).content.decode()
    assert texts(stopped, ".desk-stopped")[0].startswith(
        "Not signed. 1 question and 1 supplement in it have new text"
    )


def test_a_page_whose_question_is_signed_already_can_be_signed(
    client, page, questions, editor, reviewer, clock
):
    sign(reviewer, clock, change(questions[0], editor, clock))
    client.force_login(reviewer)
    html = client.get(choose(client, "sign", [page])).content.decode()
    assert "1 question in it is signed and not live yet." in html
    report = reported(client, sign_all(client, page))
    assert "Signed: version" in report[title(page)]


def test_a_page_is_not_published_without_the_questions_signed_with_it(
    client, page, questions, signed, editor, reviewer, publisher, clock
):
    newer = [change(revision, editor, clock) for revision in questions]
    sign(reviewer, clock, page, *newer)
    client.force_login(publisher)
    report = reported(client, submit(client, choose(client, "publish", [page, signed[0]])))
    assert (
        "Not published. 2 questions in it are signed and wait to go live. Open it to publish them "
        "together."
    ) in report[title(page)]
    assert "Signed, not live." in report[title(page)]
    assert "Published at" in report[title(signed[0])]
    assert not Edition.objects.filter(revision__in=[page, *newer]).exists()
    own = reverse(PREFIX + "publish", args=[page.entry_id])
    assert way_of(client)["Publish them together"] == own
    assert client.get(own).status_code == 200


def test_a_question_that_is_neither_live_nor_signed_is_named(
    client, signed, editor, reviewer, publisher, clock
):
    new = factories.saved(factories.question_document(editor, "new"), editor, clock)
    document = factories.article_document(editor, "one", questions=[new.entry.uid])
    page = factories.saved(document, editor, clock)
    sign(reviewer, clock, page)
    client.force_login(publisher)
    report = reported(client, submit(client, choose(client, "publish", [page, signed[0]])))
    assert (
        "Not published. 1 question in it is not live, and nobody has signed it."
        in (report[title(page)])
    )
    assert way_of(client)[f"Question “{title(new)}”"] == reverse(
        "admin:faq_question_change", args=[new.entry_id]
    )


def test_an_unfinished_newer_answer_holds_no_page_back(
    client, page, questions, editor, reviewer, publisher, clock
):
    sign(reviewer, clock, page)
    change(questions[0], editor, clock)
    client.force_login(publisher)
    address = choose(client, "publish", [page])
    assert "readers go on seeing the live one" in client.get(address).content.decode()
    assert "Published at" in reported(client, submit(client, address))[title(page)]


def test_a_question_that_is_scheduled_holds_no_page_back(
    client, page, questions, editor, reviewer, publisher, clock
):
    newer = change(questions[0], editor, clock)
    sign(reviewer, clock, page, newer)
    verbs.publish([newer], by=publisher, at=clocks.now() + timedelta(days=1), clock=clock)
    client.force_login(publisher)
    report = reported(client, submit(client, choose(client, "publish", [page])))
    assert "Published at" in report[title(page)]


def test_more_pages_and_questions_cost_no_more_queries(
    client, page, questions, editor, reviewer, publisher, clock
):
    pages = [page]
    for n in range(4):
        uids = [questions[0].entry.uid, questions[n % 2].entry.uid]
        document = factories.article_document(editor, f"more-{n}", questions=uids)
        pages.append(factories.saved(document, editor, clock))
    sign(reviewer, clock, *pages)
    sign(reviewer, clock, change(questions[0], editor, clock))
    client.force_login(publisher)

    def queries(chosen) -> int:
        address = choose(client, "publish", chosen)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    assert queries(pages) == queries(pages[:1])


def test_what_went_live_inside_a_page_meanwhile_is_read_before_it_is_signed(
    client, page, questions, editor, reviewer, publisher, clock
):
    client.force_login(reviewer)
    address = choose(client, "sign", [page])
    opened = form_data(client.get(address).content.decode())
    statements = statements_of(client.get(address).content.decode())
    newer = change(questions[0], editor, clock, "<p>Take ten times as much.</p>")
    sign(factories.reviewer("rolf"), clock, newer)
    verbs.publish([newer], by=publisher, clock=clock)

    ticked = {"entry": [f"{page.entry_id}:1"], "password": PASSWORD, **statements}
    refused = client.post(address, opened | ticked)
    assert "what is shown inside, changed after you opened" in refused.content.decode()
    assert not SignOff.objects.filter(revision=page).exists()
    again = form_data(refused.content.decode())
    assert "entry" not in again
    reported(client, client.post(address, again | ticked))
    made = SignOff.objects.get(revision=page)
    assert made.embeds_seen()[str(newer.entry.uid)] == newer.digest


@pytest.mark.parametrize("seen", ["", "[]", "null", '{"1": 3}', "nonsense"])
def test_a_form_that_says_nothing_of_what_was_shown_signs_nothing(client, page, reviewer, seen):
    client.force_login(reviewer)
    address = choose(client, "sign", [page])
    statements = statements_of(client.get(address).content.decode())
    tick = [f"{page.entry_id}:1"]
    refused = submit(client, address, tick=tick, password=PASSWORD, seen=seen, **statements)
    assert refused.status_code == 409
    assert not SignOff.objects.filter(revision=page).exists()
