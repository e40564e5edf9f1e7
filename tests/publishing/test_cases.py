"""Cases: what a change elsewhere asks of the people who look after a page."""

from datetime import timedelta

import pytest
from django.utils import translation

from publishing import cases, verbs
from publishing.models import Case, Edition, Revision, Site
from tests import factories


@pytest.fixture
def question(desk):
    """A live question, shown by a live article."""
    question = desk.save(desk.question())
    desk.article_revision = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(desk.article_revision, question)
    desk.publish(desk.article_revision, question)
    desk.clock.forward(days=1)
    return question.entry


def open_cases(at=None):
    """Return the cases that are open, or of these the ones that hold at an instant."""
    rows = Case.objects.filter(closed_at=None) if at is None else cases.standing(at)
    return list(rows.values_list("entry__kind", "why", "about__kind"))


CHANGED = [("article", "embed_changed", "question")]


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


WITHDRAWN = [("article", "embed_withdrawn", "question")]


def withdraw(desk, question):
    desk.clock.forward(days=1)
    verbs.withdraw(question, by=desk.publisher, reason="wrong", clock=desk.clock)
    desk.clock.forward(days=1)


def test_a_withdrawn_answers_case_stands_until_the_page_signed_since_begins(desk, question):
    withdraw(desk, question)
    page = desk.change(desk.article_revision.entry, lead="Another lead.", questions=[])
    desk.sign(page)
    at = desk.clock.at + timedelta(days=3)
    (edition,) = desk.publish(page, at=at)
    assert open_cases(just_before(edition)) == WITHDRAWN
    assert open_cases(at) == []
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)
    assert open_cases(at) == WITHDRAWN


def test_a_withdrawn_answers_case_ends_when_the_answer_is_live_again(desk, question):
    withdraw(desk, question)
    newer = desk.change(question, answer="<p>No.</p>")
    desk.sign(newer)
    desk.publish(newer)
    desk.clock.forward(days=1)
    assert open_cases(desk.clock.at) == CHANGED


def test_a_page_signed_before_the_withdrawal_answers_nothing(desk, question):
    page = desk.change(desk.article_revision.entry, lead="Another lead.")
    desk.sign(page)
    (edition,) = desk.publish(page, at=desk.clock.at + timedelta(days=3))
    withdraw(desk, question)
    assert open_cases(edition.live_from) == WITHDRAWN


@pytest.fixture
def scheduled(desk, question) -> Edition:
    """The question's next edition, ten days ahead."""
    return desk.schedule(desk.change(question, answer="<p>No.</p>"), days=10)


def just_before(edition):
    return edition.live_from - timedelta(microseconds=1)


def test_a_scheduled_answer_opens_one_from_the_instant_at_which_it_begins(desk, scheduled):
    assert open_cases(desk.clock.at) == open_cases(just_before(scheduled)) == []
    assert open_cases(scheduled.live_from) == CHANGED
    assert Case.objects.get().at == scheduled.live_from


def test_a_schedule_that_is_cancelled_opens_none(desk, question, scheduled):
    verbs.cancel(scheduled, by=desk.publisher, clock=desk.clock)
    assert open_cases(scheduled.live_from) == []
    # Planned anew for the very instant, it does; and for a later one, from then.
    newest = scheduled.revision
    for days in (0, 5):
        at = scheduled.live_from + timedelta(days=days)
        (again,) = desk.publish(newest, at=at, schedules="cancel")
        assert open_cases(just_before(again)) == []
        assert open_cases(again.live_from) == CHANGED


def test_a_schedule_withdrawn_with_its_answer_opens_the_withdrawals_alone(
    desk, question, scheduled
):
    verbs.withdraw(question, by=desk.publisher, reason="wrong", clock=desk.clock)
    assert open_cases(scheduled.live_from) == [("article", "embed_withdrawn", "question")]


def test_a_change_now_and_one_scheduled_are_looked_at_one_by_one(desk, question, scheduled):
    now = desk.change(question, answer="<p>Perhaps.</p>")
    desk.sign(now)
    desk.publish(now, schedules="keep")
    desk.clock.forward(days=1)
    (case,) = cases.standing(desk.clock.at)
    assert cases.close_one(case, by=desk.editor, at=desk.clock.at)
    assert not cases.close_one(case, by=desk.editor, at=desk.clock.at)
    assert open_cases(just_before(scheduled)) == []
    assert open_cases(scheduled.live_from) == CHANGED
    (later,) = cases.standing(scheduled.live_from)
    assert later.pk != case.pk


