"""The start page: what waits, what is due, what is scheduled, what changed; for each role."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import kinds, reviews, verbs, zone
from publishing.models import (
    Case,
    Change,
    Contributor,
    Credential,
    Decline,
    Disclosure,
    Edition,
    Entry,
    Site,
    Topic,
)
from publishing.worklist import worklist_for
from publishing.worklist.reviews_due import due_by
from tests import factories

INDEX = "/admin/"
CHANGED = {"change_kind": "minor", "change_note": "We said it better."}
# The newest drafts are checked, each for a dozen queries and more; all else takes two dozen.
MOST_QUERIES = 70


def listed(user, at: datetime, name: str, **options) -> list[str]:
    """Return the titles of one list."""
    return [item.title for item in block(user, at, name, **options).items]


def block(user, at: datetime, name: str, **options):
    read_rights_anew(user)
    tasks = worklist_for(user, at, **options).tasks
    return next(b for b in [*tasks.waiting, *tasks.due] if b.name == name)


def read_rights_anew(user) -> None:
    for kept in ("_group_names", "_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(kept, None)


def asked(editor, clock, slug: str, **options) -> Entry:
    """Save a question and ask for its review; return its entry."""
    revision = factories.saved(factories.question_document(editor, slug), editor, clock)
    verbs.request_review(revision.entry, by=editor, clock=clock, **options)
    return revision.entry


def title(slug: str) -> str:
    return f"Does {slug.replace('-', ' ')} matter to muscles?"


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


def test_sent_back_comes_to_its_last_writer_until_it_is_changed(editor, reviewer, clock):
    revision = factories.saved(factories.question_document(editor, "back"), editor, clock)
    verbs.sign_off([revision], by=reviewer, decision="changes", note="Name the dose.", clock=clock)
    found = block(editor, clock.at, "sent-back").items
    assert [i.title for i in found] == [title("back")]
    assert found[0].why == "Rita asked for changes on 2 March. “Name the dose.”"
    assert listed(factories.editor("ed2"), clock.at, "sent-back") == []
    changed = factories.question_document(editor, "back", answer="<p>With 300 mg.</p>")
    factories.saved(changed, editor, clock, kinds.draft_of(revision.entry))
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
    case = Case.objects.create(why="embed_changed", by=publisher, **fields)
    other = factories.editor("ed2")
    for user, count in ((editor, 1), (publisher, 1), (other, 0)):
        assert len(listed(user, clock.at, "cases")) == count
    found = block(editor, clock.at, "cases").items[0]
    assert (found.title, found.why) == (title("shown"), "It changed.")
    case.closed_at, case.closed_by = clock.at, editor
    case.save()
    assert listed(editor, clock.at, "cases") == []


# Each question's topics, by their own intervals in months; None: taken from it since, so that
# the site's for the kind holds.
TOPICS = {"two": (12, 1), "half": (6,), "none": (None,), "mixed": (None, 18)}


@pytest.mark.parametrize("zone_name", ["UTC", "Pacific/Auckland"])
@pytest.mark.parametrize("signed_on", [(2026, 1, 31), (2026, 8, 31), (2028, 2, 29)])
def test_all_due_dates_at_once_are_those_of_each_edition(
    editor, reviewer, publisher, zone_name, signed_on
):
    clock = factories.Clock(datetime(*signed_on, 11, 30, tzinfo=UTC))
    declared(clock.at.date())
    factories.fund_site()
    Site.objects.update(time_zone=zone_name, review_intervals={"question": 13})
    factories.live_disclaimer(clock)
    clock.forward(minutes=1)
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    for slug, intervals in TOPICS.items():
        uids = [factories.topic(f"{slug}-{months}", months or 2).uid for months in intervals]
        factories.published(factories.question_document(editor, slug, topics=uids), **people)
    Topic.objects.filter(slug__endswith="-None").update(review_interval_months=None)
    with zone.site_zone():
        wanted = {e.entry_id: reviews.next_review(e) for e in Edition.objects.composed()}
        clock.forward(minutes=1)
        assert len(set(wanted.values())) == 5
        far = due_by(clock.at, date(2035, 1, 1))
        assert {found.entry_id: found.due for found in far} == wanted
        for entry, due in wanted.items():
            before = {f.entry_id for f in due_by(clock.at, due - timedelta(days=1))}
            on_it = {f.entry_id for f in due_by(clock.at, due)}
            assert entry in on_it - before


def declared(day: date) -> None:
    for contributor in Contributor.objects.all():
        Disclosure.objects.create(contributor=contributor, text="None.", declared_on=day)


@pytest.fixture
def live(editor, reviewer, publisher, disclaimer, clock) -> Edition:
    """A live question that is to be reviewed after a year, on 2 March 2027."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    return factories.published(factories.question_document(editor, "live"), **people)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 1), None),
        (date(2026, 12, 2), "due-90"),
        (date(2027, 1, 30), "due-90"),
        (date(2027, 1, 31), "due-30"),
        (date(2027, 3, 2), "due-30"),
        (date(2027, 3, 3), "overdue"),
    ],
)
def test_a_review_moves_from_list_to_list(live, reviewer, day, name):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    where = [n for n in ("overdue", "due-30", "due-90") if listed(reviewer, at, n)]
    assert where == ([name] if name else [])


