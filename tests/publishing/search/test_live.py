"""What is searched is what is live at that instant, and only what a page says itself."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from publishing import search, verbs
from publishing.models import Edition, SearchName, SearchText, SearchWord
from publishing.search.engines import index
from publishing.verbs import CANCEL
from tests import factories


def test_a_draft_is_not_found_and_a_scheduled_page_from_its_time_on(desk, paths):
    desk.save(desk.article("draft", title="Selenium"))
    edition = desk.schedule(desk.save(desk.article("later", title="Selenium later")), days=2)

    assert paths("selenium") == []
    assert paths("selenium", at=edition.live_from) == ["/articles/later/"]


def test_a_new_text_is_found_in_place_of_the_old_one(desk, paths):
    entry = desk.live(desk.article("it", title="About selenium")).entry
    desk.clock.forward(hours=1)
    revision = desk.change(entry, title="About chromium")
    edition = desk.schedule(revision, days=1)

    assert (paths("selenium"), paths("chromium")) == (["/articles/it/"], [])
    at = edition.live_from
    assert (paths("selenium", at=at), paths("chromium", at=at)) == ([], ["/articles/it/"])


def test_a_cancelled_schedule_leaves_the_old_text_to_be_found(desk, paths):
    entry = desk.live(desk.article("it", title="About selenium")).entry
    desk.clock.forward(hours=1)
    edition = desk.schedule(desk.change(entry, title="About chromium"), days=1)
    desk.clock.forward(hours=1)
    verbs.cancel(edition, by=desk.publisher, clock=desk.clock)

    later = desk.clock.forward(days=2)
    assert (paths("selenium", at=later), paths("chromium", at=later)) == (["/articles/it/"], [])


def test_a_withdrawn_page_is_gone_at_once(desk, paths):
    entry = desk.live(desk.article("it", title="About selenium")).entry
    assert paths("selenium")
    desk.clock.forward(hours=1)
    verbs.withdraw(entry, by=desk.publisher, reason="wrong", clock=desk.clock)

    assert paths("selenium") == search.suggest("selen", desk.clock.forward(seconds=1)) == []


def test_past_editions_are_dropped_and_what_may_still_be_live_is_kept(desk):
    entry = desk.live(desk.article("it", title="About selenium")).entry
    for title in ("About chromium", "About iodine"):
        desk.clock.forward(hours=1)
        revision = desk.change(entry, title=title)
        desk.sign(revision)
        desk.publish(revision)
    desk.clock.forward(hours=1)
    desk.schedule(desk.change(entry, title="About zinc"), days=1, schedules=CANCEL)

    kept = SearchText.objects.filter(edition__entry=entry).order_by("edition")
    assert [row.title for row in kept] == ["About iodine", "About zinc"]
    names = SearchName.objects.filter(edition__entry=entry).order_by("edition")
    assert [row.name for row in names] == ["About iodine", "About zinc"]


def test_what_a_page_embeds_is_found_on_its_own_page(desk, paths):
    asked = desk.live(desk.question(answer="<p>Selenium helps nobody here.</p>"))
    supplement = desk.live(desk.supplement(forms=[{"name": "Chromium picolinate"}]))
    desk.live(
        desk.article(
            "it",
            questions=[asked.entry.uid],
            comparisons=[supplement.entry.uid],
        )
    )

    assert paths("selenium") == [asked.path]
    assert paths("picolinate") == [supplement.path]


def test_every_kind_with_a_page_for_readers_is_found_and_the_disclaimer_is_not(desk, paths):
    desk.live(desk.article("it", title="About selenium"))
    desk.live(desk.question(question="Is selenium safe?"))
    desk.live(desk.supplement("selenium"))
    desk.live(factories.term_document(desk.editor, "selenium"))
    page = factories.static_document(body="<p>We like selenium.</p>")
    people = {"by": desk.editor, "signer": desk.publisher, "publisher": desk.publisher}
    factories.published(page, clock=desk.clock, **people)

    assert {path.split("/")[1] for path in paths("selenium")} == {
        "articles", "faq", "supplements", "glossary", "about",
    }  # fmt: skip
    assert Edition.objects.live(desk.clock.at).filter(title="About this information").exists()
    assert paths("replace advice") == []


def state(at) -> list:
    """Return what there is to find, and what a search finds in it."""
    found = search.find("selenium", at)
    return [
        found,
        [vars(text) | {"_state": None} for text in SearchText.objects.order_by("pk")],
        list(SearchName.objects.order_by("edition", "words").values_list("edition", "words")),
        list(SearchWord.objects.order_by("word").values_list()),
    ]


@pytest.fixture
def selenium(desk):
    desk.live(desk.article("it", title="About selenium"))
    desk.live(factories.term_document(desk.editor, "selenium", other_names=["Se"]))
    return desk.clock.forward(seconds=1)


def test_rebuilding_gives_the_same(selenium):
    before = state(selenium)
    call_command("rebuild_search", stdout=StringIO())
    assert state(selenium) == before


def test_migrating_makes_what_is_missing(selenium):
    before = state(selenium)
    search.rebuild()
    row = SearchText.objects.order_by("pk").first()
    index().remove([row.pk])
    SearchText.objects.filter(pk=row.pk).delete()
    SearchName.objects.filter(edition=row.pk).delete()
    assert search.find("selenium", selenium) != before[0]

    call_command("migrate", verbosity=0, interactive=False)

    assert state(selenium) == before


# On SQLite nothing changed.
@pytest.mark.postgresql
def test_what_the_first_search_made_is_made_anew_by_migrating(transactional_db, selenium):
    before = state(selenium), vectors("head")
    call_command("migrate", "publishing", "0010_site_footer", verbosity=0, interactive=False)
    try:
        assert vectors("title_vector") != before[1]
    finally:
        call_command("migrate", verbosity=0, interactive=False)

    assert (state(selenium), vectors("head")) == before


def vectors(of_title: str) -> list[tuple]:
    """Return what PostgreSQL finds each edition by."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT edition_id, {of_title}, vector FROM publishing_searchtext ORDER BY 1"
        )
        return cursor.fetchall()


@pytest.mark.sqlite
def test_flushing_a_test_database_empties_the_index_too(selenium):
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM publishing_searchindex WHERE publishing_searchindex MATCH 'a*'"
        )
        assert cursor.fetchall() == []
