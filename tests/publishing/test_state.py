"""Invariant 1: the state is derived from head, sign-offs, requests and editions, never stored."""

from datetime import timedelta

import pytest

from publishing import kinds, verbs
from publishing.admin.list_filters import in_state
from publishing.models import Entry, SignOff
from publishing.state import STATE_LABELS, State, listed_state, standing_of, with_state
from publishing.timeline import Timeline
from tests import factories


def empty(desk):
    return kinds.get("article").model.objects.create(slug="only-made", title="Only made")


def draft(desk):
    return desk.save(desk.article("draft")).entry


def in_review(desk):
    entry = desk.save(desk.article("in-review")).entry
    verbs.request_review(entry, by=desk.editor, reviewer=desk.reviewer, clock=desk.clock)
    return entry


def changes_requested(desk):
    revision = desk.save(desk.article("changes-requested"))
    desk.sign(revision, decision="changes", note="Say how much.")
    return revision.entry


def asked_then_sent_back(desk):
    entry = desk.save(desk.article("asked-then-sent-back")).entry
    verbs.request_review(entry, by=desk.editor, clock=desk.clock)
    desk.sign(Entry.objects.get(pk=entry.pk).head, decision="changes", note="Say how much.")
    return entry


def approved(desk):
    revision = desk.save(desk.article("approved"))
    desk.sign(revision)
    return revision.entry


def scheduled(desk):
    revision = desk.save(desk.article("scheduled"))
    desk.schedule(revision, days=1)
    return revision.entry


def live(desk):
    return desk.live(desk.article("live")).entry


def live_with_request(desk):
    entry = desk.live(desk.article("live-with-request")).entry
    verbs.request_review(entry, by=desk.editor, clock=desk.clock)
    return entry


def live_changed(desk):
    entry = desk.live(desk.article("live-changed")).entry
    desk.change(entry, lead="Muscles need some magnesium.")
    return entry


def live_then_scheduled(desk):
    entry = desk.live(desk.article("live-then-scheduled")).entry
    desk.schedule(desk.change(entry, lead="Muscles need some."), days=1)
    return entry


