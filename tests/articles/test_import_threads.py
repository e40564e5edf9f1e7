"""Imports of one article at the same time, while somebody edits its questions."""

import time

import pytest
from django.db import transaction

from articles.importing.run import import_file
from articles.models import Article
from faq import kind as question_kind
from faq.models import Question
from publishing import documents, verbs
from publishing.locks import lock
from publishing.verification import verify
from tests import factories
from tests.articles.imports import SAMPLE
from tests.threads import at_once

ROUNDS = 3

pytestmark = pytest.mark.django_db(transaction=True)


def test_versions_of_one_file_at_once_make_one_draft():
    writer = factories.editor()
    outcomes: list[str] = []

    def importing(number: int):
        def work() -> None:
            for step in range(ROUNDS):
                words = f"Cold hands, {number}.{step}".encode()
                data = SAMPLE.read_bytes().replace(b"Cold hands", words)
                outcomes.append(import_file(data, "iron.txt", by=writer).outcome)

        return work

    at_once(*(importing(number) for number in range(4)))

    assert sorted(outcomes) == ["created"] + ["updated"] * (4 * ROUNDS - 1)
    article = Article.objects.get()
    assert article.placed_questions.count() == Question.objects.count() == 7
    assert article.head.number == 4 * ROUNDS
    assert list(verify()) == []


def test_an_edit_during_an_import_is_never_lost():
    writer, other = factories.editor(), factories.editor("olga")
    import_file(SAMPLE.read_bytes(), "iron.txt", by=writer)
    questions = list(Question.objects.order_by("pk"))
    typed: dict[int, str] = {}
    reports = []

    def editing() -> None:
        for number, question in enumerate(reversed(questions)):
            with transaction.atomic():
                lock([question])
                draft = Question.objects.get(pk=question.pk)
                document = question_kind.to_document(draft)
                words = f"Is this question number {number}?"
                question_kind.apply(documents.replaced(document, question=words), draft)
                time.sleep(0.01)
                verbs.save_revision(draft, by=other)
            typed[question.pk] = words

    def importing() -> None:
        for step in range(ROUNDS):
            data = SAMPLE.read_bytes().replace(b"Leave an hour", f"Leave {step} hours".encode())
            reports.append(import_file(data, "iron.txt", by=writer))

    at_once(editing, importing)

    assert {q.pk: q.question for q in Question.objects.all()} == typed
    assert all(report.outcome == "updated" or "Olga edited" in report.error for report in reports)
    assert list(verify()) == []
