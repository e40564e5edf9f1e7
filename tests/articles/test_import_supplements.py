"""A file's comparison of forms where the supplement exists: offered, never written over it."""

import pytest

from articles.importing.offers import rows_to_take, take_offered_rows
from articles.importing.run import import_file
from articles.models import ImportRecord
from publishing import documents
from publishing.models import Revision
from publishing.refusals import NotAllowed, Refused
from references.models import Reference
from supplements import kind as supplement_kind
from supplements.models import Supplement
from tests import factories
from tests.articles.imports import SAMPLE, article_of, everything, imported, markdown, problems

OWN_FORMS = [
    {"name": "Iron Gluconate", "absorption": "Ours", "common_use": "Ours", "side_effects": "Ours"},
    {"name": "Iron Citrate", "absorption": "Ours", "common_use": "Ours", "side_effects": "Ours"},
]
TABLE = """| Iron form | Absorption | Common use | Side effects |
| --- | --- | --- | --- |
| Iron sulfate | High [1] | Low stores | Constipation |
| Iron {second} | Lower | Long courses | Few |

## References

1. [Iron in blood](https://iron.example.org/blood/) 2020.
"""


def table(second: str = "gluconate") -> bytes:
    return markdown(body=TABLE.format(second=second))


@pytest.fixture
def iron(editor, clock) -> Supplement:
    """An iron page of the library, with two forms of its own."""
    factories.saved(factories.supplement_document(editor, "iron", forms=OWN_FORMS), editor, clock)
    return Supplement.objects.get()


@pytest.fixture
def record(iron, editor, clock) -> ImportRecord:
    import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock)
    return ImportRecord.objects.get()


def document(supplement: Supplement):
    return supplement_kind.to_document(Supplement.objects.get(pk=supplement.pk))


def test_a_supplement_that_exists_is_shown_and_not_changed(iron, editor, clock):
    before, revisions = document(iron), Revision.objects.filter(entry=iron.pk).count()

    report = import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock)

    assert document(iron) == before
    assert Revision.objects.filter(entry=iron.pk).count() == revisions
    assert Supplement.objects.count() == 1
    article = article_of(report)
    assert [row.supplement for row in article.comparisons.all()] == [iron]
    assert "[[forms:iron]]" in article.body
    guess = next(p for p in problems(report, "GUESS-1") if p.place.field == "comparisons")
    assert "“Iron” exists and was not changed. The file's 4 rows are offered" in guess.message
    assert "comparisons" in {row.field for row in article.guesses.all()}


@pytest.mark.parametrize("slug", ["iron-supplements", "iron"])
def test_a_supplement_is_known_by_its_name_too(slug, editor, clock):
    document = factories.supplement_document(editor, slug, title="iron")
    factories.saved(document, editor, clock)

    article = imported(SAMPLE.read_bytes(), editor, clock)

    assert Supplement.objects.count() == 1
    assert f"[[forms:{slug}]]" in article.body


def test_only_new_rows_are_taken_and_wait_to_be_confirmed(record, iron, editor, clock):
    before = document(iron)
    assert [row[0] for row in rows_to_take(record)] == [
        "Iron Sulfate",
        "Iron Fumarate",
        "Iron Bisglycinate",
    ]

    take_offered_rows(record, by=editor, clock=clock)

    after = document(iron)
    assert after.forms[:2] == before.forms
    assert [form.name for form in after.forms[2:]] == [
        "Iron Sulfate",
        "Iron Fumarate",
        "Iron Bisglycinate",
    ]
    sulfate = after.forms[2]
    assert (sulfate.absorption, sulfate.common_use, sulfate.side_effects) == (
        "High, taken fasting",
        "Low stores, anaemia",
        "Constipation, dark stools",
    )
    assert [guess.field for guess in after.guesses] == ["forms"]
    assert after.guesses[0].message == "3 rows were added from sample.txt; check each cell."
    assert documents.replaced(after, forms=before.forms, guesses=[]) == before
    assert Revision.objects.filter(entry=iron.pk).latest().by == editor


def test_rows_are_taken_once(record, editor, clock):
    take_offered_rows(record, by=editor, clock=clock)
    before = everything()

    assert rows_to_take(record) == []
    with pytest.raises(Refused, match="has all of these forms"):
        take_offered_rows(record, by=editor, clock=clock)
    assert everything() == before
    assert ImportRecord.objects.get().offered["new"] == 0


def test_taking_rows_is_for_those_who_write(record, reviewer, clock):
    before = everything()
    with pytest.raises(NotAllowed):
        take_offered_rows(record, by=reviewer, clock=clock)
    assert everything() == before


def test_the_next_file_is_offered_what_the_first_one_made(editor, clock):
    imported(table(), editor, clock)
    before = document(Supplement.objects.get())

    other = table("fumarate").replace(b"# Iron and sleep", b"# Iron and sport")
    imported(other, editor, clock, "sport.md")

    assert document(Supplement.objects.get()) == before
    record = ImportRecord.objects.latest("pk")
    assert record.offered["new"] == 1
    assert [row[0] for row in rows_to_take(record)] == ["Iron fumarate"]


def test_citations_in_cells_name_the_librarys_keys(editor, clock):
    factories.reference("iron2020")
    factories.reference("ref-1")
    article = imported(table(), editor, clock)
    key = Reference.objects.get(url="https://iron.example.org/blood/").key
    assert Supplement.objects.get().forms.first().absorption == f"High [@{key}]"
    assert not article.further_references.exists()


def test_a_file_with_whole_columns_guesses_nothing_of_them(editor, clock):
    report = import_file(table(), "iron.md", by=editor, clock=clock)
    assert (report.counts["comparison_rows"], report.counts["comparison_columns"]) == (2, 4)
    assert not Supplement.objects.get().guesses.exists()
    assert problems(report, "GUESS-1") == []


def test_rows_that_disagree_are_never_guessed(editor, clock):
    odd = SAMPLE.read_bytes().replace(
        b"Iron Gluconate Lower, less elemental iron Sensitive stomachs Mild nausea",
        b"Iron Gluconate Lower Sensitive",
    )
    odd = odd.replace(b"High, taken fasting Low stores, anaemia Constipation, dark stools", b"High")
    report = import_file(odd, "iron.txt", by=editor, clock=clock)

    assert report.counts["comparison_rows"] == 0
    assert not Supplement.objects.exists()
    article = article_of(report)
    assert "[[forms:" not in article.body
    assert "Iron Gluconate Lower Sensitive" in article.body


def test_a_name_too_long_for_a_form_is_shortened_and_told(editor, clock):
    name = "bisglycinate " * 20
    report = import_file(table(name), "iron.md", by=editor, clock=clock)

    form = Supplement.objects.get().forms.last()
    assert len(form.name) == 120
    assert form.name.endswith("…")
    (guess,) = (p for p in problems(report, "GUESS-1") if p.place.field == "forms")
    assert name.strip() in guess.message
    assert [row.message for row in Supplement.objects.get().guesses.all()] == [guess.message]
    assert not article_of(report).guesses.exists()


def test_a_supplement_in_another_script_is_placed(editor, clock):
    rows = (
        "| Железо form | Absorption | Common use |\n| --- | --- | --- |\n"
        "| Железо A | High | Sleep |\n| Железо B | Low | Rest |\n"
    )
    report = import_file(markdown(title="Железо", body=rows), "x.md", by=editor, clock=clock)
    supplement = Supplement.objects.get()
    assert supplement.slug == f"{report.slug}-supplement"
    assert f"[[forms:{supplement.slug}]]" in article_of(report).body
