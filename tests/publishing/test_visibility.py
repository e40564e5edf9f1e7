"""Invariant 6: visibility is a query on time; schedules, cancelling, withdrawing."""

from datetime import timedelta

import pytest

from publishing import compose, verbs
from publishing.models import Change, Edition, Entry, Revision, SignOff
from publishing.refusals import Refused
from publishing.verification import verify

PATH = "/articles/magnesium-and-muscles/"
DAY = timedelta(days=1)


@pytest.fixture
def live(desk):
    """An article that is live."""
    return desk.live(desk.article())


def shown(path: str, at):
    """Return the lead of what a path shows at an instant, or what stands there instead."""
    found = compose.resolve(path, at)
    return found.main.document.lead if isinstance(found, compose.Page) else found


def reread(edition: Edition) -> Edition:
    return Edition.objects.get(pk=edition.pk)


def verbs_of(entry: Entry) -> list[str]:
    return list(Change.objects.filter(entry=entry).values_list("verb", flat=True))


def everything() -> tuple:
    """Return all that a verb could write, to show that a refused one wrote nothing."""
    models = (Revision, SignOff, Edition, Change)
    return tuple(list(model.objects.order_by("pk").values_list()) for model in models)


def test_readers_see_an_edition_from_its_first_instant_to_before_its_end(desk, live):
    newer = desk.change(live.entry, lead="Newer.")
    edition = desk.schedule(newer, days=1)
    a_moment = timedelta(microseconds=1)

    assert compose.resolve(PATH, live.live_from - a_moment) is None
    assert shown(PATH, live.live_from) == "Muscles need magnesium."
    assert shown(PATH, edition.live_from - a_moment) == "Muscles need magnesium."
    assert shown(PATH, edition.live_from) == "Newer."
    assert reread(live).live_until == edition.live_from


def test_a_first_edition_can_be_scheduled(desk):
    edition = desk.schedule(desk.save(desk.article()), days=1)

    assert compose.resolve(PATH, desk.clock.at) is None
    assert shown(PATH, edition.live_from) == "Muscles need magnesium."
    assert verbs_of(edition.entry)[-1] == Change.Verbs.SCHEDULE


def test_the_past_is_no_time_to_publish_at(desk, live):
    revision = desk.change(live.entry, lead="Newer.")
    desk.sign(revision)
    before = everything()

    with pytest.raises(Refused, match="lies in the past"):
        desk.publish(revision, at=desk.clock.at - timedelta(seconds=1))

    assert everything() == before


def test_publishing_over_a_schedule_must_say_what_becomes_of_it(desk, live):
    desk.schedule(desk.change(live.entry, lead="Scheduled."), days=2)
    urgent = desk.change(live.entry, lead="Urgent.")
    desk.sign(urgent)
    before = everything()

    for silence in (None, "", "perhaps"):
        with pytest.raises(Refused, match=r"scheduled for 4 March 2026, 09:00.*cancel or keep"):
            desk.publish(urgent, schedules=silence)

    assert everything() == before


def test_publishing_and_keeping_the_schedule(desk, live):
    later = desk.schedule(desk.change(live.entry, lead="Scheduled."), days=2)
    urgent = desk.change(live.entry, lead="Urgent.")
    desk.sign(urgent)

    edition = desk.publish(urgent, schedules=verbs.KEEP)[0]

    assert (edition.live_until, reread(later).live_until) == (later.live_from, None)
    assert shown(PATH, edition.live_from) == "Urgent."
    assert shown(PATH, later.live_from) == "Scheduled."
    assert list(verify()) == []


def test_publishing_and_cancelling_the_schedules(desk, live):
    later = desk.schedule(desk.change(live.entry, lead="Scheduled."), days=2)
    last = desk.schedule(desk.change(live.entry, lead="Last."), days=4, schedules=verbs.KEEP)
    urgent = desk.change(live.entry, lead="Urgent.")
    desk.sign(urgent)

    edition = desk.publish(urgent, schedules=verbs.CANCEL)[0]

    assert edition.live_until is None
    assert reread(live).live_until == edition.live_from
    for cancelled in (reread(later), reread(last)):
        assert cancelled.live_until == cancelled.live_from
    assert shown(PATH, last.live_from + DAY) == "Urgent."
    assert list(verify()) == []


def test_rescheduling_to_a_later_day_leaves_no_gap(desk, live):
    first = desk.schedule(desk.change(live.entry, lead="Scheduled."), days=2)
    revision = Entry.objects.get(pk=live.entry_id).head
    at = desk.clock.at + 5 * DAY

    desk.publish(revision, at=at, schedules=verbs.CANCEL)

    assert shown(PATH, first.live_from) == "Muscles need magnesium."
    assert shown(PATH, at) == "Scheduled."
    assert list(verify()) == []