def test_the_days_overdue_are_counted(live, editor):
    found = block(editor, datetime(2027, 3, 14, tzinfo=UTC), "overdue").items[0]
    assert (found.title, found.due, found.late) == (title("live"), date(2027, 3, 2), 12)
    assert found.why == "Question, last reviewed on 2 March 2026."


def test_everybody_is_told_of_a_disclaimer_that_is_due(disclaimer, editor, reviewer, client):
    Site.objects.update(review_intervals={"disclaimer": 1})
    nobody = factories.person("nora")
    at = factories.START + timedelta(days=40)
    for user in (editor, reviewer, nobody):
        announced = worklist_for(user, at).tasks.announcements
        assert [item.title for item in announced] == ["About this information"]
        assert announced[0].late == 9
    assert listed(editor, at, "overdue") == []
    assert worklist_for(nobody, at).tasks.announcements[0].url == ""
    client.force_login(reviewer)
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    first = page.select_one("#content-main section")
    assert "A disclaimer is due for review" in first.text
    assert first.select_one("a")["href"].startswith("/admin/publishing/disclaimer/")


def test_reviews_of_kinds_that_are_not_mine_are_not_listed(live, clock):
    dora = factories.person("dana", kinds.DISCLAIMER_REVIEWERS)
    assert listed(dora, datetime(2027, 6, 1, tzinfo=UTC), "overdue") == []


def test_disclosures_older_than_eleven_months(editor, reviewer, publisher, clock):
    Disclosure.objects.update(declared_on=date(2026, 2, 1))
    Disclosure.objects.filter(contributor__user=editor).delete()
    factories.saved(factories.question_document(editor, "one"), editor, clock)
    in_time = datetime(2027, 1, 1, 12, tzinfo=UTC)
    assert listed(editor, in_time, "disclosures") == ["Eddie"]
    late = in_time + timedelta(days=1)
    assert listed(editor, late, "disclosures") == ["Eddie", "Paula", "Rita"]
    found = block(reviewer, late, "disclosures").items
    assert [i.title for i in found] == ["Rita"]
    assert found[0].due == date(2027, 2, 1)
    assert found[0].url.startswith("/admin/publishing/contributor/")


def test_who_neither_writes_nor_signs_need_not_renew_anything(editor, clock):
    gone = Contributor.objects.create(slug="gone", name="Gone Away")
    Credential.objects.create(contributor=gone, name="Old", expires=clock.at.date())
    Disclosure.objects.all().delete()
    assert listed(editor, clock.at, "disclosures") == []
    assert listed(editor, clock.at, "credentials") == []


