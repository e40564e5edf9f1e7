"""Invariant 11: “last reviewed” moves only when the whole page was reviewed."""

from datetime import date, timedelta

import pytest

from publishing import compose, reviews, verbs
from publishing.checks.problems import Gate
from publishing.models import Change, Disclosure, Edition, SignOff, Site, Topic
from publishing.refusals import Refused
from publishing.verification import verify
from tests import factories

PATH = "/articles/magnesium-and-muscles/"


def renew(desk, *editions: Edition, by=None, **options) -> list[Edition]:
    options = {"ticked": factories.EVERY_TICK, "clock": desk.clock, **options}
    return verbs.renew(editions, by=by or desk.reviewer, **options)


def page(desk, path: str = PATH) -> compose.Page:
    return compose.resolve(path, desk.clock.forward(minutes=1))


@pytest.fixture
def live(desk):
    """An article live since 2 March 2026."""
    return desk.live(desk.article())


def test_renewing_moves_last_reviewed_and_next_review(desk, live):
    assert (page(desk).main.reviewed_on, page(desk).review_due) == (
        date(2026, 3, 2),
        date(2027, 3, 2),
    )
    desk.clock.forward(days=100)
    [renewed] = renew(desk, live)

    after = page(desk)
    assert after.main.edition == renewed
    assert (after.main.reviewed_on, after.review_due) == (date(2026, 6, 10), date(2027, 6, 10))
    assert reviews.next_review(renewed) == date(2027, 6, 10)
    assert after.first_published == live.live_from
    assert Edition.objects.get(pk=live.pk).live_until == renewed.live_from
    assert list(verify()) == []


def test_renewing_is_a_new_signature_on_the_same_text(desk, live):
    other = factories.reviewer("ruth")
    desk.clock.forward(days=100)

    [renewed] = renew(desk, live, by=other)

    assert renewed.revision == live.revision
    assert (renewed.sign_off.name, live.sign_off.name) == ("Ruth", "Rita")
    verbs_done = Change.objects.filter(entry=live.entry).values_list("verb", flat=True)
    assert list(verbs_done)[-3:] == [Change.Verbs.SIGN, Change.Verbs.END, Change.Verbs.RENEW]


def test_an_edit_a_save_or_a_signature_alone_moves_nothing(desk, live):
    desk.clock.forward(days=100)
    newer = desk.change(live.entry, lead="Newer.")
    desk.sign(newer)

    assert page(desk).main.reviewed_on == date(2026, 3, 2)


def test_publishing_a_newly_signed_revision_moves_it(desk, live):
    desk.clock.forward(days=100)
    newer = desk.change(live.entry, lead="Newer.")
    desk.sign(newer)
    desk.clock.forward(days=3)
    desk.publish(newer)

    assert page(desk).main.reviewed_on == date(2026, 6, 10)


def test_renewing_keeps_schedules(desk, live):
    soon = desk.schedule(desk.change(live.entry, lead="Soon."), days=10)
    later = desk.schedule(desk.change(live.entry, lead="Later."), days=20, schedules=verbs.KEEP)
    desk.clock.forward(days=1)

    [renewed] = renew(desk, live)

    assert renewed.live_until == soon.live_from
    assert Edition.objects.get(pk=soon.pk).live_until == later.live_from
    verbs.cancel(soon, by=desk.publisher, clock=desk.clock)
    assert Edition.objects.get(pk=renewed.pk).live_until == later.live_from
    verbs.cancel(later, by=desk.publisher, clock=desk.clock)
    assert Edition.objects.get(pk=renewed.pk).live_until is None
    assert list(verify()) == []


