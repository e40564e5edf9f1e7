"""Files that cannot be imported: one line with file and reason, and nothing written."""

import os

import pytest
from django.core.management import call_command
from django.db import DataError, IntegrityError, OperationalError, connection

from articles.importing.limits import MOST
from articles.importing.run import import_file
from articles.models import Article
from faq.models import Question
from publishing.models import KeyPoint
from tests.articles.imports import (
    PROSE,
    SAMPLE,
    article_of,
    everything,
    imported,
    markdown,
    problems,
)

MB = 1024**2


def fifty_mb(path):
    with path.open("wb") as file:
        file.truncate(50 * MB)


def write(data: bytes):
    return lambda path: path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (write(b""), "It is empty."),
        (write(b" \n\r\n\t"), "It is empty."),
        (write(b"\x7fELF\x02\x01\x01" + bytes(50)), "It looks like a program, not text."),
        (write(os.urandom(20) + bytes(range(256)) * 40), "NUL bytes"),
        (fifty_mb, "It is larger than 10 MB."),
        (write(PROSE.encode("utf-16-le")), "UTF-16 without a byte order mark"),
        (write(f"Title\n\n{PROSE} Café.\n".encode("latin-1")), "It is not UTF-8 (line 3)."),
        (write("Title\n\n한국어 문서입니다 여기에 있습니다".encode("euc-kr")), "encoding"),
        (write(b"buy milk"), "It is no article"),
        (write(b'{"a": 1}'), "It is no article: it holds JSON data."),
        (lambda path: None, "There is no such file."),
        (lambda path: path.mkdir(), "It is a folder."),
        (lambda path: path.symlink_to(path), "It could not be read ("),
    ],
    ids=[
        "empty", "blank", "program", "binary", "50 MB", "UTF-16", "Latin-1", "EUC-KR", "no article",
        "JSON", "missing", "folder", "loop",
    ],
)  # fmt: skip
def test_one_line_names_file_and_reason(make, why, tmp_path, editor, capsys):
    path = tmp_path / "the-file.txt"
    make(path)
    before = everything()

    with pytest.raises(SystemExit) as end:
        call_command("import_article", str(path), "--user", "eddie")

    out, err = capsys.readouterr()
    (line,) = out.splitlines()
    assert end.value.code == 1
    assert err == ""
    assert line.startswith(f"{path}: Not imported. ")
    assert why in line
    assert everything() == before


@pytest.fixture
def shut(tmp_path):
    """A file that nobody may read, and an account that this binds: root reads anything."""
    path = tmp_path / "shut.txt"
    path.write_text(PROSE)
    path.chmod(0)
    account = os.geteuid()
    if account == 0:
        os.seteuid(65534)
    yield path
    os.seteuid(account)


def test_a_file_without_permission(db, shut, capsys):
    path = shut
    with pytest.raises(SystemExit):
        call_command("import_article", str(path), "--dry-run")
    assert "Its permissions do not let you read it." in capsys.readouterr().out


class FailAt:
    """Makes the database fail at the first statement on a table, as a full disk would."""

    def __init__(self, table: str, error: type[Exception], times: int = 100) -> None:
        self.table, self.error, self.times = f'INSERT INTO "{table}"', error, times

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(self.table) and self.times:
            self.times -= 1
            raise self.error("it failed\nhalf-way")
        return execute(sql, params, many, context)


@pytest.mark.parametrize("table", ["articles_articlequestion", "articles_importrecord"])
@pytest.mark.parametrize("error", [DataError, IntegrityError])
def test_a_failure_half_way_leaves_nothing(table, error, editor, clock):
    before = everything()

    with connection.execute_wrapper(FailAt(table, error)):
        report = import_file(SAMPLE.read_bytes(), "iron.txt", by=editor, clock=clock)

    assert report.outcome == "failed"
    assert report.error == ("Not imported. A part of it does not fit into a draft (it failed).")
    assert everything() == before


def test_a_database_that_gives_up_is_told_file_by_file(tmp_path, editor, capsys):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(markdown(title=name * 3))
    before = everything()
    paths = [str(tmp_path / name) for name in ("a", "b")]

    with (
        connection.execute_wrapper(FailAt("articles_importrecord", OperationalError, times=1)),
        pytest.raises(SystemExit),
    ):
        call_command("import_article", *paths, "--user", "eddie")

    lines = [line for line in capsys.readouterr().out.splitlines() if line[0] != " "]
    assert lines[0] == f"{paths[0]}: Not imported. The database refused: it failed"
    assert ": a new draft, “bbb”" in lines[1]
    assert Article.objects.get().slug == "bbb"
    assert before != everything()


def test_an_address_taken_in_the_same_moment_is_tried_again(editor, clock):
    with connection.execute_wrapper(FailAt("articles_importrecord", IntegrityError, times=1)):
        report = import_file(markdown(), "iron.md", by=editor, clock=clock)
    assert report.outcome == "created"
    assert Article.objects.count() == 1


