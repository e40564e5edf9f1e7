"""The lists: their columns, filters and search, and what they cost the database."""

from datetime import timedelta

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
from publishing.documents import replaced
from publishing.models import Case, Entry, EntryWords
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


def entry_of(slug: str) -> Entry:
    return Entry.objects.select_related("head").get(slug=slug)


def draft_of(slug: str):
    return kinds.draft_of(entry_of(slug))


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
    Case.objects.create(**about, text="Look.", by=other, at=clock.forward(minutes=1))
    assert listed(client, flag="case") == ["live"]
    assert cell(client, "live", "flags") == "A case is open"
    Case.objects.update(closed_at=clock(), closed_by=other)
    assert listed(client, flag="case") == []
    assert cell(client, "live", "flags") == ""
    assert cell(client, "draft", "topics") == "Zinc"
    assert cell(client, "draft", "owner") == "Olga"
    # A value that is on no list filters nothing, and breaks nothing.
    assert listed(client, state="gone", owner="x", topic="y", review="z") == ["draft", "live"]


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
    client, editor, reviewer, people, disclaimer, clock
):
    questions = [
        factories.published(factories.question_document(editor, slug), **people).entry.uid
        for slug in ("why", "how")
    ]
    clock.forward(minutes=1)
    document = factories.article_document(editor, "page", questions=questions)
    factories.published(document, **people)
    client.force_login(editor)
    clock.forward(minutes=1)
    fields = {"answer": "<p>Newer.</p>", "change_kind": "minor", "change_note": "Said better."}
    newer = factories.question_document(editor, "why", **fields)
    factories.saved(newer, editor, clock, draft_of("why"))
    assert cell(client, "page", "flags") == "", "readers see what was signed"
    assert listed(client, flag="changed") == []
    head = entry_of("why").head
    verbs.sign_off([head], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    verbs.publish([head], by=people["publisher"], clock=clock)
    flag = "Questions changed since signing"
    assert cell(client, "page", "flags").endswith(flag)
    assert listed(client, flag="changed") == ["page"]
    assert listed(client, "admin:faq_question_changelist", flag="changed") == []
    # A signature on a newer text does not help those who read the live one.
    clock.forward(minutes=1)
    told = {"lead": "Newer.", "change_kind": "minor", "change_note": "Said better."}
    draft = factories.saved(replaced(document, **told), editor, clock, draft_of("page"))
    verbs.sign_off([draft], by=reviewer, ticked=factories.EVERY_TICK, clock=clock)
    assert cell(client, "page", "flags").endswith(flag)


def test_where_nothing_is_live_the_newest_signature_says_what_was_seen(
    client, editor, reviewer, disclaimer, clock
):
    question = factories.saved(factories.question_document(editor, "why"), editor, clock)
    document = factories.article_document(editor, "page", questions=[question.entry.uid])
    page = factories.saved(document, editor, clock)
    signing = {"by": reviewer, "ticked": factories.EVERY_TICK, "clock": clock}
    verbs.sign_off([page, question], **signing)
    client.force_login(editor)
    assert cell(client, "page", "flags") == "", "the question was signed along"

    def answer_anew(answer: str):
        newer = factories.question_document(editor, "why", answer=answer)
        return factories.saved(newer, editor, clock, draft_of("why"))

    newer = answer_anew("<p>Newer.</p>")
    assert cell(client, "page", "flags") == "Questions changed since signing"
    verbs.sign_off([page, newer], by=reviewer, decision="changes", note="Why?", clock=clock)
    newest = answer_anew("<p>The newest.</p>")
    assert cell(client, "page", "flags") == "", "whoever sent it back signed nothing"
    verbs.sign_off([page, newest], **signing)
    assert cell(client, "page", "flags") == ""


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