def test_a_disclosure_dated_in_the_future_does_not_count_yet(publisher, clock):
    Disclosure.objects.update(declared_on=clock.at.date() + timedelta(days=1))
    assert listed(publisher, clock.at, "disclosures") == ["Paula"]


def test_credentials_that_end_within_ninety_days(reviewer, publisher, clock):
    credential = Credential.objects.get(contributor__user=reviewer)

    def ends_in(days: int) -> list[str]:
        credential.expires = clock.at.date() + timedelta(days=days)
        credential.save()
        return listed(publisher, clock.at, "credentials")

    assert ends_in(91) == []
    assert ends_in(90) == ["Rita"]
    assert ends_in(-1) == ["Rita"]
    assert block(publisher, clock.at, "credentials").items[0].late == 1
    Credential.objects.create(contributor=credential.contributor, name="Renewed")
    assert listed(publisher, clock.at, "credentials") == []


def test_the_calendar_says_by_week_what_begins_and_ends(live, editor, reviewer, publisher, clock):
    clock.forward(minutes=1)
    Site.objects.update(time_zone="Pacific/Auckland")
    document = factories.question_document(editor, "next")
    revision = factories.saved(document, editor, clock)
    verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    # Sunday noon in UTC is Monday in Auckland.
    verbs.publish([revision], by=publisher, at=datetime(2026, 3, 15, 12, tzinfo=UTC), clock=clock)
    changed = factories.question_document(editor, "live", answer="<p>New.</p>", **CHANGED)
    newer = factories.saved(changed, editor, clock, kinds.draft_of(live.entry))
    verbs.sign_off([newer], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([newer], by=publisher, at=clock.at + timedelta(days=1), clock=clock)
    with zone.site_zone():
        weeks = worklist_for(editor, clock.at).weeks
    assert [(w.monday, w.ahead) for w in weeks] == [(date(2026, 3, 2), 0), (date(2026, 3, 16), 2)]
    # The live edition ends because the next one begins: that is not an end.
    said = [[(i.title, i.why) for i in w.items] for w in weeks]
    assert said == [
        [(title("live"), "Question goes live.")],
        [(title("next"), "Question goes live.")],
    ]


def test_what_ends_without_a_next_edition_is_said_to_end(live, editor, clock):
    clock.forward(minutes=1)
    end = clock.at + timedelta(days=7)
    models.QuerySet.update(Edition.objects.filter(pk=live.pk), live_until=end)
    (week,) = worklist_for(editor, clock.at).weeks
    assert week.ahead == 1
    assert [(i.why, i.since) for i in week.items] == [("Question ends.", end)]


def test_what_changed_lately_is_told_in_words(live, editor, reviewer, clock):
    clock.forward(hours=1)
    changed = factories.question_document(editor, "live", answer="<p>New.</p>")
    newer = factories.saved(changed, editor, clock, kinds.draft_of(live.entry))
    clock.forward(hours=1)
    verbs.sign_off([newer], by=reviewer, decision="changes", note="Why?", clock=clock)
    told = worklist_for(editor, clock.at).changes
    assert [i.why for i in told[:3]] == [
        "Rita asked for changes.",
        "Eddie saved version 2.",
        "Paula published it.",
    ]
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
    assert told.why == "Rita signed it. So with 2 other texts."
    assert told.title == title("q-0")


@pytest.mark.parametrize(
    ("groups", "names"),
    [
        ((kinds.EDITORS,), ["sent-back", "with-problems", "cases"]),
        ((kinds.MEDICAL_REVIEWERS,), ["to-sign", "cases"]),
        (
            (kinds.DISCLAIMER_REVIEWERS,),
            ["to-sign", "sent-back", "with-problems", "ready", "cases"],
        ),
        ((kinds.PUBLISHERS,), ["to-sign", "ready", "cases"]),
        (
            (kinds.EDITORS, kinds.PUBLISHERS),
            ["to-sign", "sent-back", "with-problems", "ready", "cases"],
        ),
    ],
)
def test_each_role_sees_its_lists_and_empty_ones_say_so(groups, names, client, db):
    client.force_login(factories.person("pat", *groups))
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    due = ["overdue", "due-30", "due-90", "disclosures", "credentials"]
    blocks = page.select(".start-block[id]")
    assert [b["id"] for b in blocks] == [*names, *due]
    assert all(b.select_one(".start-items, .start-empty") for b in blocks)
    assert "Nothing is scheduled to begin or end." in page.text
    assert page.select("#start-lists ~ #app-list a, .start-lists a")
    assert len(page.select("h1")) == 1


def test_who_has_no_group_is_told_whom_to_ask(client, db):
    client.force_login(factories.person("nora"))
    page = client.get(INDEX).content.decode()
    assert "You are in no group yet. Ask an administrator to add you to one." in page


def test_an_administrator_sees_the_lists_too(client, live, django_user_model):
    root = django_user_model.objects.create_superuser("root", "", "a long test password")
    client.force_login(root)
    page = client.get(INDEX)
    assert page.status_code == 200
    assert title("live") in page.content.decode()


def test_titles_are_escaped(client, editor, clock, disclaimer):
    document = factories.question_document(editor, "x", question="<b>Bold</b>?", answer="")
    factories.saved(document, editor, clock)
    client.force_login(editor)
    page = client.get(INDEX).content.decode()
    assert "&lt;b&gt;Bold&lt;/b&gt;?" in page
    assert "<b>Bold" not in page


def test_a_long_list_says_how_many_more_and_can_be_seen_whole(client, editor, reviewer, clock):
    for n in range(8):
        asked(editor, clock, f"q-{n}")
    client.force_login(reviewer)
    page = BeautifulSoup(client.get(INDEX).content, "html.parser")
    assert len(page.select("#to-sign li")) == 5
    link = page.select_one("#to-sign .start-more a")
    assert link.text.startswith("Show all 8")
    whole = BeautifulSoup(client.get(INDEX + link["href"]).content, "html.parser")
    assert len(whole.select("#to-sign li")) == 8
    assert not whole.select("#to-sign .start-more")


def test_times_are_the_sites(client, live, editor):
    Site.objects.update(time_zone="Pacific/Auckland")
    client.force_login(editor)
    assert "2 March 2026, 22:00" in client.get(INDEX).content.decode()


def test_the_page_costs_the_same_however_many_entries(client, editor, disclaimer, clock, reviewer):
    everybody = factories.person(
        "eve",
        kinds.EDITORS,
        kinds.MEDICAL_REVIEWERS,
        kinds.DISCLAIMER_REVIEWERS,
        kinds.PUBLISHERS,
    )
    publisher = factories.publisher()
    people = {"signer": reviewer, "publisher": publisher, "clock": clock}
    client.force_login(everybody)

    def one_of_each(n: int) -> None:
        asked(editor, clock, f"asked-{n}")
        back = factories.saved(factories.article_document(everybody, f"b-{n}"), everybody, clock)
        verbs.sign_off([back], by=reviewer, decision="changes", note="No.", clock=clock)
        factories.saved(factories.supplement_document(everybody, f"s-{n}"), everybody, clock)
        live = factories.question_document(editor, f"live-{n}")
        factories.published(live, by=editor, **people)
        ready = factories.saved(factories.question_document(editor, f"r-{n}"), editor, clock)
        verbs.sign_off([ready], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
        clock.forward(minutes=1)

    def queries() -> int:
        client.get(INDEX)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(INDEX).status_code == 200
        return len(captured)

    for n in range(3):
        one_of_each(n)
    few = queries()
    for n in range(3, 9):
        one_of_each(n)
    assert queries() == few
    assert few <= MOST_QUERIES, few