def test_renewing_the_page_before_then_answers_nothing(desk, scheduled):
    live = Edition.objects.live(desk.clock.at).filter(entry=desk.article_revision.entry)
    every = ["whole_page", "key_points", "get_help", "doses", "balance"]
    verbs.renew(list(live), by=desk.reviewer, ticked=every, clock=desk.clock)
    assert open_cases(scheduled.live_from) == CHANGED


def test_a_page_scheduled_along_with_the_answer_has_none(desk, question, scheduled):
    page = desk.change(desk.article_revision.entry, lead="Another lead.")
    newest = scheduled.revision
    desk.sign(page, newest)
    made = desk.publish(page, newest, at=scheduled.live_from, schedules="cancel")
    assert open_cases(scheduled.live_from) == []
    # The page as it is shows another answer than it was signed with, if it stays.
    verbs.cancel(made[0], by=desk.publisher, clock=desk.clock)
    assert open_cases(scheduled.live_from) == CHANGED


def test_a_page_that_was_signed_without_the_new_answer_has_one(desk, question, scheduled):
    page = desk.change(desk.article_revision.entry, lead="Another lead.")
    desk.sign(page)
    desk.publish(page, scheduled.revision, at=scheduled.live_from, schedules="cancel")
    assert open_cases(just_before(scheduled)) == []
    assert open_cases(scheduled.live_from) == CHANGED


def test_of_two_schedules_the_later_one_opens_it_where_the_earlier_is_cancelled(
    desk, question, scheduled
):
    sooner = desk.change(question, answer="<p>Perhaps.</p>")
    desk.sign(sooner)
    at = scheduled.live_from - timedelta(days=5)
    (edition,) = desk.publish(sooner, at=at, schedules="keep")
    assert open_cases(at) == CHANGED
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)
    assert open_cases(just_before(scheduled)) == []
    assert open_cases(scheduled.live_from) == CHANGED


def test_a_case_stands_until_the_page_that_answers_it_begins(desk, question):
    newer = desk.change(question, answer="<p>No.</p>")
    desk.sign(newer)
    desk.publish(newer)
    desk.clock.forward(days=1)
    page = desk.change(desk.article_revision.entry, lead="Another lead.")
    desk.sign(page)
    at = desk.clock.at + timedelta(days=3)
    (edition,) = desk.publish(page, at=at)
    assert open_cases(just_before(edition)) == CHANGED
    assert open_cases(at) == []
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)
    assert open_cases(at) == CHANGED


def test_the_second_of_two_schedules_opens_one_though_nothing_was_live_before(desk):
    question = desk.save(desk.question())
    page = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(page, question)
    first = desk.clock.at + timedelta(days=2)
    desk.publish(page, question, at=first)
    newer = desk.change(question.entry, answer="<p>No.</p>")
    desk.sign(newer)
    (second,) = desk.publish(newer, at=first + timedelta(days=2), schedules="keep")
    assert open_cases(just_before(second)) == []
    assert open_cases(second.live_from) == CHANGED


@pytest.fixture
def orphan(desk):
    """A live translation whose original was withdrawn a day ago; and that original's edition."""
    Site.objects.update(languages=["en", "es"])
    original = desk.live(desk.question())
    draft = verbs.translate(original.entry, "es", "¿Ayuda?", by=desk.editor, clock=desk.clock)
    translated = draft.revisions.latest()
    desk.sign(translated)
    (edition,) = desk.publish(translated)
    desk.clock.forward(days=1)
    with translation.override("es"):
        verbs.withdraw(original.entry, by=desk.publisher, reason="out_of_date", clock=desk.clock)
    desk.clock.forward(days=1)
    return edition, original


def test_a_withdrawn_original_opens_one_on_its_live_translation_until_that_is_signed_again(
    desk, orphan
):
    edition, original = orphan
    assert open_cases(desk.clock.at) == [("question", "original_withdrawn", "question")]
    case = Case.objects.get()
    assert (case.entry, case.about) == (edition.entry, original.entry)
    assert case.text.startswith(f"“{original.title}”, from which this page was translated, was")
    ticked = factories.EVERY_TICK
    verbs.renew([edition], by=desk.reviewer, ticked=ticked, clock=desk.clock)
    assert open_cases(desk.clock.at) == open_cases() == []


def test_the_case_of_an_original_ends_when_that_is_live_again(desk, orphan):
    assert len(open_cases(desk.clock.at)) == 1
    desk.publish(Revision.objects.get(pk=orphan[1].revision_id))
    assert open_cases(desk.clock.at) == []


def test_the_case_of_an_original_ends_when_the_translation_is_withdrawn_too(desk, orphan):
    verbs.withdraw(orphan[0].entry, by=desk.publisher, reason="out_of_date", clock=desk.clock)
    assert open_cases(desk.clock.at) == []
