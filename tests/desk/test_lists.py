"""The lists: their columns, filters and search, and what they cost the database."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import clock as clocks
from publishing import kinds, state, verbs
from publishing.admin import list_problems
from publishing.admin.list_facts import with_facts
from publishing.admin.list_filters import due_by, in_state
from publishing.models import Case, Disclosure, Edition, Entry, EntryWords, Topic
from publishing.reviews import add_months, next_review
from publishing.reviews_due import signed_before
from tests import factories

LIST = "admin:articles_article_changelist"


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def present() -> factories.Clock:
    """A clock that stands still an hour ago: the lists read the real time."""
    return factories.Clock(clocks.now() - timedelta(hours=1))


@pytest.fixture
def clock(present):
    """Everything here happens lately."""
    return present


@pytest.fixture
def people(editor, reviewer, publisher, clock):
    """Who writes, signs and publishes, and when."""
    return {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}


def listed(client, name: str = LIST, **query) -> list[str]:
    """Return the slugs of the entries that a list shows."""
    page = client.get(reverse(name), query)
    assert page.status_code == 200
    return sorted(entry.slug for entry in page.context["cl"].result_list)


def cell(client, slug: str, column: str, name: str = LIST, **query) -> str:
    """Return the words of one entry's cell."""
    page = client.get(reverse(name), query)
    (entry,) = [e for e in page.context["cl"].result_list if e.slug == slug]
    html = BeautifulSoup(page.content, "html.parser")
    row = html.select_one(f'#result_list input[value="{entry.pk}"]').find_parent("tr")
    return " ".join(row.select_one(f".field-{column}_column").get_text(" ", strip=True).split())