def test_rescheduling_to_an_earlier_day(desk, live):
    desk.schedule(desk.change(live.entry, lead="Scheduled."), days=5)
    at = desk.clock.at + 2 * DAY

    desk.publish(Entry.objects.get(pk=live.entry_id).head, at=at, schedules=verbs.CANCEL)

    assert shown(PATH, at) == "Scheduled."
    assert reread(live).live_until == at
    assert list(verify()) == []


def test_two_versions_cannot_begin_at_one_instant(desk, live):
    at = desk.clock.at + DAY
    desk.schedule(desk.change(live.entry, lead="Scheduled."), days=1)
    second = desk.change(live.entry, lead="Second.")
    desk.sign(second)
    before = everything()

    with pytest.raises(Refused, match="begins at that very time"):
        desk.publish(second, at=at, schedules=verbs.KEEP)

    assert everything() == before


def test_cancelling_reopens_the_edition_that_was_cut_short(desk, live):
    edition = desk.schedule(desk.change(live.entry, lead="Scheduled."), days=1)

    verbs.cancel(edition, by=desk.publisher, reason="not yet", clock=desk.clock)

    assert reread(live).live_until is None
    assert shown(PATH, edition.live_from + DAY) == "Muscles need magnesium."
    assert verbs_of(live.entry)[-2:] == [Change.Verbs.CANCEL, Change.Verbs.REOPEN]
    assert list(verify()) == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_several_schedules_cancelled_in_any_order(desk, live, order):
    """Whatever is cancelled first, what is left covers all of time without gap or overlap."""
    leads = ["One.", "Two.", "Three."]
    editions = [
        desk.schedule(desk.change(live.entry, lead=lead), days=day, schedules=verbs.KEEP)
        for lead, day in zip(leads, (1, 3, 5), strict=True)
    ]
    standing = {0: "Muscles need magnesium.", 1: "One.", 3: "Two.", 5: "Three."}

    for number in order:
        verbs.cancel(editions[number], by=desk.publisher, clock=desk.clock)
        del standing[(1, 3, 5)[number]]
        for day in range(7):
            expected = standing[max(start for start in standing if start <= day)]
            at = desk.clock.at + day * DAY + timedelta(minutes=1)
            assert shown(PATH, at) == expected, f"day {day}"

    assert list(verify()) == []


def test_a_schedule_between_two_others_is_given_the_gap(desk, live):
    last = desk.schedule(desk.change(live.entry, lead="Last."), days=5)
    middle = desk.schedule(desk.change(live.entry, lead="Middle."), days=3, schedules=verbs.KEEP)

    assert reread(middle).live_until == last.live_from
    verbs.cancel(last, by=desk.publisher, clock=desk.clock)
    assert reread(middle).live_until is None
    verbs.cancel(middle, by=desk.publisher, clock=desk.clock)
    assert reread(live).live_until is None
    assert list(verify()) == []


def test_what_has_begun_or_was_cancelled_cannot_be_cancelled(desk, live):
    edition = desk.schedule(desk.change(live.entry, lead="Scheduled."), days=1)
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)
    before = everything()

    for gone in (live, edition):
        with pytest.raises(Refused, match="has begun or was cancelled"):
            verbs.cancel(gone, by=desk.publisher, clock=desk.clock)

    assert everything() == before


def test_cancelling_is_refused_where_another_page_holds_the_old_address_by_then(desk, live):
    """The entry moves away on day 1, another takes its address on day 2."""
    moving = desk.schedule(desk.change(live.entry, slug="moved", lead="Moved."), days=1)
    heir = desk.schedule(desk.save(desk.article("magnesium-and-muscles", lead="Heir.")), days=2)
    before = everything()

    with pytest.raises(Refused, match="taken by “Does magnesium and muscles help"):
        verbs.cancel(moving, by=desk.publisher, clock=desk.clock)

    assert everything() == before
    assert shown(PATH, heir.live_from) == "Heir."


def test_withdrawing_is_not_stopped_by_what_cancelling_would_be(desk, live):
    moving = desk.schedule(desk.change(live.entry, slug="moved", lead="Moved."), days=1)
    heir = desk.schedule(desk.save(desk.article("magnesium-and-muscles", lead="Heir.")), days=2)

    verbs.withdraw(live.entry, by=desk.publisher, reason="wrong", clock=desk.clock)

    assert isinstance(compose.resolve(PATH, desk.clock.forward(hours=1)), compose.Gone)
    assert compose.resolve("/articles/moved/", moving.live_from) is None
    assert shown(PATH, heir.live_from) == "Heir."
    assert list(verify()) == []


