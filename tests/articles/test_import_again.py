"""Importing a file again: nothing changes, nothing typed is lost, a changed file is taken."""

import pytest

from articles import kind as article_kind
from articles.importing.run import import_file
from articles.models import Article, ImportRecord
from faq import kind as question_kind
from faq.models import Question
from publishing import documents, verbs
from publishing.models import Disclaimer, Revision
from publishing.refusals import Refused
from supplements import kind as supplement_kind
from supplements.models import Supplement
from tests import factories
from tests.articles.imports import (
    LAYOUT,
    PROSE,
    SAMPLE,
    article_of,
    everything,
    imported,
    markdown,
    problems,
)

TYPED = "Does food with vitamin C help?"


def take(data: bytes, by, clock, path: str = "iron.txt", **options):
    return import_file(data, path, by=by, clock=clock, **options)


def edit(entry, kind, by, clock, **fields) -> Revision:
    """Change a draft as a person does it."""
    entry = type(entry).objects.get(pk=entry.pk)
    kind.apply(documents.replaced(kind.to_document(entry), **fields), entry)
    return verbs.save_revision(entry, by=by, clock=clock)


def faq(*rows: tuple[str, str]) -> bytes:
    listed = "".join(f"### {question}\n\n{answer}\n\n" for question, answer in rows)
    return markdown(more=f"## Frequently asked questions\n\n{listed}")


@pytest.mark.parametrize("path", LAYOUT, ids=lambda path: path.stem)
def test_the_same_file_again_writes_nothing_and_says_so(path, editor, clock):
    first = take(path.read_bytes(), editor, clock)
    before = everything()
    clock.forward(days=1)

    again = take(path.read_bytes(), editor, clock)

    assert (first.outcome, again.outcome) == ("created", "unchanged")
    assert (again.slug, again.counts) == (first.slug, first.counts)
    assert [p for p in again.problems if p.id in ("GUESS-1", "FAQ-1", "JUNK-1")] == [
        p for p in first.problems if p.id in ("GUESS-1", "FAQ-1", "JUNK-1")
    ]
    assert everything() == before


def test_the_same_bytes_under_another_name_are_the_same_file(editor, clock):
    take(SAMPLE.read_bytes(), editor, clock, "a.txt")
    assert take(SAMPLE.read_bytes(), editor, clock, "b.txt").outcome == "unchanged"
    assert Article.objects.count() == 1


def test_after_an_edit_the_same_file_is_unchanged_and_says_what_is_left(editor, clock):
    report = take(SAMPLE.read_bytes(), editor, clock)
    edit(article_of(report), article_kind, editor, clock, guesses=[], lead="Mended by hand.")
    edit(Question.objects.get(slug__endswith="-3"), question_kind, editor, clock, question=TYPED)
    before = everything()

    again = take(SAMPLE.read_bytes(), editor, clock)

    assert again.outcome == "unchanged"
    assert everything() == before
    assert len(problems(again, "FAQ-1")) == 6
    assert [p.place.field for p in problems(again, "GUESS-1")] == ["comparison"]


@pytest.mark.parametrize("edited", ["article", "question"])
def test_a_changed_file_never_overwrites_an_edited_draft(edited, editor, clock):
    report = take(SAMPLE.read_bytes(), editor, clock)
    olga = factories.person("olga", "Editors", name="Olga Onn")
    clock.forward(days=3)
    if edited == "article":
        edit(article_of(report), article_kind, olga, clock, funding="Paid for by readers.")
        name = f"article “{report.slug}”"
    else:
        question = Question.objects.get(slug__endswith="answer-2")
        edit(question, question_kind, olga, clock, question=TYPED)
        name = f"question “{question.slug}”"
    before = everything()

    again = take(SAMPLE.read_bytes() + b" And more.", editor, clock)

    assert again.outcome == "failed"
    assert again.error == (
        f"Not imported. Olga Onn edited the {name} on 5 March 2026, after it was imported. "
        "Nothing was overwritten. Make your changes in the draft."
    )
    assert everything() == before


def test_a_changed_file_updates_a_draft_that_nobody_edited(editor, clock):
    report = take(SAMPLE.read_bytes(), editor, clock)
    article = article_of(report)
    changed = SAMPLE.read_bytes().replace(b"Stomach pain, dark", b"Cramps, dark")
    changed = changed.replace(b"  \xe2\x80\xa2 Brittle nails\n", b"")

    again = take(changed, editor, clock)

    assert (again.outcome, again.slug) == ("updated", report.slug)
    assert again.counts["list_items"] == 11
    assert Article.objects.get().pk == article.pk
    assert Article.objects.get().head.number == 2
    assert "Brittle nails" not in Article.objects.get().body
    assert (
        Supplement.objects.get().forms.get(name="Iron Fumarate").side_effects.startswith("Cramps")
    )
    assert {question.head.number for question in Question.objects.all()} == {1}
    assert [record.filename for record in article.imports.all()] == ["iron.txt", "iron.txt"]


def test_a_change_of_one_answer_is_an_update_of_that_question_alone(editor, clock):
    take(SAMPLE.read_bytes(), editor, clock)
    changed = SAMPLE.read_bytes().replace(b"Leave an hour between", b"Leave two hours between")

    assert take(changed, editor, clock).outcome == "updated"
    assert sorted(question.head.number for question in Question.objects.all()) == [1] * 6 + [2]
    assert Article.objects.get().head.number == 1


def test_a_change_that_leaves_no_trace_in_the_draft_is_none(editor, clock):
    take(SAMPLE.read_bytes(), editor, clock)
    revisions = Revision.objects.count()

    again = take(SAMPLE.read_bytes() + b"\n\n\n", editor, clock)

    assert again.outcome == "unchanged"
    assert Revision.objects.count() == revisions


