"""The start page: reviews, disclosures and credentials that are due, and the disclaimers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import kinds, reviews, verbs, zone
from publishing.models import (
    Contributor,
    Credential,
    Disclosure,
    Edition,
    Site,
    Topic,
)
from publishing.worklist import worklist_for
from publishing.worklist.reviews_due import due_by
from tests import factories
from tests.desk.start import INDEX, block, listed, title

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


@pytest.mark.parametrize("months", [12, None])
def test_what_is_signed_at_midnight_counts_from_the_day_that_begins(
    editor, reviewer, publisher, disclaimer, clock, months
):
    Site.objects.update(review_intervals={"question": 12, "disclaimer": 60})
    question = factories.saved(factories.question_document(editor), editor, clock)
    clock.at = datetime(2026, 3, 4, tzinfo=UTC)
    (signed,) = verbs.sign_off([question], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert signed.at == clock.at
    verbs.publish([question], by=publisher, clock=clock)
    Topic.objects.update(review_interval_months=months)
    clock.forward(minutes=1)
    assert due_by(clock.at, date(2027, 3, 3)) == []
    assert [found.due for found in due_by(clock.at, date(2027, 3, 4))] == [date(2027, 3, 4)]


def declared(day: date) -> None:
    for contributor in Contributor.objects.all():
        Disclosure.objects.create(contributor=contributor, text="None.", declared_on=day)


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


def test_a_disclaimer_is_announced_from_thirty_days_before_it_is_due(disclaimer, editor):
    Site.objects.update(review_intervals={"disclaimer": 2})  # due on 2 May
    for day, announced, to_plan in ((1, 0, 1), (2, 1, 0)):
        at = datetime(2026, 4, day, 12, tzinfo=UTC)
        assert len(worklist_for(editor, at).tasks.announcements) == announced
        assert len(listed(editor, at, "due-90")) == to_plan
        assert listed(editor, at, "due-30") == []


def test_long_lists_of_what_is_due_name_five_and_count_the_rest(
    editor, reviewer, publisher, disclaimer, clock
):
    documents = [factories.question_document(editor, f"q-{n}") for n in range(6)]
    questions = [factories.saved(document, editor, clock) for document in documents]
    verbs.sign_off(questions, by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish(questions, by=publisher, clock=clock)
    person, today = reviewer.contributor, clock.at.date()
    for n in range(6):
        Credential.objects.create(contributor=person, name=f"C{n}", expires=today)
    for name, at in (("overdue", datetime(2027, 6, 1, tzinfo=UTC)), ("credentials", clock.at)):
        few, whole = block(editor, at, name), block(editor, at, name, whole=name)
        assert (len(few.items), few.more) == (5, 1)
        assert (len(whole.items), whole.more) == (6, 0)


def test_the_list_for_planning_ahead_is_open_where_it_was_asked_for(editor, clock):
    assert block(editor, clock.at, "due-90").folded
    assert not block(editor, clock.at, "due-90", whole="due-90").folded


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
    assert found[0].why == "Interests last declared on 1 February 2026."
    page = reverse("admin:publishing_contributor_change", args=[reviewer.contributor.pk])
    assert found[0].url == f"{page}#disclosures-heading"
    reviewer.groups.get().permissions.clear()
    assert block(reviewer, late, "disclosures").items[0].url == "", "it is not theirs to open"


def test_who_neither_writes_nor_signs_need_not_renew_anything(editor, reviewer, clock):
    Contributor.objects.create(slug="gone", name="Gone Away")
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_active=False)
    for contributor in Contributor.objects.all():
        Credential.objects.create(contributor=contributor, name="Old", expires=clock.at.date())
    Disclosure.objects.all().delete()
    assert listed(editor, clock.at, "disclosures") == []
    assert listed(editor, clock.at, "credentials") == []


def test_a_disclosure_counts_from_its_day_on(publisher, clock):
    Disclosure.objects.update(declared_on=clock.at.date() + timedelta(days=1))
    assert listed(publisher, clock.at, "disclosures") == ["Paula"]
    assert listed(publisher, clock.at + timedelta(days=1), "disclosures") == []


def test_what_runs_out_first_comes_first(reviewer, publisher, clock):
    for user, day in ((publisher, 2), (reviewer, 1)):
        person = user.contributor
        Disclosure.objects.filter(contributor=person).update(declared_on=date(2025, 2, day))
        Credential.objects.create(contributor=person, name="New", expires=date(2026, 4, day))
    assert listed(publisher, clock.at, "disclosures") == ["Rita", "Paula"]
    assert listed(publisher, clock.at, "credentials") == ["Rita", "Paula"]


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


def test_a_credential_holds_through_its_last_day(reviewer, publisher, clock):
    person, today = reviewer.contributor, clock.at.date()
    person.credentials.update(expires=today)
    Credential.objects.create(contributor=person, name="Past", expires=today - timedelta(days=1))

    (item,) = block(publisher, clock.at, "credentials").items
    assert (item.why, item.late) == ("“Registered dietitian” ends soon.", 0)
    page = reverse("admin:publishing_contributor_change", args=[person.pk])
    assert item.url == f"{page}#credentials-heading"
    tomorrow = clock.at + timedelta(days=1)
    assert [item.why for item in block(publisher, tomorrow, "credentials").items] == [
        "“Past” has ended.",
        "“Registered dietitian” has ended.",
    ]
