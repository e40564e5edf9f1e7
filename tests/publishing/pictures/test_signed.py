"""A picture is part of what is signed: which one, its words, and the point that stays in view."""

import pytest
from django.db import IntegrityError, transaction
from pydantic import ValidationError

from publishing import documents, kinds, sources
from publishing.comparison import changed_fields
from publishing.documents import replaced
from publishing.models import Entry, Figure
from publishing.passages import passages_of
from publishing.pictures.documents import Figure as Shown
from tests import factories


@pytest.fixture
def shown(editor) -> dict:
    digest = factories.picture(editor).digest
    return {"key": "leaves", "picture": digest, "alt": "Leaves.", "caption": "Green [@smith2020]."}


def test_a_text_without_pictures_has_the_digest_that_it_always_had(editor):
    document = factories.article_document(editor)
    assert "pictures" not in documents.document_data(document)
    assert "pictures" not in sources.freeze(document, Entry())


def test_every_word_and_point_of_a_picture_makes_a_new_version(editor, clock, shown):
    other = factories.picture(editor, (640, 480)).digest
    document = factories.article_document(editor, pictures=[shown])
    revision = factories.saved(document, editor, clock)
    digests = {revision.digest}
    for change in (
        {"alt": "Dark leaves."}, {"focal_x": 51}, {"focal_y": 49}, {"caption": "Green."},
        {"picture": other}, {"leads": True}, {"alt": "", "decorative": True},
    ):  # fmt: skip
        changed = replaced(document, pictures=[{**shown, **change}])
        draft = kinds.draft_of(Entry.objects.get(pk=revision.entry_id))
        digests.add(factories.saved(changed, editor, clock, draft).digest)
    assert len(digests) == 8


def test_the_sizes_and_the_credit_are_frozen_with_the_text(editor, clock, shown):
    revision = factories.saved(factories.article_document(editor, pictures=[shown]), editor, clock)
    _document, frozen = documents.load_payload(kinds.get("article").document, revision.payload.text)
    [held] = frozen["pictures"].values()
    assert (held["width"], held["height"]) == (1200, 800)
    assert held["credit"] == "Drawn for this site"
    assert held["files"]["original.png"] == shown["picture"]
    assert "smith2020" in frozen["references"]


@pytest.mark.parametrize(
    "wrong",
    [
        [{"decorative": True}],
        [{"focal_x": 101}],
        [{"picture": "../../etc/passwd"}],
        [{}, {}],
        [{"leads": True}, {"key": "other", "leads": True}],
    ],
)
def test_a_document_refuses_what_can_not_be_shown(editor, shown, wrong):
    with pytest.raises(ValidationError):
        factories.article_document(editor, pictures=[{**shown, **change} for change in wrong])


@pytest.mark.parametrize("wrong", [{"decorative": True}, {"focal_y": 101}])
def test_the_database_refuses_it_too(editor, clock, shown, wrong):
    factories.saved(factories.article_document(editor, pictures=[shown]), editor, clock)
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.update(**wrong)


def test_a_comparison_shows_both_pictures_and_the_changed_words(editor, shown):
    other = factories.picture(editor, (640, 480)).digest
    before = factories.article_document(editor, pictures=[shown])
    after = replaced(before, pictures=[{**shown, "picture": other, "alt": "Dry leaves."}])

    found = {change.place: change for change in changed_fields(before, after)}

    assert set(found) == {"pictures.1.picture", "pictures.1.alt"}
    assert f"{shown['picture']}/320.webp" in found["pictures.1.picture"].before
    assert f"{other}/320.webp" in found["pictures.1.picture"].after
    assert "<ins>Dry leaves.</ins>" in found["pictures.1.alt"].after


def test_a_reviewer_meets_each_picture_once_with_its_words(editor, shown):
    bare = {"key": "line", "picture": shown["picture"], "decorative": True}
    document = factories.article_document(editor, pictures=[shown, bare])

    found = [p for p in passages_of(document) if p.place == "pictures"]

    assert [p.words for p in found] == ["Leaves.\nGreen [@smith2020].", "[[picture:line]]"]
    assert isinstance(found[0].row, Shown)