def test_a_dry_run_of_a_changed_file_says_updated_and_writes_nothing(editor, clock):
    take(SAMPLE.read_bytes(), editor, clock)
    before = everything()
    changed = SAMPLE.read_bytes().replace(b"Cold hands", b"Cold feet")
    assert take(changed, editor, clock, dry_run=True).outcome == "updated"
    assert everything() == before


def test_an_edited_disclaimer_does_not_stand_in_the_way(editor, clock):
    take(SAMPLE.read_bytes(), editor, clock)
    site = Disclaimer.objects.get()
    site.body = "<p>Mended.</p>"
    site.save()
    verbs.save_revision(site, by=editor, clock=clock)

    assert take(
        SAMPLE.read_bytes().replace(b"Cold hands", b"Cold feet"), editor, clock
    ).outcome == ("updated")
    assert Disclaimer.objects.get().body == "<p>Mended.</p>"


def test_a_supplement_edited_since_is_offered_the_rows_instead(editor, clock):
    take(SAMPLE.read_bytes(), editor, clock)
    supplement = Supplement.objects.get()
    edit(supplement, supplement_kind, editor, clock, guesses=[], body="<p>By hand.</p>")
    before = supplement_kind.to_document(Supplement.objects.get())

    again = take(SAMPLE.read_bytes().replace(b"Sensitive", b"Weak"), editor, clock)

    assert again.outcome == "updated"
    assert supplement_kind.to_document(Supplement.objects.get()) == before
    assert ImportRecord.objects.latest("pk").offered["supplement"] == str(supplement.uid)


def test_questions_stay_the_same_entries_when_one_is_put_in_front(editor, clock):
    one, two = ("Does tea matter?", "It does, a little."), ("Is liver rich in iron?", "Very.")
    take(faq(one, two), editor, clock, "iron.md")
    before = {q.question: (q.pk, q.slug) for q in Question.objects.order_by("pk")}

    again = ("Does Tea  matter?", "It does, a lot.")
    take(faq(("Is it safe?", "In small amounts."), again, two), editor, clock, "iron.md")

    placed = [row.question for row in Article.objects.get().placed_questions.all()]
    assert [q.question for q in placed] == ["Is it safe?", "Does Tea matter?", two[0]]
    assert [(q.pk, q.slug) for q in placed[1:]] == list(before.values())
    assert placed[1].answer == "<p>It does, a lot.</p>"


def test_answers_without_questions_stay_the_same_entries_too(editor, clock):
    answers = "## Frequently asked questions\n\n{}Yes, a little tea does.\n\nNo, not at all.\n"
    take(markdown(more=answers.format("")), editor, clock, "iron.md")
    before = {q.answer: (q.pk, q.slug) for q in Question.objects.all()}

    more = answers.format("Perhaps, in some people.\n\n")
    take(markdown(more=more), editor, clock, "iron.md")

    after = {q.answer: (q.pk, q.slug) for q in Question.objects.all()}
    assert {answer: after[answer] for answer in before} == before
    assert len(after) == 3


def test_an_answer_that_gets_its_question_in_the_file_gets_its_address_too(editor, clock):
    answers = "## Frequently asked questions\n\nYes, a little tea does.\n\nNo, not at all.\n"
    take(markdown(more=answers), editor, clock, "iron.md")
    assert Question.objects.filter(slug__contains="-answer-").count() == 2

    rows = ("Does tea matter?", "Yes, a little tea does."), ("Is it dear?", "No, not at all.")
    assert take(faq(*rows), editor, clock, "iron.md").outcome == "updated"

    assert {q.slug: q.question for q in Question.objects.all()} == {
        "does-tea-matter": "Does tea matter?",
        "is-it-dear": "Is it dear?",
    }


def test_a_question_that_the_library_asks_is_used_and_never_changed(editor, clock):
    own = factories.question_document(
        editor, "does-tea-matter", question="Does tea matter?", answer="<p>Ours.</p>"
    )
    factories.saved(own, editor, clock)
    before = question_kind.to_document(Question.objects.get())

    report = take(faq(("Does Tea matter?", "Theirs.")), editor, clock, "iron.md")

    assert Question.objects.count() == 1
    assert [p.place.field for p in problems(report, "GUESS-1")] == ["questions"]
    assert "Does tea matter?" in problems(report, "GUESS-1")[0].message
    placed = article_of(report).placed_questions.get().question
    assert placed.slug == "does-tea-matter"
    again = take(faq(("Does Tea matter?", "Theirs, mended.")), editor, clock, "iron.md")
    assert again.outcome == "unchanged"
    assert question_kind.to_document(Question.objects.get()) == before


def test_the_same_question_twice_is_one(editor, clock):
    rows = ("Does tea matter?", "It does."), ("Does tea matter?", "It does not.")
    report = take(faq(*rows), editor, clock, "iron.md")
    assert report.counts["questions"] == 1
    assert Question.objects.get().answer == "<p>It does.</p>"


def test_importing_is_writing(editor, clock):
    bo = factories.person("bo", "Editors", "Medical reviewers")
    article = imported(markdown(), bo, clock)
    head = edit(article, article_kind, editor, clock, lead="Another lead.")

    with pytest.raises(Refused, match="You wrote part of this text"):
        verbs.sign_off([head], by=bo, ticked=factories.EVERY_TICK, clock=clock)


@pytest.mark.parametrize("group", ["Publishers", "Medical reviewers", None])
def test_only_those_who_may_write_import(group, clock, db):
    other = factories.person("pat", *([group] if group else []))
    before = everything()
    report = take(markdown(body=PROSE), other, clock)
    assert report.outcome == "failed"
    assert report.error.startswith("Not saved. Only editors can write this.")
    assert everything() == before
