"""Invariant 9: old paths keep working; a withdrawn entry answers with a reason."""

import pytest

from publishing import compose, verbs
from publishing.models import Entry
from publishing.refusals import Refused
from publishing.views import respond

OLD = "/articles/old/"
NEW = "/articles/new/"


@pytest.fixture
def moved(desk):
    """An article that lived at OLD and lives at NEW; its edition there."""
    first = desk.live(desk.article("old"))
    revision = desk.change(first.entry, slug="new")
    desk.clock.forward(hours=1)
    desk.sign(revision)
    return desk.publish(revision)[0]


def test_an_old_path_redirects_to_the_present_one(desk, moved):
    at = desk.clock.forward(hours=1)

    assert compose.resolve(OLD, at) == compose.Moved(NEW)
    assert compose.resolve(NEW, at).main.edition == moved
    response = respond(compose.resolve(OLD, at))
    assert (response.status_code, response["Location"]) == (301, NEW)
    assert response["Cache-Control"] == "max-age=300"


def test_an_old_path_leads_past_every_move_in_one_step(desk, moved):
    revision = desk.change(moved.entry, slug="newest")
    desk.sign(revision)
    desk.publish(revision)
    at = desk.clock.forward(hours=1)

    assert compose.resolve(OLD, at) == compose.Moved("/articles/newest/")
    assert compose.resolve(NEW, at) == compose.Moved("/articles/newest/")


def test_a_path_that_is_moved_back_shows_the_page(desk, moved):
    revision = desk.change(moved.entry, slug="old", lead="Back.")
    desk.sign(revision)
    desk.publish(revision)
    at = desk.clock.forward(hours=1)

    assert compose.resolve(OLD, at).main.document.lead == "Back."
    assert compose.resolve(NEW, at) == compose.Moved(OLD)


def test_before_the_move_the_old_path_was_the_page(desk, moved):
    assert isinstance(compose.resolve(OLD, moved.live_from), compose.Moved)
    earlier = compose.resolve(OLD, moved.live_from.replace(hour=9, minute=30))
    assert earlier.main.edition.path == OLD
    assert compose.resolve(NEW, moved.live_from.replace(hour=9, minute=30)) is None


def test_a_path_nobody_had_is_not_found(desk, moved):
    assert compose.resolve("/articles/never/", desk.clock.at) is None


def test_a_scheduled_move_moves_at_its_time(desk):
    first = desk.live(desk.article("old"))
    edition = desk.schedule(desk.change(first.entry, slug="new"), days=1)
    before = desk.clock.forward(hours=1)

    assert isinstance(compose.resolve(OLD, before), compose.Page)
    assert compose.resolve(NEW, before) is None
    assert compose.resolve(OLD, edition.live_from) == compose.Moved(NEW)


def test_a_cancelled_move_leaves_no_trace(desk):
    first = desk.live(desk.article("old"))
    edition = desk.schedule(desk.change(first.entry, slug="new"), days=1)
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)

    assert compose.resolve(NEW, edition.live_from) is None
    assert isinstance(compose.resolve(OLD, edition.live_from), compose.Page)


def test_a_path_that_is_taken_is_refused_with_its_owner(desk):
    first = desk.live(desk.article("old"))
    # The draft's address moves away; its edition keeps the path.
    desk.change(first.entry, slug="new")
    second = desk.save(desk.article("old", title="Another page?"))
    desk.sign(second)

    with pytest.raises(Refused, match="belongs to “Does old help\\?”, live since 2026"):
        desk.publish(second)

    assert compose.resolve(OLD, desk.clock.forward(hours=1)).main.edition == first


def test_a_path_that_is_taken_from_a_later_day_on_is_refused_too(desk):
    first = desk.live(desk.article("old"))
    desk.schedule(desk.change(first.entry, slug="new"), days=5)
    second = desk.save(desk.article("old", title="Another page?"))
    desk.sign(second)

    with pytest.raises(Refused, match="belongs to"):
        desk.publish(second)
    at = desk.clock.at.replace(day=desk.clock.at.day + 6)
    assert desk.publish(second, at=at)[0].path == OLD


def test_a_path_given_to_another_entry_shows_that_one(desk, moved):
    heir = desk.live(desk.article("old", lead="Heir."))
    at = desk.clock.forward(hours=1)

    assert compose.resolve(OLD, at).main.edition == heir
    assert compose.resolve(NEW, at).main.edition == moved

    verbs.withdraw(heir.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    gone = compose.resolve(OLD, desk.clock.forward(hours=1))
    assert (type(gone), gone.title) == (compose.Gone, heir.title)


def test_a_withdrawn_entry_answers_with_its_reason(desk):
    edition = desk.live(desk.article("old"))
    instead = desk.live(desk.article("better"))
    desk.clock.forward(days=2)
    verbs.withdraw(
        edition.entry,
        by=desk.publisher,
        reason="out_of_date",
        instead=instead.entry.uid,
        clock=desk.clock,
    )

    gone = compose.resolve(OLD, desk.clock.forward(days=1))

    assert (gone.title, gone.why) == ("Does old help?", "out_of_date")
    assert (gone.on.day, gone.instead) == (4, instead)
    assert gone.disclaimer.document.title == "About this information"


def test_a_withdrawn_entry_leaves_all_its_old_paths_gone_since_that_day(desk, moved):
    """OLD was left on the first day; what readers are told is the day of the withdrawal."""
    desk.clock.forward(days=9)
    verbs.withdraw(moved.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    at = desk.clock.forward(days=1)

    for path in (OLD, NEW):
        gone = compose.resolve(path, at)
        assert (gone.why, gone.on.date()) == ("wrong", (at.replace(day=at.day - 1)).date())


def test_what_was_read_instead_is_not_offered_once_it_is_gone_itself(desk):
    edition, instead = desk.live(desk.article("old")), desk.live(desk.article("better"))
    for entry in (edition.entry, instead.entry):
        verbs.withdraw(
            entry,
            by=desk.publisher,
            reason="out_of_date",
            instead=instead.entry.uid,
            clock=desk.clock,
        )

    assert compose.resolve(OLD, desk.clock.forward(hours=1)).instead is None


def test_a_page_that_comes_back_elsewhere_is_redirected_to(desk):
    edition = desk.live(desk.article("old"))
    verbs.withdraw(edition.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    revision = desk.change(edition.entry, slug="new")
    desk.sign(revision)
    desk.publish(revision)

    assert compose.resolve(OLD, desk.clock.forward(hours=1)) == compose.Moved(NEW)


def test_a_draft_address_alone_moves_nothing(desk):
    edition = desk.live(desk.article("old"))
    Entry.objects.filter(pk=edition.entry_id).update(slug="scrambled")

    assert compose.resolve(OLD, desk.clock.forward(hours=1)).main.edition == edition
    assert compose.resolve("/articles/scrambled/", desk.clock.at) is None
