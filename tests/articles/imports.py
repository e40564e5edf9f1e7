"""Files to import, and how to look at what an import left."""

from pathlib import Path
from typing import Any

from django.apps import apps

from articles.importing.report import FileReport
from articles.importing.run import import_file
from articles.models import Article

# The first is made up for these tests, sentence by sentence. It has the layout of the second,
# a page saved from the web, which lies beside the repository or is not tried.
SAMPLE = Path(__file__).parent / "files" / "magnesium-layout.txt"
REAL = Path(__file__).resolve().parents[3] / "shared/corpus/articles-text/muscle-weakness.txt"
LAYOUT = [path for path in (SAMPLE, REAL) if path.exists()]

PROSE = (
    "Iron is a metal that the body needs in small amounts, and most people get enough of it "
    "from what they eat every day. Those who lack it feel tired, look pale and are short of "
    "breath sooner than they used to be."
)


def markdown(*, title: str = "Iron and sleep", body: str = PROSE, more: str = "") -> bytes:
    """Return a small Markdown article."""
    return f"# {title}\n\n{PROSE}\n\n## What it does\n\n{body}\n\n{more}\n".encode()


def article_of(report: FileReport) -> Article:
    """Return the draft that a report is about."""
    assert report.outcome != "failed", report.error
    return Article.objects.get(slug=report.slug)


def imported(data: bytes, by, clock, path: str = "iron.md", **options) -> Article:
    """Import a file and return its draft."""
    return article_of(import_file(data, path, by=by, clock=clock, **options))


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
    }


def problems(report: FileReport, id: str) -> list:
    """Return the problems of one check."""
    return [problem for problem in report.problems if problem.id == id]
