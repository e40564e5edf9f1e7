"""Import in the admin: nothing is written before the report was read, and then the draft is."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.importing.run import import_file
from articles.models import Article, ImportRecord
from publishing import verbs
from publishing.models import Revision
from publishing.refusals import Refused
from supplements.models import Supplement
from tests import factories
from tests.articles.imports import PROSE, SAMPLE, article_of, everything, markdown
from tests.forms import form_data, texts

IMPORT = "/admin/articles/article/import/"
EVIL = "<img src=x onerror=steal()>\"'<script>steal()</script>"


def upload(client, data: bytes, name: str = "iron.md"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def paste(client, text: str, format: str = "md"):
    return client.post(IMPORT, {"text": text.replace("\n", "\r\n"), "format": format})


def confirm(client, page):
    """Press the button of the report."""
    data = form_data(page.content.decode(), "#content-main section form")
    return client.post(IMPORT, {**data, "_import": "1"})


def change_url(article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def record_url(record, file: bool = False) -> str:
    return reverse(
        f"admin:articles_article_import_{'file' if file else 'record'}", args=[record.pk]
    )


@pytest.fixture
def desk(client, editor):
    """The browser of somebody who writes."""
    client.force_login(editor)
    return client


def tables(*but: str) -> dict:
    return {name: rows for name, rows in everything().items() if name not in but}


@pytest.mark.parametrize("how", ["upload", "paste"])
def test_the_report_comes_first_and_then_the_draft(how, desk, editor):
    before = tables("django_session")

    if how == "upload":
        page = upload(desk, SAMPLE.read_bytes(), "sample.txt")
    else:
        page = paste(desk, SAMPLE.read_text(), "txt")

    html = page.content.decode()
    assert page.status_code == 200
    assert tables("django_session") == before
    assert "Found: title, summary, 6 key points, 9 headings" in html
    assert len(texts(html, ".desk-problems li")) > 10
    assert "Answer 7 has no question." in html
    assert "(line 101 of the file)" in " ".join(html.split())
    assert "Nothing is public." in html

    done = confirm(desk, page)

    article = Article.objects.get()
    assert (done.status_code, done.url) == (302, change_url(article))
    assert article.placed_questions.count() == 7
    assert article.head.by == editor
    assert "The draft is made. Nothing is public." in desk.get(done.url).content.decode()


def test_the_report_of_the_page_is_that_of_the_command(desk, editor, clock):
    page = upload(desk, SAMPLE.read_bytes(), "sample.txt")
    report = import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock, dry_run=True)
    shown = " ".join(texts(page.content.decode(), ".desk-problems li"))
    assert all(" ".join(problem.message.split()) in shown for problem in report.problems)


def test_the_list_links_to_it(desk):
    page = desk.get(reverse("admin:articles_article_changelist")).content.decode()
    assert BeautifulSoup(page, "html.parser").select_one(f'a[href="{IMPORT}"]').text == "Import"
    assert texts(desk.get(IMPORT).content.decode(), "h1") == ["Import an article"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "Choose a file, or paste the article."),
        ({"text": "  \r\n "}, "Choose a file, or paste the article."),
        ({"text": "buy milk", "format": "txt"}, "It is no article"),
        ({"kept": "&&&"}, "The file did not arrive whole."),
        (
            {"file": SimpleUploadedFile("big.txt", b"x" * 4_000_001)},
            "The file is larger than 4 MB.",
        ),
        ({"file": SimpleUploadedFile("a.txt", b"%PDF-1.7")}, "It looks like a PDF, not text."),
        ({"file": SimpleUploadedFile("a.txt", PROSE.encode("utf-16-le"))}, "NUL bytes"),
    ],
)
def test_a_failed_file_keeps_the_page_usable(data, why, desk):
    page = desk.post(IMPORT, data)

    html = page.content.decode()
    assert page.status_code == 200
    [told] = texts(html, ".desk-refusal[autofocus]:has(h2)")
    assert told.startswith("There is a problem")
    assert why in told
    assert texts(html, "title")[0].startswith("Problem: ")
    assert BeautifulSoup(html, "html.parser").select_one("input[type=file]")
    assert not Article.objects.exists()
    assert confirm_free(html)
    assert upload(desk, markdown()).context["report"].outcome == "created"


def confirm_free(html: str) -> bool:
    """Say whether no button offers to make a draft."""
    return not BeautifulSoup(html, "html.parser").select("button[name=_import]")


def test_what_was_pasted_is_kept_where_it_failed(desk):
    page = paste(desk, "buy milk\n\nand eggs", "md").content.decode()
    form = BeautifulSoup(page, "html.parser")
    assert form.select_one("textarea").text.strip() == "buy milk\n\nand eggs"
    assert form.select_one("select option[selected]")["value"] == "md"
    assert "pasted.md" in texts(page, ".desk-refusal")[0]


def test_what_was_pasted_is_kept_where_somebody_was_faster(desk, clock):
    confirm(desk, paste(desk, markdown().decode()))
    page = paste(desk, markdown(body="Changed. " + PROSE).decode())
    assert "Update the draft" in page.content.decode()
    olga = factories.editor("olga")
    article = Article.objects.get()
    article.lead = "By hand."
    article.save()
    verbs.save_revision(article, by=olga)

    refused = confirm(desk, page).content.decode()

    assert "Olga edited the article" in texts(refused, ".desk-refusal")[0]
    assert "Changed. Iron is a metal" in texts(refused, "textarea")[0]
    assert Article.objects.get().lead == "By hand."


def test_the_same_file_again_leads_to_its_draft(desk):
    confirm(desk, upload(desk, markdown()))
    before = tables("django_session")

    page = upload(desk, markdown()).content.decode()

    assert "Importing it again changes nothing." in page
    assert confirm_free(page)
    address = change_url(Article.objects.get())
    assert BeautifulSoup(page, "html.parser").select_one(f'#content-main a[href="{address}"]')
    assert tables("django_session") == before


def test_pressing_twice_makes_one_draft(desk):
    page = upload(desk, markdown())
    assert confirm(desk, page).url == confirm(desk, page).url
    assert Article.objects.count() == ImportRecord.objects.count() == 1


@pytest.mark.parametrize("who", ["reviewer", "publisher"])
def test_others_are_refused(who, client, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(IMPORT).status_code == 403
    before = tables("django_session")
    assert upload(client, markdown()).status_code == 403
    assert client.post(IMPORT, {"text": markdown().decode(), "_import": "1"}).status_code == 403
    assert tables("django_session") == before
    page = client.get(reverse("admin:articles_article_changelist")).content.decode()
    assert IMPORT not in page


def test_strangers_sign_in_first(client, desk, editor, clock):
    report = import_file(markdown(), "iron.md", by=editor, clock=clock)
    record = article_of(report).imports.get()
    client.logout()
    for address in (IMPORT, record_url(record), record_url(record, file=True)):
        assert client.get(address).url.startswith("/admin/login/")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("iron.md", "iron.md"),
        ("../../etc/pass wd.md", "pass wd.md"),
        ("железо.md", "железо.md"),
        ('a"b;c=d.md', 'a"b;c=d.md'),
        ("line\r\nSet-Cookie: x=1.md", "line?Set-Cookie: x=1.md"),
    ],
)
def test_the_file_comes_back_byte_by_byte(name, kept, desk, editor, clock):
    data = b"\xef\xbb\xbf" + markdown().replace(b"\n", b"\r\n")
    import_file(data, name, by=editor, clock=clock)
    record = ImportRecord.objects.get()
    assert record.filename == kept

    response = desk.get(record_url(record, file=True))

    assert response.content == data
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in response


def test_an_uploaded_file_is_kept_whole_through_the_report(desk):
    data = b"\xef\xbb\xbf" + markdown().replace(b"\n", b"\r\n") + b"\r\n\r\n"
    confirm(desk, upload(desk, data, "железо.md"))
    record = ImportRecord.objects.get()
    assert bytes(record.original) == data
    assert record.filename == "железо.md"


def test_the_record_shows_the_report_and_leads_to_the_file(desk, editor, clock):
    import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock)
    record = ImportRecord.objects.get()

    page = desk.get(record_url(record)).content.decode()
    article_page = desk.get(change_url(record.article)).content.decode()

    assert "Imported by eddie on 2 March 2026, 09:00." in page.replace("Eddie", "eddie")
    assert "Found: title, summary, 6 key points" in page
    assert "10 empty references were dropped" in page
    assert record_url(record) in article_page
    assert record_url(record, file=True) in article_page
    assert desk.get(record_url(record).replace(str(record.pk), "999999")).status_code == 404


def test_names_and_titles_are_shown_as_text(desk, editor):
    data = markdown(title=f"Iron {EVIL}", body=f"{PROSE} {EVIL}")
    html = f"<h1>Iron &lt;script&gt;steal()&lt;/script&gt; rest</h1><p>{PROSE}</p>".encode()
    for number, (file, name) in enumerate([(data, "<script>steal()<script>.md"), (html, "x.html")]):
        page = upload(desk, file, name)
        confirm(desk, page)
        record = ImportRecord.objects.latest("pk")
        assert ImportRecord.objects.count() == number + 1
        pages = [page, desk.get(record_url(record)), desk.get(change_url(record.article))]
        pages += [upload(desk, file, name), upload(desk, b"no", '"><script>steal()</script>.txt')]
        for shown in pages:
            parsed = BeautifulSoup(shown.content, "html.parser")
            assert not [tag for tag in parsed.select("script") if "steal" in tag.text]
            assert not parsed.select("[onerror]")


def test_confirming_a_guess_removes_it_and_is_writing(desk, editor, reviewer, clock):
    both = factories.person("bo", "Editors", "Medical reviewers")
    article = article_of(import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock))
    desk.force_login(both)
    page = desk.get(change_url(article)).content.decode()
    ticks = [
        box["name"]
        for box in BeautifulSoup(page, "html.parser").select(".desk-guesses input[type=checkbox]")
    ]
    assert len(ticks) == 2

    saved = desk.post(change_url(article), {**form_data(page), ticks[0]: "on", "_save": "Save"})

    assert saved.status_code == 302, texts(saved.content.decode(), ".errorlist")
    assert article.guesses.count() == 1
    revision = Revision.objects.filter(entry=article.pk).latest()
    assert (revision.number, revision.by) == (2, both)
    with pytest.raises(Refused, match="You wrote part of this text"):
        verbs.sign_off([revision], by=both, ticked=factories.EVERY_TICK)


def test_an_imported_draft_saved_untouched_makes_no_revision(desk, editor, clock):
    article = article_of(import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock))
    page = desk.get(change_url(article)).content.decode()
    response = desk.post(change_url(article), {**form_data(page), "_save": "Save"})
    assert response.status_code == 302, texts(response.content.decode(), ".errorlist")
    assert Revision.objects.filter(entry=article.pk).count() == 1


def test_a_question_typed_in_the_article_names_the_answer(desk, editor, clock):
    article = article_of(import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock))
    page = desk.get(change_url(article)).content.decode()
    fields = [
        field["name"]
        for field in BeautifulSoup(page, "html.parser").select("input[name$=-words]")
        if field.get("type") == "text" and "__prefix__" not in field["name"]
    ]
    assert len(fields) == 7

    typed = {**form_data(page), fields[1]: "Does tea hold back iron?", "_save": "Save"}
    assert desk.post(change_url(article), typed).status_code == 302

    question = article.placed_questions.all()[1].question
    assert (question.question, question.slug) == (
        "Does tea hold back iron?",
        "does-tea-hold-back-iron",
    )
    assert upload(desk, SAMPLE.read_bytes(), "sample.txt").context["report"].outcome == "unchanged"


@pytest.fixture
def offered(editor, clock) -> ImportRecord:
    factories.saved(factories.supplement_document(editor, "iron"), editor, clock)
    import_file(SAMPLE.read_bytes(), "sample.txt", by=editor, clock=clock)
    return ImportRecord.objects.get()


def test_offered_rows_are_shown_and_taken(offered, desk):
    page = desk.get(record_url(offered)).content.decode()
    assert texts(page, "tbody th") == [
        "Iron Sulfate", "Iron Gluconate", "Iron Fumarate", "Iron Bisglycinate",
    ]  # fmt: skip
    assert "Add the 4 rows that it lacks to its draft" in texts(page, "button")
    assert "4 table rows are offered" in desk.get(change_url(offered.article)).content.decode()

    taken = desk.post(record_url(offered), form_data(page), follow=True).content.decode()

    assert "The rows are in the supplement&#x27;s draft, to be confirmed." in taken
    assert "The supplement has all of these forms." in taken
    supplement = Supplement.objects.get()
    assert supplement.forms.count() == 6
    assert supplement.guesses.count() == 1
    assert "table rows" not in desk.get(change_url(offered.article)).content.decode()
    again = desk.post(record_url(offered), follow=True).content.decode()
    assert "Nothing was added." in again
    assert supplement.forms.count() == 6


def test_offered_rows_are_for_those_who_write(offered, client, reviewer):
    client.force_login(reviewer)
    before = tables("django_session")
    page = client.post(record_url(offered), follow=True)
    assert "Only editors can write this." in page.content.decode()
    assert tables("django_session") == before