def in_every_state(editor, reviewer, publisher, clock) -> None:
    """Make an article in each state, named after it."""
    people = {"by": editor, "signer": reviewer, "publisher": publisher, "clock": clock}

    def draft(slug, **fields):
        return factories.saved(factories.article_document(editor, slug, **fields), editor, clock)

    def signed(slug):
        revision = draft(slug)
        verbs.sign_off([revision], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
        return revision

    draft("draft")
    verbs.request_review(draft("in-review").entry, by=editor, clock=clock)
    verbs.sign_off([draft("sent-back")], by=reviewer, decision="changes", note="Why?", clock=clock)
    signed("approved")
    later = clock.at + timedelta(days=40)
    verbs.publish([signed("scheduled")], by=publisher, at=later, clock=clock)
    factories.published(factories.article_document(editor, "live"), **people)
    for slug in ("live-changed", "withdrawn", "rewritten", "asked-again", "sent-back-again"):
        factories.published(factories.article_document(editor, slug), **people)
    clock.forward(minutes=1)
    changed = factories.article_document(editor, "live-changed", lead="Newer.")
    factories.saved(changed, editor, clock, draft_of("live-changed"))
    for slug in ("withdrawn", "rewritten", "asked-again", "sent-back-again"):
        verbs.withdraw(entry_of(slug), by=publisher, reason="wrong", clock=clock)
    clock.forward(minutes=1)
    again = factories.article_document(editor, "rewritten", lead="Newer.")
    factories.saved(again, editor, clock, draft_of("rewritten"))
    verbs.request_review(entry_of("asked-again"), by=editor, clock=clock)
    head = entry_of("sent-back-again").head
    verbs.sign_off([head], by=reviewer, decision="changes", note="Why?", clock=clock)


def entry_of(slug: str) -> Entry:
    return Entry.objects.select_related("head").get(slug=slug)


def draft_of(slug: str):
    return kinds.draft_of(entry_of(slug))


def test_each_state_lists_what_the_state_column_says(
    editor, reviewer, publisher, disclaimer, clock
):
    in_every_state(editor, reviewer, publisher, clock)
    at = clocks.now()
    entries = Entry.objects.filter(kind="article")
    said: dict[state.State, set[str]] = {wanted: set() for wanted in state.State}
    for entry in state.with_state(entries, at):
        said[state.listed_state(entry)].add(entry.slug)
    assert said[state.State.WITHDRAWN] == {"withdrawn"}
    assert said[state.State.IN_REVIEW] == {"in-review", "asked-again"}
    assert said[state.State.CHANGES_REQUESTED] == {"sent-back", "sent-back-again"}
    kind = kinds.get("article")
    found = {
        wanted: set(entries.filter(in_state(wanted, kind, at)).values_list("slug", flat=True))
        for wanted in state.State
    }
    assert found == said


def test_state_owner_topic_and_case_filter_the_list(client, editor, people, disclaimer, clock):
    other = factories.person("olga", kinds.EDITORS)
    factories.published(factories.article_document(editor, "live"), **people)
    zinc = factories.topic("zinc")
    document = factories.article_document(other, "draft", topics=[zinc.uid])
    factories.saved(document, other, clock)
    client.force_login(editor)
    assert listed(client, state="live") == ["live"]
    assert listed(client, owner=other.pk) == ["draft"]
    assert listed(client, topic="zinc") == ["draft"]
    assert listed(client, topic="zinc", state="live") == []
    assert listed(client, flag="case") == []
    clock.forward(minutes=1)
    about = {"entry": entry_of("live"), "about": entry_of("draft"), "why": "embed_withdrawn"}
    Case.objects.create(**about, text="Look.", by=other, at=clock())
    assert listed(client, flag="case") == ["live"]
    assert cell(client, "live", "flags") == "A case is open"
    assert cell(client, "draft", "topics") == "Zinc"
    assert cell(client, "draft", "owner") == "Olga"
    # A value that is on no list filters nothing, and breaks nothing.
    assert listed(client, state="gone", owner="x", topic="y", review="z") == ["draft", "live"]


def test_review_dates_are_those_of_the_rule(client, editor, reviewer, publisher, clock):
    now = clock.at
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
    # A topic may lose its interval later: then the site's holds.
    Topic.objects.filter(slug="without").update(review_interval_months=None)
    client.force_login(editor)
    assert listed(client, review="overdue") == ["late", "shortest"]
    assert listed(client, flag="overdue") == ["late", "shortest"]
    assert listed(client, review="30") == ["site", "soon"]
    assert listed(client, review="90") == ["later", "site", "soon"]
    assert cell(client, "late", "flags").startswith("Review overdue by ")
    for edition in Edition.objects.live(now).filter(entry__kind="article").composed():
        due = next_review(edition)
        assert cell(client, edition.entry.slug, "review") == f"{due:%-d %B %Y}"
        about = {"at": now, "register": list(Topic.objects.all())}
        assert edition in due_by("article", due, **about)
        assert edition not in due_by("article", due - timedelta(days=1), **about)


def test_the_last_days_of_a_long_month_are_due_with_those_of_a_short_one():
    until = date(2026, 2, 28)
    assert signed_before(until, 1).date().isoformat() == "2026-02-01"
    assert add_months(until.replace(month=1, day=31), 1) == until


def test_search_finds_words_of_title_address_text_and_key_points(client, editor, clock):
    body = "<h2>What it does</h2><p>Taken by ÉLODIE in Zürich.</p>"
    factories.saved(factories.article_document(editor, "cramps-at-night", body=body), editor, clock)
    point = {"label": "X", "text": "Quinine is no answer.", "kind": "advice", "editorial": True}
    title = "Tired legs"
    document = factories.article_document(editor, "other", title=title, key_points=[point])
    factories.saved(document, editor, clock)
    client.force_login(editor)
    for typed in ("CRAMPS", "night cramps", "élodie", "zürich élodie", "taken night"):
        assert listed(client, q=typed) == ["cramps-at-night"], typed
    for typed in ("tired", "LEGS tired", "quinine", "quinine legs"):
        assert listed(client, q=typed) == ["other"], typed
    assert listed(client, q="quinine cramps") == []
    assert listed(client, q="  ") == ["cramps-at-night", "other"]


def test_search_looks_into_the_newest_text_alone(client, editor, clock):
    body = "<h2>Was</h2><p>Die große Übung, 100% safe_word.</p>"
    first = factories.saved(factories.article_document(editor, "page", body=body), editor, clock)
    client.force_login(editor)
    for typed in ("GROSSE", "übung", "100%", "safe_word", "afe_wor"):
        assert listed(client, q=typed) == ["page"], typed
    for typed in ("gr_sse", "editorial"):
        assert listed(client, q=typed) == [], typed
    newer = factories.article_document(editor, "page", body="<h2>Is</h2><p>Walking.</p>")
    factories.saved(newer, editor, clock, entry=draft_of("page"))
    assert listed(client, q="übung") == []
    assert listed(client, q="walking") == ["page"]
    verbs.restore(first, by=editor)
    assert listed(client, q="walking") == []
    assert listed(client, q="übung") == ["page"]


def test_words_that_are_missing_are_made_with_the_next_migrate(client, editor, clock):
    document = factories.article_document(editor, "page", title="Cramps")
    factories.saved(document, editor, clock)
    made = EntryWords.objects.get().words
    EntryWords.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert EntryWords.objects.get().words == made


def test_the_search_box_of_a_form_looks_for_titles_only(client, editor, clock):
    body = "<h2>What it does</h2><p>Quinine.</p>"
    factories.saved(factories.article_document(editor, "cramps", body=body), editor, clock)
    client.force_login(editor)
    about = {"app_label": "articles", "model_name": "relatedarticle", "field_name": "to"}
    url = reverse("admin:autocomplete")
    assert client.get(url, {**about, "term": "quinine"}).json()["results"] == []
    assert len(client.get(url, {**about, "term": "cramps"}).json()["results"]) == 1


def test_a_question_that_changed_since_signing_is_flagged(
    client, editor, people, disclaimer, clock
):
    question = factories.published(factories.question_document(editor, "why"), **people)
    clock.forward(minutes=1)
    document = factories.article_document(editor, "page", questions=[question.entry.uid])
    factories.published(document, **people)
    client.force_login(editor)
    assert cell(client, "page", "flags") == ""
    assert listed(client, flag="changed") == []
    clock.forward(minutes=1)
    fields = {"answer": "<p>Newer.</p>", "change_kind": "minor", "change_note": "Said better."}
    newer = factories.question_document(editor, "why", **fields)
    factories.published(newer, **people, entry=draft_of("why"))
    assert cell(client, "page", "flags").endswith("Questions changed since signing")
    assert listed(client, flag="changed") == ["page"]
    assert listed(client, "admin:faq_question_changelist", flag="changed") == []


def test_problems_are_counted_aside_and_kept(client, editor, disclaimer, clock):
    factories.saved(factories.article_document(editor, "good"), editor, clock)
    bad = factories.article_document(editor, "bad", topics=[], get_help=[])
    factories.saved(bad, editor, clock)
    client.force_login(editor)
    assert cell(client, "bad", "problems") == "… not counted yet"
    keys = {slug: entry_of(slug).pk for slug in ("good", "bad")}
    url = reverse("admin:articles_article_problems")
    answer = client.get(url, {"entries": ",".join(map(str, keys.values()))}).json()
    assert answer == {
        "counts": {str(keys["good"]): "none", str(keys["bad"]): "2 to mend"},
        "left": [],
    }
    assert cell(client, "bad", "problems") == "2 to mend"
    # A newer text has not been counted, whatever is kept of the older one.
    clock.forward(minutes=1)
    mended = factories.article_document(editor, "bad", get_help=[])
    factories.saved(mended, editor, clock, draft_of("bad"))
    assert cell(client, "bad", "problems") == "… not counted yet"


def test_problems_filter_what_is_in_work_and_say_what_is_not_counted(
    client, editor, people, disclaimer, clock, monkeypatch
):
    factories.published(factories.article_document(editor, "live"), **people)
    clock.forward(minutes=1)
    factories.saved(factories.article_document(editor, "good"), editor, clock)
    bad = factories.article_document(editor, "bad", topics=[], get_help=[])
    factories.saved(bad, editor, clock)
    client.force_login(editor)
    assert listed(client, problems="some") == []
    assert listed(client, problems="uncounted") == ["bad", "good"]
    page = client.get(reverse(LIST), {"problems": "some"}).content.decode()
    assert "The problems of 2 texts are not counted yet" in page
    keys = ",".join(str(entry_of(slug).pk) for slug in ("good", "bad"))
    client.get(reverse("admin:articles_article_problems"), {"entries": keys})
    assert listed(client, problems="some") == ["bad"]
    assert listed(client, problems="none") == ["good"]
    assert listed(client, problems="uncounted") == []
    assert "not counted yet" not in client.get(reverse(LIST), {"problems": "some"}).content.decode()
    monkeypatch.setattr(list_problems, "LOOKED_AT", 1)
    assert listed(client, problems="none") == []
    assert "Only the newest" in client.get(reverse(LIST), {"problems": "none"}).content.decode()


def test_counting_stops_when_its_time_is_up(editor, disclaimer, clock):
    for number in range(4):
        factories.saved(factories.article_document(editor, f"a-{number}"), editor, clock)
    at = clocks.now()
    rows = state.with_state(Entry.objects.filter(kind="article"), at).select_related("head")
    rows = list(with_facts(rows, "Medical reviewers"))
    ticks = iter([0.0, 0.05, list_problems.BUDGET + 0.01])
    counts = list_problems.count_problems(rows, at, seconds=lambda: next(ticks))
    assert list(counts) == [row.pk for row in rows[:2]]
    unhurried = list_problems.count_problems(rows, at, seconds=lambda: 0.0)
    assert set(unhurried) == {row.pk for row in rows}


@pytest.mark.parametrize("length", [10, 100])
def test_a_list_costs_at_most_15_queries(length, client, editor, people, disclaimer, clock):
    everybody = factories.person(
        "eve", kinds.EDITORS, kinds.MEDICAL_REVIEWERS, kinds.DISCLAIMER_REVIEWERS, kinds.PUBLISHERS
    )
    question = factories.published(factories.question_document(editor, "why"), **people)
    clock.forward(minutes=1)
    for number in range(length):
        document = factories.article_document(editor, f"a-{number}", questions=[question.entry.uid])
        if number % 3:
            factories.saved(document, editor, clock)
        else:
            factories.published(document, **people)
    client.force_login(everybody)
    query = {"all": "", "q": "does", "state": "live", "owner": editor.pk, "review": "90"}
    query |= {"flag": "changed", "problems": "some"}
    for asked in ({"all": ""}, {"all": "", "q": "does"}, query):
        client.get(reverse(LIST), asked)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse(LIST), asked)
        if asked is not query:
            assert len(page.context["cl"].result_list) == length
        assert len(captured) <= 15


def test_who_may_not_see_a_list_gets_no_counts(client, db):
    client.force_login(factories.person("nobody"))
    assert client.get(reverse("admin:articles_article_problems")).status_code == 403
