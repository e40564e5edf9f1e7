"""The demo: whole, signed, clean, fictional, dated in order, and seeded only once."""

import re
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction

from faq import kind as question_kind
from healthcms.demo import people, plan, reading, scale, seeding
from healthcms.demo.identity import uid
from publishing import assessment, clock, state, verbs
from publishing.compose import resolve, shown
from publishing.models import Change, Contributor, Edition, Entry, SignOff, Site
from publishing.verification import verify
from references import citations
from references.models import Reference
from tests import factories
from tests.forms import texts

CRAMPS = "/articles/magnesium-for-muscle-cramps/"
HOW_MUCH = "/articles/how-much-magnesium-do-you-need/"


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The demo, seeded once for this module and rolled back after it; gives the instant."""
    with django_db_blocker.unblock(), transaction.atomic():
        now = clock.now()
        seeding.seed(now)
        yield now
        transaction.set_rollback(True)


@pytest.fixture
def now(seeded, db):
    """The instant of the seeding; what a test writes is undone after it."""
    return seeded


def every_row() -> dict[str, list[str]]:
    """Return the whole database, table by table."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
    }


def test_every_file_of_the_content_is_live(now):
    counts = {}
    for kind, slug in reading.entries():
        counts[kind] = counts.get(kind, 0) + 1
        assert Edition.objects.live(now).filter(entry__uid=uid(kind, slug)).exists(), slug

    assert Entry.objects.count() == sum(counts.values())
    assert counts == {
        "article": 7,
        "question": 22,
        "supplement": 4,
        "static_page": 3,
        "term": 24,
        "disclaimer": 2,
    }


def test_the_last_text_of_every_entry_says_what_its_file_says(now):
    last = {
        (fields["kind"], fields["slug"]): fields
        for batch in plan.batches()
        for fields in batch.texts
    }
    for entry in Entry.objects.select_related("head__payload"):
        said = assessment.context_for(entry.head, now).document
        assert said == reading.document(last[entry.kind, entry.slug])


def test_no_page_has_an_error_or_an_unanswered_warning(now):
    found = [
        (edition.path, problem.id, problem.message)
        for edition in Edition.objects.filter(live_until=None).select_related("revision__payload")
        for problem in assessment.problems_of(edition.revision, max(now, edition.live_from))
        if problem.level in ("error", "warning")
    ]
    assert found == []


def test_nothing_waits_to_be_signed(now):
    heads = set(Entry.objects.values_list("head", flat=True))
    signed = SignOff.objects.filter(decision="approved").values_list("revision", flat=True)
    assert heads <= set(signed)


def test_nobody_signed_what_they_wrote(now):
    pairs = SignOff.objects.values_list("by__username", "revision__by__username")
    assert all(signer != writer for signer, writer in pairs)


def test_the_ledger_is_in_order_and_untampered(now):
    instants = list(Change.objects.order_by("number").values_list("at", flat=True))
    assert all(earlier <= later for earlier, later in pairwise(instants))
    assert instants[-1] < now
    assert list(verify()) == []


def test_one_article_has_three_editions_and_a_correction(now):
    held = Edition.objects.filter(path=CRAMPS).composed().order_by("live_from")
    editions = [shown(edition) for edition in held]
    assert [e.document.change_kind for e in editions] == ["", "update", "correction"]
    second, third = editions[1].document.body, editions[2].document.body
    assert "480 women" in second
    assert "480 women" not in third
    assert "408 women" in third
    assert "Ukraine" not in editions[0].document.body


def test_one_article_has_a_next_edition_that_begins_by_itself(now):
    before = resolve(HOW_MUCH, now + timedelta(days=1))
    after = resolve(HOW_MUCH, now + timedelta(days=11))
    assert before.main.document.change_note == ""
    assert after.main.document.change_note
    assert after.main.edition.live_from == before.main.edition.live_until


def test_the_main_article_has_all_its_parts(now):
    page = resolve("/articles/magnesium-for-muscle-weakness/", now)
    document = page.main.document
    assert len(document.key_points) >= 3
    assert len(document.questions) == 7
    assert uid("supplement", "magnesium") in page.embeds
    assert {row.path for row in page.related} >= {
        "/articles/low-potassium-and-muscle-weakness/",
        "/articles/muscle-loss-with-age/",
    }
    assert page.disclaimer.document.scope == "site"
    assert not page.overdue


