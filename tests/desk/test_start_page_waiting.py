"""The start page: what waits for a person, by what they may do."""

from datetime import date, timedelta

from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, verbs
from publishing.models import Case, Decline, Site
from publishing.worklist import worklist_for
from tests import factories
from tests.desk.start import CHANGED, asked, block, listed, title


def test_requests_to_me_or_my_group_wait_the_most_urgent_first(editor, reviewer, clock):
    other = factories.reviewer("ron")
    asked(editor, clock, "for-anybody")
    asked(editor, clock, "for-rita", reviewer=reviewer, due=date(2026, 2, 27), note="See dose.")
    asked(editor, clock, "for-ron", reviewer=other)
    found = block(reviewer, clock.at, "to-sign")
    assert [i.title for i in found.items] == [title("for-rita"), title("for-anybody")]
    assert found.items[0].why == "Eddie asked on 2 March. “See dose.”"
    assert (found.items[0].due, found.items[0].late) == (date(2026, 2, 27), 3)
    assert found.items[0].url.startswith("/admin/faq/question/")
    assert listed(other, clock.at, "to-sign") == [title("for-anybody"), title("for-ron")]


def test_what_i_declined_or_wrote_does_not_wait_for_me(editor, reviewer, clock):
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    declined = asked(editor, clock, "declined")
    request = declined.review_requests.get()
    Decline.objects.create(request=request, by=reviewer, at=clock.at, why="time")
    # Bo wrote it, and somebody else is named as its author.
    written = factories.saved(factories.question_document(editor, "by-bo"), both, clock).entry
    verbs.request_review(written, by=editor, clock=clock)
    document = factories.question_document(both, "named-bo")
    named = factories.saved(document, editor, clock).entry
    verbs.request_review(named, by=editor, clock=clock)
    expected = {title("by-bo"), title("named-bo")}
    assert set(listed(reviewer, clock.at, "to-sign")) == expected
    assert listed(both, clock.at, "to-sign") == [title("declined")]


def test_what_i_wrote_before_the_last_edition_does_not_bar_me(
    editor, reviewer, publisher, disclaimer, clock
):
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    document = factories.question_document(editor, "old")
    live = factories.published(document, by=both, signer=reviewer, publisher=publisher, clock=clock)
    clock.forward(days=1)
    newer = document.model_copy(update={"answer": "<p>Newer.</p>"})
    factories.saved(newer, editor, clock, kinds.draft_of(live.entry))
    verbs.request_review(live.entry, by=editor, clock=clock)
    assert listed(both, clock.at, "to-sign") == [title("old")]


def test_a_translation_of_my_words_does_not_wait_for_me(editor, reviewer, disclaimer, clock):
    both = factories.person("bo", kinds.EDITORS, kinds.MEDICAL_REVIEWERS)
    Site.objects.update(languages=["en", "es"])
    for slug, writer in (("by-bo", both), ("by-eddie", editor)):
        revision = factories.saved(factories.question_document(editor, slug), writer, clock)
        made = verbs.translate(revision.entry, "es", f"¿{slug}?", by=editor, clock=clock)
        verbs.request_review(made, by=editor, clock=clock)
    assert set(listed(reviewer, clock.at, "to-sign")) == {"¿by-bo?", "¿by-eddie?"}
    assert listed(both, clock.at, "to-sign") == ["¿by-eddie?"]


def test_sent_back_stays_with_its_writer_until_review_is_asked_again(editor, reviewer, clock):
    revision = factories.saved(factories.question_document(editor, "back"), editor, clock)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="Name the dose.", clock=clock)
    found = block(editor, clock.at, "sent-back").items
    assert [i.title for i in found] == [title("back")]
    assert found[0].why == "Rita asked for changes on 2 March. “Name the dose.”"
    assert listed(factories.editor("ed2"), clock.at, "sent-back") == []
    changed = factories.question_document(editor, "back", answer="<p>With 300 mg.</p>")
    second = factories.editor("ed3")
    clock.forward(minutes=1)
    factories.saved(changed, second, clock, kinds.draft_of(revision.entry))
    for person in (editor, second):
        [item] = block(person, clock.at, "sent-back").items
        assert item.why.endswith("It was changed since, and nobody is asked to read it again.")
        assert item.step.url.endswith("/request-review/")
    clock.forward(minutes=1)
    verbs.request_review(revision.entry, by=second, clock=clock)
    assert listed(editor, clock.at, "sent-back") == []
    clock.forward(minutes=1)
    verbs.decline(revision.entry, by=reviewer, why="time", clock=clock)
    assert listed(editor, clock.at, "sent-back") == []


