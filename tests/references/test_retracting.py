"""Setting a reference to “retracted” in the library reaches the pages that cite it at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from publishing import cases, clock, documents, kinds
from publishing.models import Case
from references.models import Reference
from tests import factories
from tests.forms import form_data, texts


@pytest.fixture
def people(editor, reviewer, publisher):
    """Who writes, signs and publishes, yesterday."""
    at = factories.Clock(datetime.now(UTC) - timedelta(days=1))
    return {"by": editor, "signer": reviewer, "publisher": publisher, "clock": at}


@pytest.fixture
def pages(people):
    """Two live articles that cite smith2020."""
    factories.live_disclaimer(people["clock"])
    factories.fund_site()
    return [
        factories.published(factories.article_document(people["by"], slug), **people)
        for slug in ("cramps", "sleep")
    ]


@pytest.fixture
def save(client, editor, pages):
    """Return a function that sends the reference's form with some fields replaced."""
    client.force_login(editor)
    source = Reference.objects.get(key="smith2020")
    address = reverse("admin:references_reference_change", args=[source.pk])

    def send(**fields) -> str:
        sent = form_data(client.get(address).content.decode())
        return client.post(
            address, {**sent, **fields, "_continue": "1"}, follow=True
        ).content.decode()

    return send


def standing() -> list[str]:
    found = cases.standing(clock.now()).filter(why=Case.Whys.SOURCE_RETRACTED)
    return sorted(found.values_list("entry__slug", flat=True))


def test_retracted_opens_a_case_on_each_page_once_and_names_the_pages(save, pages):
    page = save(status="retracted", status_on="2026-03-03")

    assert standing() == ["cramps", "sleep"]
    [told] = texts(page, ".messagelist .warning")
    assert told == (
        "Retracted. 2 live or scheduled pages cite it, and a case is open on each: "
        "Does cramps help? , Does sleep help? ."
    )
    for edition in pages:
        assert reverse("admin:articles_article_change", args=[edition.entry_id]) in page
    assert Case.objects.first().text.startswith("Smith, 2020, which this page cites, was")

    assert texts(save(title="Another title"), ".messagelist .warning") == []
    assert standing() == ["cramps", "sleep"]


def test_readers_are_told_at_once_and_a_better_day_is_told_too(client, save):
    def told() -> str:
        [notice] = texts(client.get("/articles/cramps/").content.decode(), "main .notice")
        return notice

    save(status="retracted")
    assert told().startswith("A source on this page was retracted. We are checking")
    save(status_on="2026-03-03", status_notice="https://journal.example/notice")
    assert told().startswith("A source on this page was retracted on 3 March 2026 .")
    assert (
        'href="https://journal.example/notice"' in client.get("/articles/cramps/").content.decode()
    )


def test_the_desk_tells_who_noted_it_and_lets_nobody_wave_it_away(client, save, pages):
    save(status="retracted")
    [case] = Case.objects.filter(entry=pages[0].entry)
    address = reverse("admin:articles_article_change", args=[pages[0].entry_id])
    page = client.get(address).content.decode()
    assert texts(page, f"#case-{case.pk}")[0].startswith("Smith, 2020, which this page cites,")
    assert texts(page, f"#case-{case.pk} button") == []
    assert client.post(address.replace("change/", f"case/{case.pk}/")).status_code == 404
    assert standing() == ["cramps", "sleep"]

    history = client.get(address.replace("change/", "history/")).content.decode()
    assert "Readers told that Smith, 2020 was retracted" in history
    assert "noted that a source was retracted" in client.get("/admin/").content.decode()


def test_a_page_is_named_once_and_as_it_is_called_now(save, pages, people):
    at = factories.Clock(datetime.now(UTC) - timedelta(hours=1))
    first = pages[0]
    draft = kinds.draft_of(first.entry)
    document = documents.replaced(
        kinds.of(first.entry).to_document(draft),
        title="A new name",
        change_kind="update",
        change_note="A new name.",
    )
    factories.published(document, **{**people, "clock": at}, entry=draft)

    [told] = texts(save(status="retracted"), ".messagelist .warning")
    assert told.endswith("A new name , Does sleep help? .")


def test_a_form_that_was_opened_before_takes_no_retraction_back(client, save):
    source = Reference.objects.get(key="smith2020")
    address = reverse("admin:references_reference_change", args=[source.pk])
    opened = form_data(client.get(address).content.decode())
    save(status="retracted", status_on="2026-03-03")
    client.post(address, {**opened, "title": "Another title"})

    source.refresh_from_db()
    assert (source.title, source.status) == ("Another title", "retracted")
    assert str(source.status_on) == "2026-03-03"
    assert standing() == ["cramps", "sleep"]


def test_what_a_form_said_when_it_was_opened_was_typed_by_nobody(client, save):
    save(status="retracted", status_on="2026-03-03")
    source = Reference.objects.get(key="smith2020")
    address = reverse("admin:references_reference_change", args=[source.pk])
    opened = form_data(client.get(address).content.decode())
    client.logout()
    page = client.post(address, {**opened, "status_on": "2026-04-04"}).content.decode()

    [typed] = texts(page, ".desk-typed")
    assert "4 April 2026" in typed
    assert "3 March 2026" not in typed


def test_set_by_mistake_and_taken_back_it_closes_them(save):
    save(status="retracted")
    page = save(status="")
    assert "No longer retracted. 2 cases about it were closed." in page
    assert standing() == []


def test_one_that_was_retracted_before_readers_were_told_is_told_when_it_is_saved(client, save):
    Reference.objects.filter(key="smith2020").update(status="retracted")
    assert "A source on this page" not in client.get("/articles/cramps/").content.decode()
    save(title="Another title")
    assert "A source on this page" in client.get("/articles/cramps/").content.decode()
    assert standing() == ["cramps", "sleep"]


def test_the_key_is_free_for_whoever_saves_a_page_that_cites_it(save):
    """That one holds the page, for which a retraction waits: each would wait for the other.

    SQLite locks no rows.
    """
    with CaptureQueriesContext(connection) as queries:
        save(status="retracted")
    locks = [q["sql"] for q in queries if " FOR " in q["sql"] and "references_ref" in q["sql"]]
    assert bool(locks) == (connection.vendor == "postgresql")
    assert all("FOR NO KEY UPDATE" in sql for sql in locks)