def test_publishing_and_cancelling_is_not_stopped_by_a_passing_clash(desk, live):
    desk.schedule(desk.change(live.entry, slug="moved", lead="Moved."), days=1)
    desk.schedule(desk.save(desk.article("magnesium-and-muscles", lead="Heir.")), days=2)
    urgent = desk.change(live.entry, lead="Urgent.")
    desk.sign(urgent)

    desk.publish(urgent, schedules=verbs.CANCEL)

    assert shown("/articles/moved/", desk.clock.forward(hours=1)) == "Urgent."
    assert list(verify()) == []


def test_withdrawing_ends_the_page_and_cancels_every_schedule(desk, live):
    first = desk.schedule(desk.change(live.entry, lead="One."), days=1)
    second = desk.schedule(desk.change(live.entry, lead="Two."), days=3, schedules=verbs.KEEP)

    verbs.withdraw(
        live.entry,
        by=desk.publisher,
        reason="out_of_date",
        note="A newer guideline",
        clock=desk.clock,
    )

    for day in (0, 1, 2, 3, 30):
        at = desk.clock.at + day * DAY + timedelta(seconds=1)
        assert isinstance(compose.resolve(PATH, at), compose.Gone)
    for edition in (first, second):
        assert reread(edition).live_until == edition.live_from
    assert list(verify()) == []


def test_withdrawing_needs_a_reason_of_the_list_and_something_live(desk, live):
    before = everything()
    with pytest.raises(Refused, match="reason from the list"):
        verbs.withdraw(live.entry, by=desk.publisher, reason="because", clock=desk.clock)
    assert everything() == before

    scheduled = desk.schedule(desk.save(desk.article("not-yet")), days=1)
    before = everything()
    with pytest.raises(Refused, match="nothing is live"):
        verbs.withdraw(scheduled.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    assert everything() == before


def test_the_same_signed_text_may_be_published_again_after_a_withdrawal(desk, live):
    verbs.withdraw(live.entry, by=desk.publisher, reason="out_of_date", clock=desk.clock)

    again = desk.publish(live.revision)[0]

    assert again.sign_off == live.sign_off
    assert shown(PATH, desk.clock.forward(minutes=1)) == "Muscles need magnesium."
    assert list(verify()) == []


def test_a_clock_set_back_does_no_harm(desk, live):
    desk.clock.forward(days=10)
    revision = desk.change(live.entry, lead="Newer.")
    desk.clock.forward(days=-10)
    desk.sign(revision)
    newer = desk.publish(revision)[0]

    instants = list(Change.objects.filter(entry=live.entry).values_list("at", flat=True))
    assert instants == sorted(instants)
    assert list(Revision.objects.filter(entry=live.entry).dates("at", "day"))[-1].day == 12
    assert newer.live_from > revision.at
    assert newer.live_from - revision.at <= timedelta(microseconds=2)
    assert list(verify()) == []


def test_verbs_at_the_same_instant_follow_each_other_by_a_microsecond(desk):
    revision = desk.save(desk.article())
    desk.sign(revision)
    edition = desk.publish(revision)[0]
    urgent = desk.change(edition.entry, lead="Urgent.")
    desk.sign(urgent)
    newer = desk.publish(urgent)[0]

    changes = Change.objects.filter(entry=edition.entry).exclude(verb=Change.Verbs.END)
    offsets = [(change.at - desk.clock.at).microseconds for change in changes]
    assert offsets == list(range(len(offsets)))
    assert reread(edition).live_until == newer.live_from
    assert edition.live_from < newer.live_from


def test_a_list_of_entries_gets_one_instant(desk):
    """Also where one of them was touched later than the clock says."""
    question = desk.save(desk.question())
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.clock.forward(days=1)
    desk.change(question.entry, answer="<p>Later.</p>")
    desk.clock.forward(days=-1)
    question = Entry.objects.get(pk=question.entry_id).head

    signed = desk.sign(article, question)
    editions = desk.publish(article, question)

    assert len({sign_off.at for sign_off in signed}) == 1
    assert len({edition.live_from for edition in editions}) == 1
    assert signed[0].at > question.at


def test_checks_run_as_of_the_instant_of_the_schedule(desk):
    """What is embedded goes live a day later: fit for then, and not for now."""
    question = desk.save(desk.question())
    scheduled = desk.schedule(question, days=2)
    article = desk.save(desk.article(questions=[question.entry.uid]))
    desk.sign(article)

    with pytest.raises(Refused) as refused:
        desk.publish(article, at=desk.clock.at + DAY)
    assert [problem.id for problem in refused.value.problems] == ["EMB-1"]

    edition = desk.publish(article, at=scheduled.live_from)[0]
    page = compose.resolve(PATH, edition.live_from)
    assert list(page.embeds) == [question.entry.uid]


def test_a_schedule_needs_no_step_to_take_place(desk, live):
    edition = desk.schedule(desk.change(live.entry, lead="Newer."), days=1)
    count = Change.objects.count()

    assert shown(PATH, edition.live_from) == "Newer."
    assert Change.objects.count() == count
