"""The start page: what is scheduled, by week, and what changed lately."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, verbs, zone
from publishing.models import (
    Change,
    Edition,
    Site,
)
from publishing.worklist import schedule, worklist_for
from tests import factories
from tests.desk.start import CHANGED, INDEX, title
from tests.forms import texts


@pytest.fixture
def scheduled(editor, reviewer, publisher, clock):
    """Sign a new question and schedule it."""

    def scheduled(slug: str, at: datetime) -> Edition:
        revision = factories.saved(factories.question_document(editor, slug), editor, clock)
        verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
        return verbs.publish([revision], by=publisher, at=at, clock=clock)[0]

    return scheduled


def test_the_calendar_says_by_week_what_begins_and_ends(
    live, editor, reviewer, publisher, scheduled, clock
):
    clock.forward(minutes=1)
    Site.objects.update(time_zone="Pacific/Auckland")
    # Sunday noon in UTC is Monday in Auckland.
    scheduled("next", datetime(2026, 3, 15, 12, tzinfo=UTC))
    changed = factories.question_document(editor, "live", answer="<p>New.</p>", **CHANGED)
    newer = factories.saved(changed, editor, clock, kinds.draft_of(live.entry))
    verbs.sign_off([newer], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([newer], by=publisher, at=clock.at + timedelta(days=1), clock=clock)
    with zone.site_zone():
        weeks = worklist_for(editor, clock.at).weeks
    assert [(w.monday, w.sunday, w.ahead) for w in weeks] == [
        (date(2026, 3, 2), date(2026, 3, 8), 0),
        (date(2026, 3, 16), date(2026, 3, 22), 2),
    ]
    # The live edition ends because the next one begins: that is not an end.
    said = [[(i.title, i.why) for i in w.items] for w in weeks]
    assert said == [
        [(title("live"), "Question goes live.")],
        [(title("next"), "Question goes live.")],
    ]


def test_a_calendar_that_is_full_says_how_many_come_later(
    client, editor, scheduled, disclaimer, clock, monkeypatch
):
    monkeypatch.setattr(schedule, "SCHEDULED", 2)
    clock.at = clocks.now() - timedelta(hours=1)
    for n in (2, 1, 0):
        scheduled(f"next-{n}", clock.at + timedelta(days=7 * n + 1))
    client.force_login(editor)
    page = client.get(INDEX).content.decode()
    shown = texts(page, "section[aria-labelledby=start-scheduled] a")
    assert shown == [title("next-0"), title("next-1")]
    assert "And 1 more after these." in page
    spanish = client.get(INDEX, headers={"Accept-Language": "es"}).content.decode()
    for day in texts(spanish, "section[aria-labelledby=start-scheduled] time"):
        assert re.fullmatch(r"\w+ \d+ de \w+, \d\d:\d\d", day)


def test_what_ends_without_a_next_edition_is_said_to_end(live, editor, scheduled, clock):
    clock.forward(minutes=1)
    soon, end = clock.at + timedelta(days=1), clock.at + timedelta(days=49)
    scheduled("later", end)
    scheduled("soon", soon)
    models.QuerySet.update(Edition.objects.filter(pk=live.pk), live_until=end)

    def told(at: datetime) -> list[tuple]:
        weeks = worklist_for(editor, at).weeks
        return [(week.ahead, i.title, i.why, i.since) for week in weeks for i in week.items]

    assert told(clock.at) == [
        (0, title("soon"), "Question goes live.", soon),
        # Another page that begins at this instant is no next edition.
        (7, title("live"), "Question ends.", end),
        (7, title("later"), "Question goes live.", end),
    ]
    assert told(live.live_from) == told(clock.at), "what goes live now has gone live"
    assert told(end) == [], "what ends now has ended"


def test_what_was_cancelled_neither_begins_nor_ends(
    editor, publisher, scheduled, disclaimer, clock
):
    clock.forward(minutes=1)
    verbs.cancel(scheduled("next", clock.at + timedelta(days=1)), by=publisher, clock=clock)
    assert worklist_for(editor, clock.at).weeks == []


def test_the_calendar_holds_what_the_person_may_open(editor, scheduled, disclaimer, clock):
    clock.forward(minutes=1)
    scheduled("next", clock.at + timedelta(days=1))
    assert len(worklist_for(editor, clock.at).weeks) == 1
    assert worklist_for(factories.person("nora"), clock.at).weeks == []


def test_what_changed_lately_is_told_in_words(live, editor, reviewer, clock):
    clock.forward(hours=1)
    changed = factories.question_document(editor, "live", answer="<p>New.</p>")
    newer = factories.saved(changed, editor, clock, kinds.draft_of(live.entry))
    clock.forward(hours=1)
    verbs.sign_off([newer], by=reviewer, decision="changes", note="Why?", clock=clock)
    told = worklist_for(editor, clock.at).changes
    # One line for a text and a day.
    assert told[0].why.startswith(
        "Rita asked for changes. Eddie saved version 2. Paula published it. Rita signed it."
    )
    assert [i.entry for i in told].count(live.entry) == 1
    assert told[0].since == clock.at
    assert told[0].url == reverse("admin:faq_question_history", args=[live.entry_id])


def test_every_verb_of_the_ledger_has_its_words():
    from publishing.worklist import lately

    assert set(lately._DONE) | set(lately._IMPLIED) == set(Change.Verbs)


def test_one_step_with_many_texts_is_one_line(editor, reviewer, clock, disclaimer):
    revisions = [
        factories.saved(factories.question_document(editor, f"q-{n}"), editor, clock)
        for n in range(3)
    ]
    clock.forward(hours=1)
    verbs.sign_off(revisions, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    told = worklist_for(editor, clock.at).changes[0]
    assert told.why.startswith("Rita signed it. And 2 other texts with it. Eddie saved version 1.")
    assert told.title == title("q-0")


def test_an_answer_without_a_question_is_named_by_its_first_words(editor, reviewer, clock):
    def told(*names: str) -> tuple[list[str], int]:
        for name in names:
            document = factories.question_document(
                editor, name, question="", answer=f"<p>Yes, <em>{name}</em> helps a little.</p>"
            )
            factories.saved(document, editor, clock)
            clock.forward(minutes=1)
        with CaptureQueriesContext(connection) as asked:
            changes = worklist_for(reviewer, clock.at).changes
        return [item.title for item in changes], len(asked)

    titles, queries = told("zinc")
    assert titles == ["Yes, zinc helps a little."]
    titles, more = told("iron", "iodine")
    assert titles == [f"Yes, {name} helps a little." for name in ("iodine", "iron", "zinc")]
    assert more <= queries
