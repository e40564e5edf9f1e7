"""The layout of a saved web page: what its draft holds, from the title to the disclaimer."""

import time

import pytest

from articles.importing.run import import_file
from articles.models import ImportRecord
from faq.models import Question
from publishing import assessment, documents, kinds
from publishing.models import Disclaimer, Edition, Revision
from references.models import Reference
from supplements.models import Supplement
from tests import factories
from tests.articles.imports import LAYOUT, SAMPLE, article_of, everything, imported, problems

EXPECTED = {
    "key_points": 6,
    "headings": 9,
    "list_items": 12,
    "questions": 7,
    "references": 0,
    "comparison_rows": 4,
    "comparison_columns": 4,
    "links": 1,
}

each_layout = pytest.mark.parametrize("path", LAYOUT, ids=lambda path: path.stem)


@pytest.fixture
def report(path, editor, clock):
    return import_file(path.read_bytes(), str(path), by=editor, clock=clock)


@each_layout
def test_counts_are_what_the_draft_holds(path, report):
    article = article_of(report)

    assert report.outcome == "created"
    assert report.counts == EXPECTED
    assert article.key_points.count() == 6
    assert article.body.count("<h2>") + article.body.count("<h3>") == 9
    assert [body.count("<li>") for body in article.body.split("<ul>")[1:]] == [6, 6]
    assert article.placed_questions.count() == 7
    assert "Conclusion" in article.body.rpartition("<h2>")[2]


@each_layout
def test_the_opening_is_taken(path, report):
    article = article_of(report)
    lines = path.read_text().split("\n")

    assert report.title == article.title == lines[2]
    assert article.lead == lines[6]
    assert article.quick_summary == lines[10]
    assert all(point.label and point.text for point in article.key_points.all())
    assert {point.kind for point in article.key_points.all()} == {"fact"}
    first = article.key_points.first()
    assert f"{first.label}: {first.text}" in lines[14]


@each_layout
def test_questions_wait_for_their_words(path, report):
    questions = [row.question for row in article_of(report).placed_questions.all()]

    assert [question.slug for question in questions] == [
        f"{report.slug}-answer-{number}" for number in range(1, 8)
    ]
    assert {question.question for question in questions} == {""}
    assert all(question.answer.startswith("<p>") for question in questions)
    assert len({question.answer for question in questions}) == 7


@each_layout
def test_each_answer_has_one_faq_1_and_its_line(path, report, clock):
    told = problems(report, "FAQ-1")
    lines = path.read_text().split("\n")

    assert len(told) == 7
    assert len({problem.line for problem in told}) == 7
    for problem in told:
        assert problem.place.sentence.rstrip(" …")[:30] in lines[problem.line - 1]
    for question in Question.objects.all():
        head = Revision.objects.get(pk=question.head_id)
        ids = [problem.id for problem in assessment.problems_of(head, clock())]
        assert ids.count("FAQ-1") == 1


@each_layout
def test_the_comparison_became_a_supplement(path, report, clock):
    supplement = Supplement.objects.get()
    name = supplement.title

    assert name in ("Iron", "Magnesium")
    assert supplement.slug == name.lower()
    forms = {form.name: form for form in supplement.forms.all()}
    assert len(forms) == 4
    form = next(iter(forms.values()))
    expected = {
        "Iron": ("Iron Sulfate", "High, taken fasting", "Low stores, anaemia", "Constipation,"),
        "Magnesium": (
            "Magnesium Citrate", "High, easily absorbed", "Muscle pain, laxative", "Diarrhea,",
        ),
    }[name]  # fmt: skip
    assert (form.name, form.absorption, form.common_use) == expected[:3]
    assert form.side_effects.startswith(expected[3])
    article = article_of(report)
    assert f"[[forms:{supplement.slug}]]" in article.body
    assert [row.supplement for row in article.comparisons.all()] == [supplement]
    assert [guess.field for guess in supplement.guesses.all()] == ["forms"]


