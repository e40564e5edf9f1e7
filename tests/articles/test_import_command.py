"""import_article on the command line: what it prints, what it writes, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles.models import Article, ImportRecord
from tests.articles.imports import LAYOUT, PROSE, SAMPLE, everything, markdown

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"path", "outcome", "title", "slug", "counts", "problems"}
COUNTS = {
    "key_points",
    "headings",
    "list_items",
    "questions",
    "references",
    "comparison_rows",
    "comparison_columns",
    "links",
}
PROBLEM_KEYS = {"id", "level", "message", "hint", "place", "line"}


@pytest.fixture
def run(capsys):
    """Run the command; return its exit status, standard output and standard error."""

    def run(*arguments: str) -> tuple[int, str, str]:
        status = 0
        try:
            call_command("import_article", *map(str, arguments))
        except SystemExit as end:
            status = end.code
        return status, *capsys.readouterr()

    return run


def file(folder: Path, name: str = "iron.md", **parts) -> Path:
    path = folder / name
    path.write_bytes(markdown(**parts))
    return path


@pytest.mark.parametrize("path", LAYOUT, ids=lambda path: path.stem)
def test_a_dry_run_prints_json_alone_without_a_user_and_writes_nothing(path, run, db):
    before = everything()

    status, out, err = run(path, "--dry-run", "--format", "json")

    assert (status, err) == (0, "")
    data = json.loads(out)
    assert set(data) == {"files"}
    (report,) = data["files"]
    assert set(report) == KEYS
    assert set(report["counts"]) == COUNTS
    assert (report["path"], report["outcome"]) == (str(path), "created")
    for problem in report["problems"]:
        assert set(problem) == PROBLEM_KEYS
        assert set(problem["place"]) == {"field", "heading", "sentence"}
        assert problem["level"] in ("error", "warning", "advice")
        assert problem["line"] is None or problem["line"] >= 1
        assert problem["message"]
    assert [p["id"] for p in report["problems"]].count("FAQ-1") == 7
    assert everything() == before
    assert not User.objects.exists()


def test_a_dry_run_by_somebody_says_what_the_import_then_does(run, editor, tmp_path):
    path = file(tmp_path)
    _status, tried, _err = run(path, "--user", "eddie", "--dry-run", "--format", "json")
    assert not Article.objects.exists()
    _status, done, _err = run(path, "--user", "eddie", "--format", "json")
    assert json.loads(done) == json.loads(tried)
    assert Article.objects.get().head.by == editor


def test_people_get_lines(run, editor, tmp_path):
    path = file(tmp_path)
    status, out, _err = run(path, "--user", "eddie")
    lines = out.splitlines()
    assert status == 0
    assert lines[0] == f"{path}: a new draft, “Iron and sleep” (iron-and-sleep)"
    assert lines[1] == "  Found: title, 1 heading."
    assert lines[-1] == "  Nothing is public."
    assert any("DATE-1 error (topics): No topic is chosen." in line for line in lines)

    _status, again, _err = run(path, "--user", "eddie", "--dry-run")
    assert "nothing changed: this file was imported before" in again.splitlines()[0]
    assert again.splitlines()[-1] == "  Dry run: nothing was written."


def test_a_bad_file_does_not_stop_the_others(run, editor, tmp_path):
    good, better = file(tmp_path, title="Good"), file(tmp_path, "b.md", title="Better")
    empty = tmp_path / "empty.txt"
    empty.touch()

    status, out, _err = run(good, empty, better, "--user", "eddie", "--format", "json")

    files = json.loads(out)["files"]
    assert status == 1
    assert [report["outcome"] for report in files] == ["created", "failed", "created"]
    assert set(files[1]) == {"path", "outcome", "error"}
    assert files[1] == {
        "path": str(empty),
        "outcome": "failed",
        "error": "Not imported. It is empty.",
    }
    assert set(Article.objects.values_list("slug", flat=True)) == {"good", "better"}


@pytest.mark.parametrize("how", ["for good", "dry"])
def test_two_files_with_one_title_are_two_drafts(how, run, editor, tmp_path):
    one = file(tmp_path, "one.md")
    two = file(tmp_path, "two.md", body="Another text. " + PROSE)
    dry = ["--dry-run"] * (how == "dry")

    status, out, _err = run(one, two, one, "--user", "eddie", "--format", "json", *dry)

    reports = json.loads(out)["files"]
    assert status == 0
    assert [(report["slug"], report["outcome"]) for report in reports] == [
        ("iron-and-sleep", "created"),
        ("iron-and-sleep-2", "created"),
        ("iron-and-sleep", "unchanged"),
    ]
    guesses = [p["place"]["field"] for p in reports[1]["problems"] if p["id"] == "GUESS-1"]
    assert guesses == ["slug"]

    if how == "for good":
        before = everything()
        _status, out, _err = run(one, two, "--user", "eddie", "--format", "json")
        assert {report["outcome"] for report in json.loads(out)["files"]} == {"unchanged"}
        assert everything() == before


def test_somebody_must_import(run, editor, tmp_path):
    path = file(tmp_path)
    with pytest.raises(CommandError, match="Say who imports: --user NAME"):
        run(path)
    with pytest.raises(CommandError, match="No active account is called “nobody”"):
        run(path, "--user", "nobody")
    editor.is_active = False
    editor.save()
    with pytest.raises(CommandError, match="No active account is called “eddie”"):
        run(path, "--user", "eddie")
    assert not ImportRecord.objects.exists()


def test_who_may_not_write_is_told_so(run, reviewer, tmp_path):
    status, out, _err = run(file(tmp_path), "--user", "rita")
    assert status == 1
    assert "Not saved. Only editors can write this." in out
    assert not Article.objects.exists()


def test_odd_names_are_shown_on_one_line(run, db, tmp_path):
    folder = os.fsencode(tmp_path)
    path = os.fsdecode(folder + b"/tab\tline\nred\x1b[31m\xff.md")
    Path(path).write_bytes(markdown())

    status, out, _err = run(path, "--dry-run")
    assert status == 0
    first = out.splitlines()[0]
    assert r"tab\tline\nred\x1b[31m\udcff.md: a new draft" in first
    _status, out, _err = run(path, "--dry-run", "--format", "json")
    assert json.loads(out)["files"][0]["path"] == path


def test_an_odd_name_is_stored_as_text(run, editor, tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/line\nbreak\xff.md")
    Path(path).write_bytes(markdown())
    status, _out, _err = run(path, "--user", "eddie")
    assert status == 0
    assert ImportRecord.objects.get().filename == "line?break?.md"


def outside(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run the command in a process of its own, on a database that has no tables."""
    return subprocess.run(
        [sys.executable, "manage.py", "import_article", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{folder}/new.sqlite3", "DEBUG": "true"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dry_run_needs_no_tables(tmp_path):
    done = outside(tmp_path, SAMPLE, "--dry-run", "--format", "json")

    assert (done.returncode, done.stderr) == (0, "")
    (report,) = json.loads(done.stdout)["files"]
    assert set(report) == KEYS
    assert report["slug"] == "does-iron-help-with-tiredness-what-a-blood-test-can-tell-you"
    assert report["counts"]["questions"] == 7
    assert [p["id"] for p in report["problems"]].count("FAQ-1") == 7


def test_without_tables_nothing_is_imported_and_one_line_says_so(tmp_path):
    done = outside(tmp_path, SAMPLE, "--user", "eddie")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "CommandError: The database has no tables yet. Run migrate first."
    ]
