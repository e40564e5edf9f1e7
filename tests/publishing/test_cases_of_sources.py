"""A retraction opens a case on each page that cites the source, until the page answers it."""

from datetime import date, timedelta

import pytest

from publishing import cases, documents, verbs
from publishing.models import Case, Edition
from publishing.refusals import NotAllowed
from references.models import Citation, Reference
from tests import factories

SINCE = date(2026, 3, 3)
TEXT = (
    "Smith, 2020, which this page cites, was retracted on 3 March 2026. "
    "Replace it, or mark it “cited as retracted” and say so in the sentence."
)


@pytest.fixture
def page(desk) -> Edition:
    """A live article that cites smith2020, beside a live text that cites nothing."""
    found = desk.live(desk.article())
    desk.live(desk.question())
    desk.clock.forward(days=1)
    return found


def retract(desk, key: str = "smith2020", name: str = "Smith, 2020") -> list[int]:
    desk.clock.forward(hours=1)
    source = Reference.objects.get(key=key)
    found = verbs.source_retracted(source.uid, name, since=SINCE, by=desk.editor, clock=desk.clock)
    desk.clock.forward(hours=1)
    return found


def standing(at) -> list[tuple[str, str]]:
    return list(cases.standing(at).order_by("pk").values_list("entry__slug", "text"))


def renew(desk, edition) -> None:
    verbs.renew([edition], by=desk.reviewer, ticked=factories.EVERY_TICK, clock=desk.clock)


def test_a_page_that_cites_it_has_one_case_and_others_have_none(desk, page):
    assert retract(desk) == retract(desk) == [page.entry_id]
    assert standing(desk.clock.at) == [("magnesium-and-muscles", TEXT)]
    assert Case.objects.count() == 1


def test_each_source_of_a_page_has_a_case_of_its_own(desk):
    factories.reference("jones2019")
    document = desk.article(further_references=["jones2019"])
    edition = desk.schedule(desk.save(document), days=5)
    retract(desk)
    retract(desk, "jones2019", "Jones, 2019")
    assert [text[:5] for _slug, text in standing(edition.live_from)] == ["Smith", "Jones"]


def test_a_signature_since_then_answers_it_and_an_earlier_one_does_not(desk, page):
    before = desk.change(page.entry, lead="Another lead.")
    desk.sign(before)
    retract(desk)
    (edition,) = desk.publish(before)
    assert standing(desk.clock.at) == [("magnesium-and-muscles", TEXT)]

    desk.clock.forward(hours=1)
    renew(desk, edition)
    assert standing(desk.clock.at) == []
    assert Case.objects.get().closed_by == desk.reviewer


def test_it_holds_for_a_scheduled_page_from_when_that_begins(desk):
    edition = desk.schedule(desk.save(desk.article()), days=5)
    retract(desk)
    assert standing(edition.live_from - timedelta(microseconds=1)) == []
    assert standing(edition.live_from) == [("magnesium-and-muscles", TEXT)]


def test_a_text_that_was_signed_before_has_one_when_it_is_published(desk, page):
    """Whatever is signed anew meanwhile; one that is not signed yet will be read by then."""
    coming = desk.change(page.entry, lead="Another lead.")
    new = desk.save(desk.article("sleep"))
    desk.sign(coming)
    desk.sign(new)
    desk.save(desk.article("draft"))
    assert retract(desk) == [page.entry_id]
    assert sorted(Case.objects.values_list("entry__slug", flat=True)) == [
        "magnesium-and-muscles", "sleep",
    ]  # fmt: skip
    renew(desk, page)
    assert standing(desk.clock.at) == []
    desk.clock.forward(hours=1)
    published = desk.publish(coming, new)
    assert len(standing(desk.clock.at)) == 2

    desk.clock.forward(hours=1)
    for edition in published:
        renew(desk, edition)
    assert not Case.objects.filter(closed_at=None).exists()


def test_renewing_the_live_page_leaves_the_case_of_a_scheduled_one(desk, page):
    coming = desk.schedule(desk.change(page.entry, lead="Another lead."), days=5)
    retract(desk)
    renew(desk, Edition.objects.live(desk.clock.at).get(entry=page.entry))
    assert standing(desk.clock.at) == []
    assert standing(coming.live_from) == [("magnesium-and-muscles", TEXT)]


def test_a_page_that_was_withdrawn_or_no_longer_cites_it_has_none(desk, page):
    factories.reference("jones2019")
    told = {"change_kind": "update", "change_note": "Another source."}
    document = documents.replaced(desk.document(page.entry), **told)
    text = document.model_dump_json().replace("smith2020", "jones2019")
    without = desk.save(type(document).model_validate_json(text), entry=page.entry)
    desk.sign(without)
    other = desk.live(desk.article("sleep"))
    retract(desk)
    assert len(standing(desk.clock.at)) == 2
    desk.publish(without)
    verbs.withdraw(other.entry, by=desk.publisher, reason="wrong", clock=desk.clock)
    assert standing(desk.clock.at) == []


def test_a_page_that_says_so_itself_has_none(desk, page):
    other = desk.live(desk.article("sleep"))
    source = Reference.objects.get(key="smith2020")
    Citation.objects.create(entry=page.entry, reference=source, as_retracted=True)
    text = (
        desk.document(page.entry)
        .model_dump_json()
        .replace("[@smith2020]", "(retracted) [@smith2020]")
    )
    told = {"change_kind": "update", "change_note": "It says so."}
    document = documents.replaced(desk.document(page.entry).model_validate_json(text), **told)
    revision = desk.save(document, entry=page.entry)
    desk.sign(revision)
    desk.publish(revision)
    assert retract(desk) == sorted([page.entry_id, other.entry_id])
    assert standing(desk.clock.at) == [("sleep", TEXT)]


def test_a_retraction_that_was_an_error_takes_its_cases_back(desk, page):
    retract(desk)
    source = Reference.objects.get(key="smith2020")
    assert verbs.source_not_retracted(source.uid, "Smith", by=desk.editor, clock=desk.clock) == 1
    assert standing(desk.clock.at) == []
    retract(desk)
    assert len(standing(desk.clock.at)) == 1


def test_who_writes_no_page_retracts_nothing_and_takes_nothing_back(desk, page):
    uid = Reference.objects.get(key="smith2020").uid
    for verb in (
        lambda by: verbs.source_retracted(uid, "Smith, 2020", since=None, by=by),
        lambda by: verbs.source_not_retracted(uid, "Smith, 2020", by=by),
    ):
        with pytest.raises(NotAllowed, match="Only editors can write this"):
            verb(desk.reviewer)
    assert not Case.objects.exists()