def test_what_is_no_longer_live_is_not_renewed(desk, live):
    newer = desk.change(live.entry, lead="Newer.")
    desk.sign(newer)
    desk.publish(newer)
    before = SignOff.objects.count(), Change.objects.count()

    with pytest.raises(Refused, match="Another version is live by now"):
        renew(desk, live)
    verbs.withdraw(live.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    with pytest.raises(Refused, match="Another version is live by now"):
        renew(desk, Edition.objects.get(revision=newer))

    assert SignOff.objects.count() == before[0]
    assert Change.objects.count() == before[1] + 1


def test_renewing_needs_the_statements_and_the_interests(desk, live):
    with pytest.raises(Refused, match="You have not ticked"):
        renew(desk, live, ticked=())
    desk.clock.forward(days=400)
    with pytest.raises(Refused) as refused:
        renew(desk, live)
    assert [problem.id for problem in refused.value.problems] == ["COI-1"]

    [renewed] = renew(desk, live, disclosure="A lecture fee.")

    assert renewed.sign_off.disclosure == "A lecture fee."
    assert Disclosure.objects.latest("pk").text == "A lecture fee."
    assert renew(desk, renewed), "declared for the next twelve months"


def test_renewing_is_stopped_by_what_would_stop_publishing(desk, live):
    """An error that arose since: the topic has no review interval any more."""
    Topic.objects.update(review_interval_months=None)
    before = SignOff.objects.count()

    with pytest.raises(Refused, match="Not renewed") as refused:
        renew(desk, live)

    assert [problem.id for problem in refused.value.problems] == ["DATE-1"]
    assert all(problem.stops(Gate.PUBLISH) for problem in refused.value.problems)
    assert SignOff.objects.count() == before


def test_renewing_answers_changes_that_were_requested_on_the_live_text(desk, live):
    desk.sign(live.revision, decision="changes", note="Check the dose.")

    [renewed] = renew(desk, live)

    assert renewed.sign_off.decision == "approved"


def test_renewing_a_list_is_all_or_nothing(desk, live):
    question = desk.live(desk.question())
    newer = desk.change(question.entry, answer="<p>Newer.</p>")
    desk.sign(newer)
    desk.publish(newer)
    before = Edition.objects.count()

    with pytest.raises(Refused):
        renew(desk, live, question)

    assert Edition.objects.count() == before


def test_only_the_embeds_that_were_ticked_are_renewed(desk):
    first, second = desk.live(desk.question("first")), desk.live(desk.question("second"))
    desk.clock.forward(minutes=1)
    article = desk.live(desk.article(questions=[first.entry.uid, second.entry.uid]))
    desk.clock.forward(days=100)

    renew(desk, article, first)

    reviewed = {str(s.uid): s.reviewed_on for s in page(desk).embeds.values()}
    assert reviewed == {
        str(first.entry.uid): date(2026, 6, 10),
        str(second.entry.uid): date(2026, 3, 2),
    }


def test_an_embed_that_changed_later_is_said_on_the_page(desk):
    question = desk.live(desk.question())
    desk.clock.forward(minutes=1)
    desk.live(desk.article(questions=[question.entry.uid]))
    assert page(desk).later_embeds == ()

    newer = desk.change(question.entry, answer="<p>Newer.</p>")
    desk.sign(newer)
    desk.publish(newer)

    [later] = page(desk).later_embeds
    assert later.document.answer == "<p>Newer.</p>"


def test_an_embed_reviewed_again_unchanged_did_not_change(desk):
    question = desk.live(desk.question())
    desk.clock.forward(minutes=1)
    desk.live(desk.article(questions=[question.entry.uid]))
    desk.clock.forward(days=30)
    renew(desk, question)

    assert page(desk).later_embeds == ()


def test_an_embed_published_along_was_seen_by_the_signer(desk):
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article, question)
    desk.publish(article, question)

    assert page(desk).later_embeds == ()


def test_an_embed_that_changed_between_signing_and_publishing_is_said(desk):
    question = desk.live(desk.question())
    desk.clock.forward(minutes=1)
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article)
    newer = desk.change(question.entry, answer="<p>Newer.</p>")
    desk.sign(newer)
    desk.publish(newer)
    desk.clock.forward(minutes=1)
    desk.publish(article)

    assert [later.edition.revision for later in page(desk).later_embeds] == [newer]


def test_the_whole_pages_renewal_takes_the_word_back(desk):
    question = desk.live(desk.question())
    desk.clock.forward(minutes=1)
    article = desk.live(desk.article(questions=[question.entry.uid]))
    newer = desk.change(question.entry, answer="<p>Newer.</p>")
    desk.sign(newer)
    desk.publish(newer)
    desk.clock.forward(minutes=1)

    renew(desk, article)

    assert page(desk).later_embeds == ()


@pytest.mark.parametrize(
    ("intervals", "months"),
    [([12], 12), ([24, 6, 12], 6), ([None, 18], 18), ([None], 9), ([], 9)],
)
def test_the_shortest_topic_interval_counts_or_else_the_sites(db, intervals, months):
    Site.objects.update_or_create(
        only_row=True,
        defaults={"review_interval_months": 24, "review_intervals": {"article": 9}},
    )
    topics = [factories.topic(f"topic-{n}", interval).uid for n, interval in enumerate(intervals)]

    assert reviews.interval_months("article", topics) == months


@pytest.mark.parametrize("wrong", [0, -3, "12", None])
def test_a_kind_without_a_usable_interval_has_the_sites_own(db, wrong):
    site = Site(review_interval_months=24, review_intervals={"article": wrong})

    assert reviews.interval_months("article", (), site=site) == 24


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 2), 12, date(2027, 3, 2)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, due):
    assert reviews.add_months(day, months) == due


def test_a_page_is_overdue_the_day_after_it_was_due(desk, live):
    due = page(desk).review_due
    at = desk.clock.at.replace(year=due.year, month=due.month, day=due.day)

    assert not compose.resolve(PATH, at).overdue
    assert compose.resolve(PATH, at + timedelta(days=1)).overdue


def test_an_interval_changed_later_moves_the_next_review_alone(desk, live):
    """It is derived, never stored."""
    Topic.objects.update(review_interval_months=6)

    assert page(desk).review_due == date(2026, 9, 2)
    assert page(desk).main.reviewed_on == date(2026, 3, 2)
