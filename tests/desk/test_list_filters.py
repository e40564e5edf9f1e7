"""The filters of the lists: whose entries there are, and what is due for review, to the day."""

from datetime import UTC, date, datetime, time, timedelta

from bs4 import BeautifulSoup
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, zone
from publishing.admin.list_filters import due_by
from publishing.models import Disclosure, Edition, Topic
from publishing.reviews import add_months, next_review
from publishing.reviews_due import signed_before
from tests import factories
from tests.desk.test_lists import LIST, cell, listed


def test_review_dates_are_those_of_the_rule(client, editor, reviewer, publisher, clock):
    now = clocks.now() - timedelta(hours=1)
    for days in (460, 310, 50):
        for user in (editor, reviewer):
            day = (now - timedelta(days=days)).date()
            Disclosure.objects.create(contributor=user.contributor, text="None.", declared_on=day)
    clock.at = now - timedelta(days=450)
    site = factories.fund_site()
    site.review_interval_months = 10
    site.save()
    factories.live_disclaimer(clock)
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    factories.topic("yearly", 12)
    factories.topic("monthly", 1)
    factories.topic("without", 12)
    ages = {"late": ("yearly", 400), "soon": ("yearly", 350), "later": ("yearly", 300)}
    ages |= {"shortest": ("yearly monthly", 40), "site": ("without", 300)}
    for slug, (names, days) in sorted(ages.items(), key=lambda item: -item[1][1]):
        clock.at = now - timedelta(days=days)
        uids = [factories.topic(name).uid for name in names.split()]
        factories.published(factories.article_document(editor, slug, topics=uids), **people)
    clock.at = now
    question = factories.question_document(editor, topics=[factories.topic("yearly").uid])
    factories.published(question, **people)
    # A topic may lose its interval later: then the site's holds.
    Topic.objects.filter(slug="without").update(review_interval_months=None)
    client.force_login(editor)
    assert listed(client, review="overdue") == ["late", "shortest"]
    assert listed(client, flag="overdue") == ["late", "shortest"]
    assert listed(client, review="30") == ["site", "soon"]
    assert listed(client, review="90") == ["later", "site", "soon"]
    assert cell(client, "shortest", "topics") == "Monthly, Yearly"
    for edition in Edition.objects.live(now).filter(entry__kind="article").composed():
        due = next_review(edition)
        assert cell(client, edition.entry.slug, "review") == f"{due:%-d %B %Y}"
        days = (zone.date_of(clocks.now()) - due).days
        flag = f"Review overdue by {days} days" if days > 0 else ""
        assert cell(client, edition.entry.slug, "flags") == flag
        about = {"at": clocks.now(), "register": list(Topic.objects.all())}
        assert edition in due_by("article", due, **about)
        assert edition not in due_by("article", due - timedelta(days=1), **about)
    (due,) = due_by("question", now.date() + timedelta(days=400), **about)
    assert due.entry.kind == "question"


def test_reviews_are_overdue_and_soon_due_to_the_day(client, editor, reviewer, publisher, clock):
    today = zone.date_of(clocks.now())
    factories.fund_site()
    # In four years every day comes again, and with it the 29th of February.
    topic = factories.topic("slow", 48)
    due_in = {"late": -1, "today": 0, "in-30": 30, "in-31": 31, "in-90": 90, "in-91": 91}
    signed_on = {slug: add_months(today + timedelta(days=n), -48) for slug, n in due_in.items()}
    for user in (editor, reviewer):
        declared = signed_on["late"] - timedelta(days=1)
        Disclosure.objects.create(contributor=user.contributor, text="None.", declared_on=declared)
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}
    clock.at = datetime.combine(signed_on["late"] - timedelta(days=1), time(12), UTC)
    factories.live_disclaimer(clock)
    for slug, day in signed_on.items():
        clock.at = datetime.combine(day, time(12), UTC)
        document = factories.article_document(editor, slug, topics=[topic.uid])
        factories.published(document, **people)
    client.force_login(editor)
    assert listed(client, review="overdue") == ["late"]
    assert listed(client, review="30") == ["in-30", "today"]
    assert listed(client, review="90") == ["in-30", "in-31", "in-90", "today"]


def test_the_owners_to_choose_from_wrote_such_entries_and_stand_by_name(client, editor, clock):
    olga, zoe, anna = (
        factories.person(name.split()[0].lower(), kinds.EDITORS, name=name)
        for name in ("Olga Otter", "Zoe Adler", "Anna Otter")
    )
    for n, owner in enumerate((olga, zoe, anna)):
        factories.saved(factories.article_document(owner, f"page-{n}"), owner, clock)
    factories.saved(factories.question_document(editor), editor, clock)
    client.force_login(editor)
    page = BeautifulSoup(client.get(reverse(LIST)).content, "html.parser")
    choices = page.select('#changelist-filter [data-filter-title="owner"] li')
    names = [choice.get_text(strip=True) for choice in choices]
    assert names == ["All", "Zoe Adler", "Anna Otter", "Olga Otter"]


def test_the_last_days_of_a_long_month_are_due_with_those_of_a_short_one():
    until = date(2026, 2, 28)
    assert signed_before(until, 1).date().isoformat() == "2026-02-01"
    assert add_months(until.replace(month=1, day=31), 1) == until
