"""The reviewer's page: what is asked, what changed, the claims, the text; and what is signed."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import kinds, state, verbs
from publishing.admin.review import confirming
from publishing.models import (
    Decline,
    Edition,
    Entry,
    ReviewRequest,
    SignOff,
)
from references.models import Citation, Reference
from tests import factories
from tests.desk.test_actions import PASSWORD, submit, url
from tests.forms import form_data, texts


@pytest.fixture
def clock():
    """The pages read the real clock, so what the verbs do here happened yesterday."""
    return factories.Clock(datetime.now(UTC) - timedelta(days=1))


@pytest.fixture
def question(editor, clock):
    return entry_of(factories.saved(factories.question_document(editor), editor, clock))


@pytest.fixture
def article(editor, clock, disclaimer, question):
    return entry_of(
        save(factories.article_document(editor, questions=[question.uid]), editor, clock)
    )


def save(document, editor, clock, entry=None):
    return factories.saved(document, editor, clock, entry and kinds.draft_of(entry))


def entry_of(revision) -> Entry:
    return Entry.objects.select_related("head").get(pk=revision.entry_id)


def opened(client, entry, page: str = "sign", **query) -> str:
    response = client.get(url(entry, page), query)
    assert response.status_code == 200
    return response.content.decode()


def signed_data(html: str, **typed) -> dict:
    """Return what the form sends with every statement ticked."""
    boxes = BeautifulSoup(html, "html.parser").select("#content-main input[name^=tick_]")
    return {**form_data(html), **{box["name"]: "on" for box in boxes}, **typed}


def test_it_opens_with_what_is_asked(client, article, editor, reviewer, clock):
    verbs.request_review(
        article, by=editor, reviewer=reviewer, note="Look at the dose.",
        due=datetime(2031, 1, 2).date(), clock=clock,
    )  # fmt: skip
    client.force_login(reviewer)
    [asked] = texts(opened(client, article), ".review .desk-panel")
    assert "Eddie asked Rita" in asked
    assert "Due 2 January 2031." in asked
    assert "Look at the dose." in asked
    # Three key points and one sentence of the body; a minute each, and less than one to read.
    assert "About 5 minutes." in asked
    assert "at 238 a minute, and a minute for each of 4 new claims." in asked


def test_changes_since_it_was_last_signed(client, article, editor, reviewer, clock):
    client.force_login(reviewer)
    assert "all of it is new" in texts(opened(client, article), "#changes")[0]

    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    clock.forward(minutes=1)
    save(factories.article_document(editor, lead="Muscles need zinc."), editor, clock, article)
    changes = BeautifulSoup(opened(client, article), "html.parser").select_one("#changes")
    assert "Rita signed on" in changes.get_text()
    assert "zinc" in " ".join(ins.text for ins in changes.select("ins"))


def test_a_signature_that_was_taken_back_is_none(client, article, editor, reviewer, clock):
    """Nor where another version was signed before it: that one counts."""
    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    told = {"lead": "Muscles need it."}
    second = save(factories.article_document(editor, **told), editor, clock, article)
    verbs.sign_off([second], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.sign_off([second], by=reviewer, decision="changes", note="Say how much.", clock=clock)
    told["lead"] = "Muscles need a little of it."
    save(factories.article_document(editor, **told), editor, clock, article)
    client.force_login(reviewer)

    changes = texts(opened(client, article), "#changes")[0]

    assert "Muscles need magnesium." in changes
    compared = texts(client.get(url(article, "compare")).content.decode(), "h2, caption, option")
    assert any(said == "Last signed: version 1" for said in compared)


def test_a_claim_that_was_signed_before_takes_no_minute_of_its_own(
    client, article, editor, reviewer, clock
):
    verbs.sign_off([article.head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    clock.forward(minutes=1)
    document = factories.article_document(editor)
    body = document.body + "<p>Zinc helps as well [@smith2020].</p>"
    save(factories.article_document(editor, body=body), editor, clock, article)
    client.force_login(reviewer)
    [asked] = texts(opened(client, article), ".review .desk-panel")

    assert "About 2 minutes." in asked
    assert "and a minute for 1 new claim." in asked


def test_claims_stand_beside_their_supporting_words(client, article, editor, reviewer, clock):
    reference = Reference.objects.get(key="smith2020")
    Citation.objects.create(
        entry=article, reference=reference, locator="p. 12", reading="abstract",
        words="It relaxed muscles in two trials.",
    )  # fmt: skip
    Reference.objects.filter(pk=reference.pk).update(status="retracted")
    save(factories.article_document(editor, lead="Newer."), editor, clock, article)
    client.force_login(reviewer)
    claims = texts(opened(client, article), ".review-claims > li")

    assert "It may help" in claims[1]
    assert "We are not very sure" in claims[1]
    assert "Smith, 2020 @smith2020 p. 12. Abstract only." in claims[1]
    assert "It relaxed muscles in two trials." in claims[1]
    assert "Retracted." in claims[1]
    assert "our own editorial advice" in claims[2]
    assert claims[3].startswith("It is used in muscles")


def test_the_text_is_read_with_its_questions(client, article, reviewer):
    client.force_login(reviewer)
    html = opened(client, article)
    words = " ".join(texts(html, ".review-words"))
    for said in ("Muscles need magnesium.", "Eat well.", "It may, for some people"):
        assert said in words
    assert "[@" not in words
    for passage in BeautifulSoup(html, "html.parser").select(".review-passage[data-counts]"):
        assert passage.select_one("[data-review=tick] button[aria-pressed]")
        assert passage.select_one("details > summary")


def test_a_supplements_rows_say_their_figures(client, editor, reviewer, clock, disclaimer):
    entry = entry_of(save(factories.supplement_document(editor), editor, clock))
    client.force_login(reviewer)
    rows = texts(opened(client, entry), ".review-limits .review-words")
    assert len(rows) == 1
    for said in ("350", "mg", "Upper limit", "Adults"):
        assert said in rows[0]


def test_the_password_holds_for_the_same_list(client, article, reviewer, monkeypatch):
    client.force_login(reviewer)
    html = opened(client, article)
    refused = client.post(url(article, "sign"), {**form_data(html), "password": PASSWORD})
    page = refused.content.decode()
    assert "You have not ticked" in page
    assert "You typed it for this list. Until" in page
    assert PASSWORD not in page
    assert PASSWORD not in str(dict(client.session))

    data = signed_data(page, password="")
    monkeypatch.setattr(confirming, "HOLDS", timedelta(0))
    assert client.post(url(article, "sign"), data).status_code == 200
    monkeypatch.undo()
    other = client.post(url(article, "sign"), {**data, "along": [], "read": ""})
    assert other.status_code == 200
    assert not SignOff.objects.filter(revision=article.head).exists()
    assert client.post(url(article, "sign"), data).status_code == 302
    assert SignOff.objects.filter(revision=article.head).count() == 1


def test_a_wrong_password_is_not_helped_by_a_right_one(client, article, reviewer):
    client.force_login(reviewer)
    html = opened(client, article)
    client.post(url(article, "sign"), {**form_data(html), "password": PASSWORD})
    refused = client.post(url(article, "sign"), signed_data(html, password="another"))
    assert refused.status_code == 409
    assert not SignOff.objects.filter(revision=article.head).exists()


def test_a_double_click_signs_once(client, article, reviewer, question):
    client.force_login(reviewer)
    data = signed_data(opened(client, article), password=PASSWORD)
    client.post(url(article, "sign"), data)
    second = client.post(url(article, "sign"), data, follow=True)
    assert second.status_code == 200
    assert "Signed already" in second.content.decode()
    assert SignOff.objects.filter(revision__entry__in=[article, question]).count() == 2


def test_a_double_click_renews_once(client, article, reviewer, publisher, clock, question):
    both = [article.head, question.head]
    verbs.sign_off(both, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish(both, by=publisher, clock=clock)
    client.force_login(reviewer)
    data = signed_data(opened(client, article, "renew"), password=PASSWORD)
    assert client.post(url(article, "renew"), data).status_code == 302
    second = client.post(url(article, "renew"), data, follow=True)
    assert "Signed already" in second.content.decode()
    assert Edition.objects.filter(entry=article).count() == 2


def test_a_newer_version_is_shown_with_its_changes_before_it_is_signed(
    client, article, editor, reviewer, clock, question
):
    client.force_login(reviewer)
    data = signed_data(opened(client, article), password=PASSWORD)
    newer = factories.article_document(editor, lead="Zinc.", questions=[question.uid])
    save(newer, editor, clock, article)
    refused = client.post(url(article, "sign"), data)
    page = refused.content.decode()
    soup = BeautifulSoup(page, "html.parser")

    assert refused.status_code == 409
    assert "The text changed at" in texts(page, ".desk-refusal")[0]
    assert "You opened version 1. The newest is version 2" in texts(page, "#since-opened")[0]
    assert "Zinc." in soup.select_one(".review .desk-panel ins").text
    assert not soup.select("input[name^=tick_][checked]")
    assert not SignOff.objects.filter(revision__entry=article).exists()

    signed = client.post(url(article, "sign"), signed_data(page, password=PASSWORD))
    assert signed.status_code == 302
    assert SignOff.objects.get(revision__entry=article).revision.number == 2


def test_a_newer_question_is_shown_before_it_is_signed(
    client, article, editor, reviewer, clock, question
):
    client.force_login(reviewer)
    data = signed_data(opened(client, article), password=PASSWORD)
    save(factories.question_document(editor, answer="<p>Newer.</p>"), editor, clock, question)
    refused = client.post(url(article, "sign"), data)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "A text shown in this page changed" in texts(page, ".desk-refusal")[0]
    assert "Newer." in " ".join(texts(page, ".review-words"))
    assert not SignOff.objects.filter(revision__entry__in=[article, question]).exists()
    signed = client.post(url(article, "sign"), signed_data(page, password=PASSWORD))
    assert signed.status_code == 302
    [sign_off] = SignOff.objects.filter(revision__entry=question)
    assert sign_off.revision.number == 2


def test_the_mails_link_tells_of_a_newer_version(client, article, editor, reviewer, clock):
    save(factories.article_document(editor, lead="Zinc."), editor, clock, article)
    client.force_login(reviewer)
    assert "You opened version 1" in opened(client, article, version="1")
    assert "You opened" not in opened(client, article, version="2")
    assert "You opened" not in opened(client, article, version="9" * 400)


def test_who_sent_a_text_back_sees_what_came_of_it(
    client, article, question, editor, reviewer, clock
):
    verbs.sign_off([article.head], by=reviewer, decision="changes", note="Why?", clock=clock)
    client.force_login(reviewer)
    assert "You asked for changes" not in opened(client, article)
    newer = factories.article_document(editor, lead="Zinc.", questions=[question.uid])
    save(newer, editor, clock, article)
    page = opened(client, article, version="2")
    [said] = texts(page, "#since-opened")
    assert "You asked for changes to version 1. The newest is version 2" in said
    assert "Zinc." in texts(page, ".review .desk-panel ins")[0]
    client.force_login(factories.reviewer("sven"))
    assert texts(opened(client, article), "#since-opened") == []

    clock.forward(hours=1)
    head = entry_of(article.head).head
    verbs.sign_off([head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    save(factories.article_document(editor, lead="Iron."), editor, clock, article)
    client.force_login(reviewer)
    assert texts(opened(client, article), "#since-opened") == []


def test_asking_a_group_mails_its_people(
    client, article, editor, reviewer, django_capture_on_commit_callbacks
):
    reviewer.email = "rita@example.org"
    reviewer.save()
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        sent = submit(client, url(article, "request_review"), note="Look.", due="2031-01-02")
    assert sent.status_code == 302
    assert ReviewRequest.objects.get().group.name == "Medical reviewers"
    [letter] = mail.outbox
    assert letter.to == ["rita@example.org"]
    assert "Due 2 January 2031." in letter.body
    assert url(article, "sign") + "?version=1" in letter.body


def test_who_wrote_the_text_is_not_offered_as_its_reviewer(
    client, article, editor, reviewer, clock
):
    both = factories.person("bo", "Editors", "Medical reviewers")
    save(factories.article_document(both, lead="Bo's."), both, clock, article)
    client.force_login(editor)
    html = opened(client, article, "request_review")
    assert texts(html, "#id_asked option") == ["Any of the medical reviewers", "Rita"]
    assert "wrote part of this text: Bo." in html


@pytest.mark.parametrize("asked", ["group:Publishers", "person:999999", "person:x", ""])
def test_nobody_else_can_be_asked(asked, client, article, editor, reviewer):
    client.force_login(editor)
    assert submit(client, url(article, "request_review"), asked=asked).status_code == 200
    assert not ReviewRequest.objects.exists()


def test_declining_sends_the_request_back(
    client, article, editor, reviewer, clock, django_capture_on_commit_callbacks
):
    editor.email = "eddie@example.org"
    editor.save()
    verbs.request_review(article, by=editor, reviewer=reviewer, clock=clock)
    client.force_login(reviewer)
    with django_capture_on_commit_callbacks(execute=True):
        for _press in range(2):
            sent = submit(client, url(article, "decline"), why="interest", note="My own trial.")
            assert sent.status_code == 302
    assert Decline.objects.get().why == "interest"
    assert state.standing_of(article, datetime.now(UTC)).state == "draft"
    [letter] = mail.outbox
    assert letter.to == ["eddie@example.org"]
    assert "I have an interest in this" in letter.body
    assert "My own trial." in letter.body


def test_a_group_is_asked_until_nobody_is_left(article, editor, reviewer, clock):
    other = factories.reviewer("olga")
    asked = verbs.request_review(article, by=editor, clock=clock)
    verbs.decline(article, by=reviewer, why="time", clock=clock)
    asked.refresh_from_db()
    assert asked.closed_at is None
    verbs.decline(article, by=other, why="specialty", clock=clock)
    asked.refresh_from_db()
    assert asked.closed_at is not None


def test_asking_for_changes_takes_the_comments_along(client, article, reviewer, clock):
    passage = form_data_of_first_comment(client, article, reviewer)["passage"][0]
    verbs.comment(article.head, by=reviewer, passage=passage, text="Which dose?", clock=clock)
    for _press in range(2):
        assert submit(client, url(article, "ask_for_changes")).status_code == 302
    [decision] = SignOff.objects.filter(revision__entry=article)
    assert decision.decision == "changes"
    # Nothing was typed, so no words stand as the reviewer's.
    assert decision.note == ""


def form_data_of_first_comment(client, article, reviewer) -> dict:
    client.force_login(reviewer)
    return form_data(opened(client, article), "[data-review=comment]")


def test_the_page_costs_no_query_a_passage(client, article, editor, reviewer, clock, question):
    client.force_login(reviewer)
    opened(client, article)
    with CaptureQueriesContext(connection) as few:
        opened(client, article)
    more = [save(factories.question_document(editor, f"more-{n}"), editor, clock) for n in "ab"]
    body = "".join(f"<h2>Part {n}</h2><p>Number {n} helps [@smith2020].</p>" for n in range(20))
    uids = [question.uid, *(revision.entry.uid for revision in more)]
    longer = factories.article_document(editor, body=body, questions=uids)
    save(longer, editor, clock, article)
    with CaptureQueriesContext(connection) as many:
        html = opened(client, article)
    assert html.count("data-counts") > 25
    assert len(many) == len(few)
