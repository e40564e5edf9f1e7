"""Invariant 5: readers are served from the spine and the registers, never from a draft.

What a text pointed at is frozen with it: a later edit of the library changes no signed page.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import compose, documents, kinds
from publishing.models import Contributor, Credential, Disclosure, Entry, Revision
from references.models import Reference
from supplements.models import Form, Supplement

PATH = "/articles/magnesium-and-muscles/"
SPINE = {
    "publishing_edition",
    "publishing_revision",
    "publishing_revisionpayload",
    "publishing_signoff",
    "publishing_change",
    "publishing_entry",  # identity alone: uid and kind
}
REGISTERS = {"publishing_site", "publishing_topic", "publishing_contributor"}
LISTS = {"publishing_editiontie"}  # which pages a list on the page names, and no word of them


@pytest.fixture
def page(desk):
    """An article with a question and a placed table, live; all signed in one list."""
    question = desk.save(desk.question())
    supplement = desk.save(desk.supplement())
    article = desk.save(
        desk.article(
            questions=[question.entry.uid],
            body=(
                "<h2>Forms</h2><p>These are sold.</p><p>[[forms:magnesium]]</p>"
                "<h2>The bottom line</h2><p>It is used in muscles [@smith2020].</p>"
            ),
        )
    )
    desk.sign(article, question, supplement)
    desk.publish(article, question, supplement)
    desk.supplement_entry = supplement.entry
    desk.clock.forward(minutes=1)
    return desk


@pytest.fixture
def said(page, client, monkeypatch):
    """A function that returns the bytes of a public page as of the desk's clock."""
    monkeypatch.setattr("publishing.clock.now", page.clock)

    def get(path: str = PATH) -> bytes:
        response = client.get(path)
        assert response.status_code == 200
        return response.content

    return get


def test_the_page_holds_what_is_asked_of_it_below(said):
    text = said().decode()

    for words in ("A study of something", "Does does it help matter", "Citrate", "Eddie"):
        assert words in text


@pytest.mark.parametrize(
    "path", [PATH, "/faq/does-it-help/", "/supplements/magnesium/", "/disclaimer/"]
)
def test_only_the_spine_and_the_registers_are_read(said, path):
    with CaptureQueriesContext(connection) as queries:
        said(path)

    tables = {
        table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])
    }
    assert tables <= SPINE | REGISTERS | LISTS
    assert tables >= SPINE - {"publishing_change"}


def test_only_the_identity_of_an_entry_is_read(said):
    """A slug of today, or a note on a draft, has no way onto a page."""
    before = said()
    Entry.objects.update(change_note="A note of today", change_kind="correction")
    for entry in Entry.objects.all():
        Entry.objects.filter(pk=entry.pk).update(slug=f"scrambled-{entry.pk}")

    assert said() == before


def test_editing_a_reference_changes_no_signed_page(said):
    before = said()
    Reference.objects.update(
        title="Another study",
        authors=[{"family": "Changed", "given": "C."}],
        year=1999,
        doi="10.1000/changed",
        status="corrected",
    )

    assert said() == before


def test_editing_a_contributor_changes_no_signed_page(page, said):
    before = said()
    for person in Contributor.objects.all():
        person.name, person.slug, person.bio = "Renamed", f"renamed-{person.pk}", "New."
        person.save()
    Credential.objects.update(name="Changed", expires="2001-01-01")
    Disclosure.objects.update(text="Owns a pharmacy.")

    assert said() == before


def test_the_next_save_takes_up_what_the_library_says_by_then(page):
    """Frozen with each revision, not once and for all."""
    entry = Entry.objects.get(kind="article")
    Reference.objects.update(title="Another study")
    revision = page.change(entry, lead="Newer.")

    for number, title in ((1, "A study of something"), (revision.number, "Another study")):
        frozen = Revision.objects.get(entry=entry, number=number)
        kind = kinds.of(entry)
        sources = documents.load_payload(kind.document, frozen.payload.text)[1]
        assert sources["references"]["smith2020"]["csl"]["title"].startswith(title)


def test_a_token_keeps_its_target_when_the_slug_goes_to_another(page, said):
    """`[[forms:magnesium]]` meant an entry, by uid, when the text was saved."""
    before = said()
    Entry.objects.filter(pk=page.supplement_entry.pk).update(slug="magnesium-salts")
    other = page.supplement("magnesium", title="Impostor")
    impostor = page.save(other)
    page.sign(impostor)
    assert Supplement.objects.get(slug="magnesium").uid == impostor.entry.uid

    assert said() == before
    shown = compose.resolve(PATH, page.clock.at).embeds
    assert page.supplement_entry.uid in shown
    assert impostor.entry.uid not in shown


def test_a_draft_of_an_embed_is_not_shown(page, said):
    before = said()
    Form.objects.update(name="Unsigned form")
    question = Entry.objects.get(kind="question")
    page.change(question, answer="<p>An unsigned answer.</p>")

    assert said() == before


def test_an_unsigned_edition_of_an_embed_never_replaces_the_signed_one(page, said):
    question = Entry.objects.get(kind="question")
    revision = page.change(question, answer="<p>A newer answer.</p>")
    page.sign(revision)
    assert b"A newer answer." not in said()

    page.publish(revision)
    page.clock.forward(minutes=1)

    assert b"A newer answer." in said()


def test_composing_costs_at_most_four_queries_but_for_registers(page):
    with CaptureQueriesContext(connection) as queries:
        compose.resolve(PATH, page.clock.at)

    of_the_spine = [q for q in queries if "publishing_edition" in q["sql"]]
    assert len(of_the_spine) <= 4
    assert len(queries) <= 6


def test_every_past_page_can_be_shown_again(page):
    """Promise 3: the words, sources, disclaimer and signatures exactly as they stood."""
    then = page.clock.at
    before = compose.resolve(PATH, then)
    entry = Entry.objects.get(kind="article")
    page.clock.forward(days=1)
    for number in (1, 2):
        revision = page.change(entry, lead=f"Edition {number}.")
        page.sign(revision)
        page.publish(revision)
        page.clock.forward(days=1)

    again = compose.resolve(PATH, then)

    assert compose.resolve(PATH, page.clock.at).main.document.lead == "Edition 2."
    assert again.main.document == before.main.document
    assert again.main.sources == before.main.sources
    assert again.main.edition.sign_off == before.main.edition.sign_off
    assert again.disclaimer.document == before.disclaimer.document
    assert list(again.embeds) == list(before.embeds)
