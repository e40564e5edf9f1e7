"""The language of an import: chosen, or said by the file, or else the site's default."""

import pytest
from django.core.management import CommandError, call_command

from articles.importing.run import import_file
from articles.models import Article
from faq.models import Question
from publishing.models import Disclaimer, Site
from supplements.models import Supplement
from tests.articles.imports import SAMPLE, imported, markdown
from tests.forms import form_data, texts

IMPORT = "/admin/articles/article/import/"


@pytest.fixture
def spanish_too(db):
    Site.objects.update_or_create(only_row=True, defaults={"languages": ["en", "es"]})


def front(said: str) -> bytes:
    return f"---\ntitle: Hierro\n{said}\n---\n".encode() + markdown(title="Hierro")


def page(lang: str) -> bytes:
    body = markdown().decode().split("\n\n")[1]
    return f"<html lang='{lang}'><title>Hierro</title><h1>Hierro</h1><p>{body}</p>".encode()


@pytest.mark.parametrize(
    ("data", "name", "chosen", "language"),
    [
        (markdown(), "x.md", "", "en"),
        (markdown(), "x.md", "es", "es"),
        (front("lang: es"), "x.md", "", "es"),
        (front("locale: es_MX"), "x.md", "", "es"),
        (front("lang: es"), "x.md", "en", "en"),
        (page("es-MX"), "x.html", "", "es"),
        (page("fr"), "x.html", "", "en"),
    ],
)
def test_the_draft_carries_the_language(data, name, chosen, language, editor, clock, spanish_too):
    assert imported(data, editor, clock, name, language=chosen).language == language


def test_without_any_word_the_sites_default_counts(editor, clock):
    Site.objects.update_or_create(only_row=True, defaults={"languages": ["es", "en"]})
    assert imported(markdown(), editor, clock).language == "es"


def test_a_language_that_the_site_has_not_is_said(editor, clock, spanish_too):
    report = import_file(page("fr"), "x.html", by=editor, clock=clock)
    assert report.notes == [
        "The file says that its language is “fr”, which is none of the site's. "
        "It was taken for English."
    ]
    report = import_file(page("fr"), "x.html", by=editor, language="de", clock=clock)
    assert report.error == (
        "Not imported. “de” is none of the site's languages: en, es. Choose one of them."
    )


def test_what_is_made_beside_it_is_in_its_language_and_nothing_of_another_is_taken(
    editor, clock, spanish_too
):
    """The same file in two languages makes two of each, and again neither changes."""
    for language in ("en", "es"):
        for outcome in ("created", "unchanged"):
            report = import_file(
                SAMPLE.read_bytes(), "a.txt", by=editor, language=language, clock=clock
            )
            assert report.outcome == outcome
    for model in (Article, Supplement, Disclaimer):
        assert set(model.objects.values_list("language", flat=True)) == {"en", "es"}
    assert Question.objects.filter(language="es").count() == 7
    article = Article.objects.get(language="es")
    assert {q.question.language for q in article.placed_questions.all()} == {"es"}
    changed = SAMPLE.read_bytes().replace(b" the ", b" that ")
    report = import_file(changed, "a.txt", by=editor, language="es", clock=clock)
    assert (report.outcome, report.language) == ("updated", "es")
    assert Article.objects.count() == 2


def test_a_question_of_another_language_is_not_taken_for_the_files(editor, clock, spanish_too):
    asked = markdown(more="## FAQ\n\n### ¿Sodio?\n\nSí, un poco.")
    for language in ("en", "es"):
        import_file(asked, "x.md", by=editor, language=language, clock=clock)
        article = Article.objects.get(language=language)
        assert [q.question.language for q in article.placed_questions.all()] == [language]


def test_the_command_takes_a_language_and_refuses_one_that_the_site_has_not(
    editor, tmp_path, spanish_too
):
    path = tmp_path / "iron.md"
    path.write_bytes(markdown())
    with pytest.raises(CommandError, match="“de” is none of the site's languages: en, es"):
        call_command("import_article", path, "--user", "eddie", "--language", "de")
    assert not Article.objects.exists()
    call_command("import_article", path, "--user", "eddie", "--language", "es")
    assert Article.objects.get().language == "es"


def test_the_page_offers_the_sites_languages_and_carries_the_choice(client, editor, spanish_too):
    client.force_login(editor)
    form = client.get(IMPORT).content.decode()
    offered = texts(form, "select[name=language] option")
    assert offered == ["What the file says, or else English", "English", "español"]

    sent = {"text": markdown().decode(), "format": "md", "language": "es"}
    report = client.post(IMPORT, sent).content.decode()
    assert "The draft's language is Spanish." in texts(report, ".desk-panel p")
    kept = form_data(report, "#content-main section form")
    client.post(IMPORT, {**kept, "_import": "1"})
    assert Article.objects.get().language == "es"

    refused = client.post(IMPORT, {**sent, "language": "de"}).content.decode()
    assert texts(refused, ".errorlist li") == [
        "“de” is none of the site's languages. Choose one of the list."
    ]
    assert sent["text"].splitlines()[0] in refused
    Site.objects.update(languages=["en"])
    assert texts(client.get(IMPORT).content.decode(), "select[name=language]") == []