def withdrawn(desk):
    entry = desk.live(desk.article("withdrawn")).entry
    verbs.withdraw(entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    return entry


def withdrawn_with_newer_draft(desk):
    entry = desk.live(desk.article("withdrawn-with-newer-draft")).entry
    desk.change(entry, lead="A draft that was there before.")
    verbs.withdraw(entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    return entry


def withdrawn_then_edited(desk):
    entry = withdrawn_named(desk, "withdrawn-then-edited")
    desk.change(entry, lead="Mended.")
    return entry


def withdrawn_then_sent_back(desk):
    entry = withdrawn_named(desk, "withdrawn-then-sent-back")
    head = Entry.objects.get(pk=entry.pk).head
    desk.sign(head, decision="changes", note="Mend it.")
    return entry


def withdrawn_then_asked(desk):
    entry = withdrawn_named(desk, "withdrawn-then-asked")
    verbs.request_review(entry, by=desk.editor, clock=desk.clock)
    return entry


def withdrawn_edited_and_signed(desk):
    entry = withdrawn_named(desk, "withdrawn-edited-and-signed")
    desk.sign(desk.change(entry, lead="Mended."))
    return entry


def withdrawn_then_scheduled(desk):
    entry = withdrawn_named(desk, "withdrawn-then-scheduled")
    desk.schedule(desk.change(entry, lead="Mended."), days=1)
    return entry


def withdrawn_then_live_again(desk, slug="withdrawn-then-live-again"):
    entry = withdrawn_named(desk, slug)
    revision = desk.change(entry, lead="Mended.")
    desk.sign(revision)
    desk.publish(revision)
    return entry


def withdrawn_named(desk, slug, reason="wrong"):
    entry = desk.live(desk.article(slug)).entry
    verbs.withdraw(entry, by=desk.publisher, reason=reason, clock=desk.clock)
    return entry


def expired(desk):
    edition = desk.live(desk.article("expired"))
    end_without_successor(edition, desk)
    return edition.entry


def withdrawn_once_expired_later(desk):
    entry = withdrawn_then_live_again(desk, "withdrawn-once-expired-later")
    end_without_successor(entry.editions.order_by("-live_from").first(), desk)
    return entry


def withdrawn_then_the_same_expired(desk):
    entry = withdrawn_named(desk, "withdrawn-then-the-same-expired", "out_of_date")
    [again] = desk.publish(Entry.objects.get(pk=entry.pk).head)
    end_without_successor(again, desk)
    return entry


def end_without_successor(edition, desk):
    at = desk.clock.at + timedelta(seconds=1)
    Timeline(edition.entry, at=at, by=desk.publisher).end(edition, at)


STORIES = [
    (empty, State.EMPTY, State.EMPTY),
    (draft, State.DRAFT, State.DRAFT),
    (in_review, State.IN_REVIEW, State.IN_REVIEW),
    (changes_requested, State.CHANGES_REQUESTED, State.CHANGES_REQUESTED),
    (asked_then_sent_back, State.CHANGES_REQUESTED, State.CHANGES_REQUESTED),
    (approved, State.APPROVED, State.APPROVED),
    (scheduled, State.SCHEDULED, State.APPROVED),
    (live, State.LIVE, State.APPROVED),
    (live_with_request, State.LIVE, State.IN_REVIEW),
    (live_changed, State.LIVE_CHANGED, State.DRAFT),
    (live_then_scheduled, State.LIVE_CHANGED, State.APPROVED),
    (withdrawn, State.WITHDRAWN, State.APPROVED),
    (withdrawn_with_newer_draft, State.WITHDRAWN, State.DRAFT),
    (withdrawn_then_edited, State.DRAFT, State.DRAFT),
    (withdrawn_then_sent_back, State.CHANGES_REQUESTED, State.CHANGES_REQUESTED),
    (withdrawn_then_asked, State.IN_REVIEW, State.IN_REVIEW),
    (withdrawn_edited_and_signed, State.APPROVED, State.APPROVED),
    (withdrawn_then_scheduled, State.SCHEDULED, State.APPROVED),
    (withdrawn_then_live_again, State.LIVE, State.APPROVED),
    (expired, State.EXPIRED, State.APPROVED),
    (withdrawn_once_expired_later, State.EXPIRED, State.APPROVED),
    (withdrawn_then_the_same_expired, State.EXPIRED, State.APPROVED),
]


@pytest.mark.parametrize(
    ("story", "state", "progress"), STORIES, ids=[story.__name__ for story, *_ in STORIES]
)
def test_state_and_progress_follow_from_what_happened(desk, story, state, progress):
    entry = story(desk)

    standing = standing_of(entry, desk.clock.forward(minutes=1))

    assert (standing.state, standing.progress) == (state, progress)


def test_every_state_has_a_story_and_a_label():
    assert {state for _story, state, _progress in STORIES} == set(State)
    assert set(STATE_LABELS) == set(State)


def test_lists_show_the_same_states_as_the_panel(desk, django_assert_num_queries):
    for story, *_ in STORIES:
        story(desk)
    at = desk.clock.forward(minutes=1)
    entries = Entry.objects.order_by("pk")

    with django_assert_num_queries(1):
        listed = {entry.slug: listed_state(entry) for entry in with_state(entries, at)}

    assert listed == {entry.slug: standing_of(entry, at).state for entry in entries}


def test_the_filter_of_each_state_finds_what_the_panel_says_is_in_it(desk):
    for story, *_ in STORIES:
        story(desk)
    at = desk.clock.forward(minutes=1)
    articles = Entry.objects.filter(kind="article").order_by("slug")
    said = {state: [] for state in State}
    for entry in articles:
        said[standing_of(entry, at).state].append(entry.slug)

    assert {state: found(articles, state, at) for state in State} == said


def found(entries, state: State, at) -> list[str]:
    """Return the slugs of the entries that the list's filter of a state leaves."""
    condition = in_state(state, kinds.get("article"), at)
    return list(entries.filter(condition).values_list("slug", flat=True))


def test_a_schedule_becomes_live_by_the_clock_alone(desk):
    entry = scheduled(desk)

    assert standing_of(entry, desk.clock.forward(hours=25)).state is State.LIVE


@pytest.mark.parametrize(
    ("story", "state"), [(approved, State.APPROVED), (withdrawn, State.WITHDRAWN)]
)
def test_another_roles_decision_is_not_this_kinds(desk, story, state):
    entry = Entry.objects.get(pk=story(desk).pk)
    SignOff.objects.create(
        revision=entry.head,
        role=kinds.PUBLISHERS,
        decision="changes",
        by=desk.publisher,
        at=desk.clock.forward(minutes=1),
        name="Paula",
    )
    at = desk.clock.forward(minutes=1)

    assert standing_of(entry, at).state is state
    articles = Entry.objects.filter(pk=entry.pk)
    [listed] = with_state(articles, at)
    assert listed_state(listed) is state
    assert [each for each in State if found(articles, each, at)] == [state]


def test_the_panel_counts_newer_changes_and_overdue_days(desk):
    edition = desk.live(desk.article())
    desk.change(edition.entry, lead="One.")
    desk.change(edition.entry, lead="Two.")

    standing = standing_of(edition.entry, desk.clock.forward(days=365 + 12))

    assert standing.newer == 2
    assert standing.live == edition
    assert standing.review_due.isoformat() == "2027-03-02"
    assert standing.overdue_days == 12


def test_the_panel_tells_the_withdrawal_until_something_is_live_again(desk):
    entry = withdrawn_named(desk, "told")
    told = standing_of(entry, desk.clock.forward(minutes=1)).withdrawal
    assert told.verb == "withdraw"

    revision = desk.change(entry, lead="Mended.")
    desk.sign(revision)
    desk.publish(revision)

    assert standing_of(entry, desk.clock.forward(minutes=1)).withdrawal is None


def test_no_column_holds_a_state():
    """A stored state could get out of step; names that hint at one would be the first sign."""
    columns = {field.name for field in Entry._meta.get_fields() if field.concrete}

    assert columns.isdisjoint({"state", "status", "published", "is_live", "live", "approved"})


def test_a_request_is_closed_by_the_decision_that_answers_it(desk):
    entry = in_review(desk)
    head = Entry.objects.get(pk=entry.pk).head

    desk.sign(head)

    assert standing_of(entry, desk.clock.forward(minutes=1)).state is State.APPROVED


def test_renewing_the_live_text_leaves_a_request_for_a_newer_one_open(desk):
    edition = desk.live(desk.article())
    desk.change(edition.entry, lead="Newer.")
    verbs.request_review(edition.entry, by=desk.editor, clock=desk.clock)

    verbs.renew([edition], by=desk.reviewer, ticked=factories.EVERY_TICK, clock=desk.clock)

    standing = standing_of(edition.entry, desk.clock.forward(minutes=1))
    assert standing.progress is State.IN_REVIEW