@each_layout
def test_guesses_wait_to_be_confirmed(path, report):
    fields = sorted(problem.place.field for problem in problems(report, "GUESS-1"))

    assert fields == ["body", "comparison", "key_points"]
    assert sorted(guess.field for guess in article_of(report).guesses.all()) == [
        "body",
        "key_points",
    ]
    columns = next(p for p in problems(report, "GUESS-1") if p.place.field == "comparison")
    assert "4 rows and 4 columns" in columns.message
    assert columns.line == 77


@each_layout
def test_empty_references_are_dropped_and_the_link_is_made(path, report):
    article = article_of(report)

    (dropped,) = problems(report, "JUNK-1")
    assert dropped.message.startswith("10 empty references were dropped")
    assert (dropped.place.field, dropped.line) == ("references", 105)
    assert not Reference.objects.exists()
    assert not article.further_references.exists()
    assert article.body.count('<a href="https://') == 1
    assert "{Link" not in article.body


@each_layout
def test_the_summary_line_says_what_was_found_and_what_is_missing(path, report):
    assert report.found() == (
        "Found: title, summary, 6 key points, 9 headings, 12 list items, 7 answers, 1 link, "
        "a table of 4 × 4. To confirm: the text, the table's columns, the kinds of the key "
        "points. Missing: 7 questions, 10 references."
    )


@each_layout
def test_nothing_is_public_and_the_file_stays_attached(path, report, editor):
    record = ImportRecord.objects.get()

    assert not Edition.objects.exists()
    assert bytes(record.original) == path.read_bytes()
    assert record.article == article_of(report)
    assert record.report["counts"] == EXPECTED
    assert (record.filename, record.by) == (path.name, editor)


@each_layout
def test_the_stored_revision_is_what_the_rows_say(path, report):
    article = article_of(report)
    kind = kinds.get("article")
    head = Revision.objects.select_related("payload").get(pk=article.head_id)

    document, _sources = documents.load_payload(kind.document, head.payload.text)
    assert document == kind.to_document(article)


@each_layout
def test_it_takes_less_than_a_second(path, editor, clock):
    data = path.read_bytes()
    started = time.process_time()
    import_file(data, path.name, by=editor, clock=clock)
    assert time.process_time() - started < 1


@each_layout
def test_a_dry_run_gives_the_same_report_and_writes_nothing(path, editor, clock):
    data = path.read_bytes()
    before = everything()

    tried = import_file(data, path.name, by=editor, clock=clock, dry_run=True)

    assert everything() == before
    assert import_file(data, path.name, by=editor, clock=clock) == tried


def disclaimer_text() -> str:
    return SAMPLE.read_text().rpartition("\n")[2]


def test_a_site_without_disclaimer_gets_the_files_as_its_draft(editor, clock):
    report = import_file(SAMPLE.read_bytes(), SAMPLE.name, by=editor, clock=clock)

    site = Disclaimer.objects.get()
    assert site.scope == "site"
    assert site.body == f"<p>{disclaimer_text()}</p>"
    assert site.head.by == editor
    told = [p for p in problems(report, "DISC-1") if p.place.field == "disclaimer"]
    assert [problem.level for problem in told] == ["advice"]
    assert "became its draft" in told[0].message


@pytest.mark.parametrize("same", [True, False])
def test_the_sites_own_disclaimer_stays(same, editor, clock):
    body = f"<p>{disclaimer_text()}</p>" if same else "<p>Ask somebody who knows you.</p>"
    factories.saved(factories.disclaimer_document(body=body), editor, clock)

    report = import_file(SAMPLE.read_bytes(), SAMPLE.name, by=editor, clock=clock)

    assert Disclaimer.objects.get().body == body
    assert Disclaimer.objects.get().head.number == 1
    told = [p for p in problems(report, "DISC-1") if p.place.field == "disclaimer"]
    assert [problem.message for problem in told] == (
        [] if same else ["The disclaimer in the file differs from the site's, which stays."]
    )
    assert ("The disclaimer in the file is the site's own." in report.notes) is same


def test_a_file_cut_off_in_the_middle_is_still_an_article(editor, clock):
    whole = SAMPLE.read_bytes()
    article = imported(whole[: len(whole) // 2], editor, clock, "cut.txt")

    assert article.key_points.count() == 6
    assert article.body.count("<h") >= 4
    assert not article.placed_questions.exists()