def test_a_title_over_300_characters_is_shortened_and_told(editor, clock):
    title = "Does iron help " + "and does it help again " * 20 + "in the end"
    report = import_file(markdown(title=title), "iron.md", by=editor, clock=clock)

    article = article_of(report)
    assert len(article.title) == 300
    assert article.title.endswith("…")
    (guess,) = problems(report, "GUESS-1")
    assert guess.place.field == "title"
    assert title in guess.message
    assert [row.message for row in article.guesses.all()] == [guess.message]


def test_a_label_over_120_characters_becomes_part_of_its_point(editor, clock):
    label = "A label that never ends " * 6
    points = f"## Key points\n\n- **{label.strip()}:** Iron is a metal.\n- **Short:** So it is.\n"
    article = imported(markdown(more=points), editor, clock)

    first, second = KeyPoint.objects.filter(entry=article.pk)
    assert (first.label, first.text) == ("", f"{label.strip()}: Iron is a metal.")
    assert (second.label, second.text) == ("Short", "So it is.")


def test_a_question_over_300_characters_goes_into_its_answer(editor, clock):
    words = "Does iron help " + "or <b>not</b> help, or help & help, " * 12 + "or what?"
    more = f"## Frequently asked questions\n\n### {words}\n\nIt does.\n\n### Is it dear?\n\nNo.\n"
    data = markdown(more=more)
    report = import_file(data, "iron.md", by=editor, clock=clock)

    question = Question.objects.get(question="")
    assert question.slug == "iron-and-sleep-answer-1"
    assert "help &amp; help" in question.answer
    assert question.answer.endswith("<p>It does.</p>")
    (told,) = problems(report, "FAQ-1")
    assert "Question 1 is longer than 300 characters" in told.message
    assert data.decode().split("\n")[told.line - 1].startswith("### Does iron help")


def test_a_heading_over_300_characters_is_no_trouble_to_a_guess(editor, clock):
    data = SAMPLE.read_text().replace("The Work of Iron in the Body", "The Work of Iron " * 30)
    report = import_file(data.encode(), "iron.txt", by=editor, clock=clock)
    assert report.outcome == "created"


@pytest.mark.parametrize(
    ("part", "row"),
    [
        ("key_points", "- Iron is a metal, number {n}.\n"),
        ("questions", "### Does iron help, number {n}?\n\nIt does, {n} times.\n\n"),
        ("references", "{n}. Example A. Iron and number {n}. J Ex. 2019. https://x.example/{n}/\n"),
    ],
)
def test_more_parts_than_any_article_has(part, row, editor, clock):
    heading = {"key_points": "Key points", "questions": "FAQ", "references": "References"}[part]
    rows = "".join(row.format(n=n) for n in range(1, MOST[part] + 2))
    before = everything()

    report = import_file(
        markdown(more=f"## {heading}\n\n{rows}"), "iron.md", by=editor, clock=clock
    )

    assert report.outcome == "failed"
    assert f"It holds {MOST[part] + 1} " in report.error
    assert f"an article may hold {MOST[part]}" in report.error
    assert everything() == before


@pytest.mark.parametrize(
    "data",
    [
        b"<h1>Iron</h1>" + b"<div>" * 5000 + PROSE.encode() + b"<h2>R</h2>",
        f"<h1>I</h1><p>{PROSE}</p><h2>References</h2><ol><li value='x'>Iron. 2019.</ol>".encode(),
        f"---\ntitle: 'Iron \\0'\nslug: [1, 2\n---\n\n{PROSE}\n\n## A\n\n{PROSE}".encode(),
        f'---\ntitle: "Iron \\0 and \\ud800 rest"\n---\n\n{PROSE}\n\n## A\n\n{PROSE}'.encode(),
        f"<h1>Iron &#0; &#xD800; &#x1F; rest</h1><p>{PROSE} &#0;</p>".encode(),
        f"# Iron\n\n{PROSE}\n\n[[forms:nothing]] [[forms:]] [@] [@@] [@a\n".encode(),
        f"# Iron\n\n{PROSE}\n\n## References\n\n1. {'x' * 5000}\n2. 10.1000/{'9' * 900}\n".encode(),
        f"# {'٣' * 400}\n\n{PROSE}\n\n## References\n\n1. Иванов. Железо. ٢٠٢٠.\n".encode(),
    ],
    ids=["deep", "value", "yaml", "escapes", "entities", "tokens", "long", "digits"],
)
@pytest.mark.parametrize("name", ["x.md", "x.html", "x.txt"])
def test_odd_files_end_in_a_report(data, name, editor, clock):
    report = import_file(data, name, by=editor, clock=clock)
    if report.outcome == "failed":
        assert report.error.startswith("Not imported. ")
        assert "stumbled" not in report.error
        assert "\n" not in report.error
    else:
        assert import_file(data, name, by=editor, clock=clock).outcome == "unchanged"