def test_links_between_pages_lead_to_live_pages(now):
    live = set(Edition.objects.live(now).values_list("path", flat=True))
    for edition in Edition.objects.live(now).composed():
        for piece in shown(edition).document.texts():
            for address in re.findall(r'href="([^"]*)"', piece.text):
                assert address in live, f"{edition.path}: {address}"


def test_every_page_answers(now, client):
    for path in Edition.objects.live(now).values_list("path", flat=True):
        assert client.get(path).status_code == 200, path


def test_people_are_fictional(now):
    for person in Contributor.objects.prefetch_related("credentials"):
        assert "fictional person" in person.bio
        assert all("(fictional)" in c.name for c in person.credentials.all())
        assert all(c.number.startswith("DEMO-") for c in person.credentials.all())
    addresses = User.objects.values_list("email", flat=True)
    assert all(address.endswith("@demo.invalid") for address in addresses)


def test_every_role_can_sign_in(now, client):
    for account in people.ACCOUNTS:
        assert client.login(username=account.username, password=people.PASSWORD)
        user = User.objects.get(username=account.username)
        assert {group.name for group in user.groups.all()} == set(account.groups)
    administrators = User.objects.filter(is_superuser=True)
    assert [user.username for user in administrators] == ["administrator"]


def test_the_library_holds_what_is_cited_and_nothing_else(now):
    text = "\n".join(path.read_text(encoding="utf-8") for path in reading.CONTENT.rglob("*.toml"))
    held = {item["id"] for item in reading.references()}
    assert held == set(citations.keys(text, html=True))
    assert held == set(Reference.objects.values_list("key", flat=True))


def test_references_keep_the_type_and_editors_of_their_items(now):
    edition = Edition.objects.live(now).composed().get(path="/supplements/vitamin-d/")
    items = {item["id"]: item for item in reading.references()}
    for key, frozen in shown(edition).sources["references"].items():
        assert frozen["csl"]["type"] == items[key]["type"]
        assert frozen["csl"].get("editor") == items[key].get("editor")


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_second_run_writes_nothing(now, days):
    before = every_row()
    assert seeding.seed(now + timedelta(days=days)) is None
    assert every_row() == before


def test_a_later_run_leaves_what_was_added_alone(now):
    editor = User.objects.get(username=people.EDITOR.username)
    document = factories.question_document(editor, slug="does-sleep-matter")
    verbs.save_revision(question_kind.apply(document), by=editor)
    edited = Entry.objects.get(kind="question", slug="what-is-sarcopenia")
    Entry.objects.filter(pk=edited.pk).update(slug="sarcopenia")
    Site.objects.update(name="Another name")
    before = every_row()

    assert seeding.seed(now + timedelta(days=3)) is None

    assert every_row() == before


def test_an_edition_whose_old_words_are_gone_is_named():
    today = {"slug": "cramps", "body": "One. One."}
    for old in ("One.", "Two."):
        edition = {
            "change_kind": "update",
            "change_note": "More.",
            "replace": [{"field": "body", "old": old, "new": ""}],
        }
        with pytest.raises(ValueError, match=r"cramps: \d times in body, not once"):
            reading.edited(today, edition)


def test_filler_stands_in_every_state_of_a_desk_and_is_made_once(now):
    assert list(scale.make(60, now)) == [50, 60]
    assert list(scale.make(60, now)) == []

    filler = state.with_state(Entry.objects.filter(slug__startswith="filler-"), now)
    states = Counter(map(state.listed_state, filler))
    one_each = {"draft": 1, "in_review": 1, "approved": 1, "scheduled": 1}
    assert states == one_each | {"live": 54, "live_changed": 2}
    assert list(verify()) == []


def test_filler_says_on_every_page_that_it_is_filler(now, client):
    list(scale.make(5, now))
    page = client.get("/articles/filler-4/").content.decode()
    assert len(texts(page, "main p:-soup-contains('It says nothing about health.')")) == 2


def test_each_source_says_how_it_was_read_or_where_its_support_stands(now):
    used = {key for edition in Edition.objects.live(now) for key in shown_keys(edition)}
    noted = reading.load("citations.toml")
    assert used == set(noted)
    assert all(len(note.get("words", "").split()) <= 50 for note in noted.values())
    assert all(note.get("reading") or note.get("locator") for note in noted.values())


def shown_keys(edition: Edition) -> set[str]:
    references = shown(edition).sources.get("references", {})
    assert all("citation" in frozen for frozen in references.values()), edition.path
    return set(references)