def test_a_later_signature_answers_what_was_sent_back(editor, reviewer, disclaimer, clock):
    document = factories.question_document(editor, "back")
    revision = factories.saved(document, editor, clock)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="No.", clock=clock)
    clock.forward(minutes=1)
    changed = factories.question_document(editor, "back", answer="<p>Better.</p>")
    better = factories.saved(changed, editor, clock, kinds.draft_of(revision.entry))
    verbs.sign_off([better], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert listed(editor, clock.at, "sent-back") == []


def test_sent_back_and_asked_for_again_waits_no_more(editor, reviewer, clock):
    revision = factories.saved(factories.question_document(editor, "back"), editor, clock)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="No.", clock=clock)
    verbs.request_review(revision.entry, by=editor, clock=clock)
    assert listed(editor, clock.at, "sent-back") == []


def test_my_newest_drafts_with_problems(editor, disclaimer, clock):
    for n in range(5):
        empty = factories.question_document(editor, f"draft-{n}", answer="")
        factories.saved(empty, editor, clock)
        clock.forward(minutes=1)
    found = block(editor, clock.at, "with-problems")
    assert [i.title for i in found.items] == [title(f"draft-{n}") for n in (4, 3, 2)]
    assert "thing" in found.items[0].why
    assert found.note == "2 older drafts of yours were not checked here."
    assert listed(factories.editor("ed2"), clock.at, "with-problems") == []


def test_a_draft_without_problems_is_not_listed(editor, disclaimer, clock):
    clock.forward(minutes=1)
    factories.saved(factories.question_document(editor, "good"), editor, clock)
    assert listed(editor, clock.at, "with-problems") == []


def test_signed_texts_wait_for_the_publisher_until_live_or_scheduled(
    editor, reviewer, publisher, disclaimer, clock
):
    def signed(slug: str):
        revision = factories.saved(factories.question_document(editor, slug), editor, clock)
        verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
        return revision

    def waits() -> list[str]:
        return listed(publisher, clock.at, "ready")

    now, later = signed("now"), signed("later")
    assert set(waits()) == {title("now"), title("later")}
    assert all(b.name != "ready" for b in worklist_for(editor, clock.at).tasks.waiting)
    verbs.publish([now], by=publisher, clock=clock)
    verbs.publish([later], by=publisher, at=clock.at + timedelta(days=9), clock=clock)
    assert waits() == []
    clock.forward(hours=1)
    verbs.withdraw(now.entry, by=publisher, reason="wrong", clock=clock)
    clock.forward(hours=1)
    assert waits() == []
    document = factories.question_document(editor, "now", answer="<p>Better.</p>", **CHANGED)
    newer = factories.saved(document, editor, clock, kinds.draft_of(now.entry))
    clock.forward(hours=1)
    verbs.sign_off([newer], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert waits() == [title("now")]


def test_cases_come_to_who_wrote_the_page_and_to_publishers(editor, publisher, clock):
    entry = factories.saved(factories.question_document(editor, "shown"), editor, clock).entry
    about = factories.saved(factories.question_document(editor, "about"), editor, clock).entry
    fields = {"entry": entry, "about": about, "text": "It changed.", "at": clock.at}
    case = Case.objects.create(why="embed_withdrawn", by=publisher, **fields)
    other = factories.editor("ed3")
    for user, count in ((editor, 1), (publisher, 1), (other, 0)):
        assert len(listed(user, clock.at, "cases")) == count
    found = block(editor, clock.at, "cases").items[0]
    assert (found.title, found.why) == (title("shown"), "It changed.")
    case.closed_at, case.closed_by = clock.at, editor
    case.save()
    assert listed(editor, clock.at, "cases") == []


def test_a_case_that_a_schedule_will_open_is_told_when_it_begins(client, editor, publisher):
    now = clocks.now()
    clock = factories.Clock(now - timedelta(days=1))
    entry = factories.saved(factories.question_document(editor, "shown"), editor, clock).entry
    about = factories.saved(factories.question_document(editor, "about"), editor, clock).entry
    fields = {"entry": entry, "about": about, "text": "It changed.", "by": publisher}
    begins = now + timedelta(hours=1)
    case = Case.objects.create(why="embed_withdrawn", at=begins, **fields)
    assert listed(editor, begins - timedelta(microseconds=1), "cases") == []
    assert block(editor, begins, "cases").items[0].since == begins
    client.force_login(editor)
    pages = {
        reverse("admin:faq_question_change", args=[entry.pk]): "It changed.",
        reverse("admin:faq_question_changelist"): ">A case is open</span>",
        reverse("admin:faq_question_changelist") + "?flag=case": title("shown"),
    }
    for address, words in pages.items():
        assert words not in client.get(address).content.decode(), address
    Case.objects.filter(pk=case.pk).update(at=now)
    for address, words in pages.items():
        assert words in client.get(address).content.decode(), address
    item = block(editor, now, "cases").items[0]
    assert item.url == reverse("admin:faq_question_change", args=[entry.pk]) + f"#case-{case.pk}"
    assert f'id="case-{case.pk}"' in client.get(item.url).content.decode()
